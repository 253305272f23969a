import { commandOf, empty, ok, type Handlers } from '#engine/server/handler.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { ServerContext } from '#engine/server/context.ts'

export const operationHandlers = ({ engine }: ServerContext) =>
  ({
    async operateRun(call) {
      const { verb, reason } = call.body
      const run = call.params.id
      await engine.operate({ ...commandOf(call, reason), run, verb })
      return ok(engine.getRun(call.tenant, run))
    },
    listSuspensions: ({ tenant }) => ok(pageOf(engine.listSuspensions(tenant))),
    async setSuspension(call) {
      const { suspended, reason } = call.body
      await engine.setSuspension({ ...commandOf(call, reason), ...call.params, suspended })
      return empty
    },
  }) satisfies Partial<Handlers>
