import { commandOf, created, ok, type Handlers } from '#engine/server/handler.ts'
import { pageOf } from '#engine/server/page-of.ts'
import type { ServerContext } from '#engine/server/context.ts'

export const erasureHandlers = ({ engine }: ServerContext) =>
  ({
    previewErasure: async ({ tenant, body }) => ok(await engine.previewErasure(tenant, body.of)),
    eraseCase: async (call) =>
      created(await engine.eraseCase({ ...commandOf(call), ...call.body })),
    listErasures: ({ tenant }) => ok(pageOf(engine.listErasures(tenant))),
  }) satisfies Partial<Handlers>
