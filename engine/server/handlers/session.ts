import { empty, ok, type Handlers } from '#engine/server/handler.ts'
import type { ServerContext } from '#engine/server/context.ts'

export const sessionHandlers = ({ sessions, openApi }: ServerContext) =>
  ({
    signIn({ body, remote, tenant }) {
      const { actor, cookie } = sessions.signIn(body.token, remote)
      return {
        ...ok({ actor: { id: actor.id, kind: 'user' as const }, tenant }),
        headers: { 'set-cookie': cookie },
      }
    },
    getSession: ({ actor, tenant }) =>
      ok({ actor: { id: actor.id, kind: actor.kind === 'user' ? 'user' : 'token' }, tenant }),
    signOut: () => ({ ...empty, headers: { 'set-cookie': sessions.forget } }),
    getOpenApi: () => ok(openApi),
  }) satisfies Partial<Handlers>
