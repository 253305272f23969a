import { TerminalError } from '#core/errors.ts'
import { authorize } from '#engine/run/authorize.ts'
import { ok, type Handlers } from '#engine/server/handler.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { SandboxControl, ServerContext } from '#engine/server/context.ts'

export function sandboxHandlers(context: ServerContext) {
  const sandbox = (): SandboxControl => {
    if (!context.sandbox) throw new TerminalError('SANDBOX_OFF')
    return context.sandbox
  }
  return {
    listSandboxMessages: ({ query }) =>
      ok(
        pageOf(
          sandbox()
            .messages()
            .toSorted((a, b) => b.at - a.at),
          query,
        ),
      ),
    getBureauSwitches: () => ok(sandbox().switches()),
    putBureauSwitches: ({ body, actor, tenant }) => {
      authorize(actor, 'sandbox.set', { tenant, kind: 'sandbox', id: 'bureau' })
      return ok(sandbox().set(body))
    },
  } satisfies Partial<Handlers>
}
