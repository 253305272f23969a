import { commandOf, created, defined, empty, ok, type Handlers } from '#engine/server/handler.ts'
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
    previewBulk: async (call) =>
      created(await engine.previewBulk({ ...commandOf(call), ...call.body })),
    listBulks: ({ tenant }) => ok(pageOf(engine.listBulks(tenant))),
    getBulk: ({ tenant, params }) => ok(engine.getBulk(tenant, params.id)),
    listBulkItems: ({ tenant, params, query }) =>
      ok(engine.listBulkItems(tenant, { ...params, ...defined(query) })),
    async applyBulk(call) {
      const { id } = call.params
      const begun = await engine.applyBulk({ ...commandOf(call, call.body?.reason), id })
      return { status: 202, body: begun }
    },
  }) satisfies Partial<Handlers>
