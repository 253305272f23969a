import { commandOf, defined, ok, type Handlers } from '#engine/server/handler.ts'
import type { EventView } from '#core/api/views.ts'
import type { ServerContext } from '#engine/server/context.ts'

const eventPage = (events: EventView[], from: number) =>
  ok({ items: events, next: events.at(-1)?.seq ?? from })

export const runHandlers = ({ engine }: ServerContext) =>
  ({
    async startRun(call) {
      const { input, caseKey, version, priority, reason } = call.body
      const { id, created, ended } = await engine.startRun({
        ...commandOf(call, reason),
        flow: call.params.id,
        input,
        ...defined({ caseKey, version, priority }),
      })
      return { status: created ? 201 : 200, body: { id, ...defined({ ended }) } }
    },
    listRuns: ({ tenant, query }) => ok(engine.listRuns(tenant, defined(query))),
    getRun: ({ tenant, params }) => ok(engine.getRun(tenant, params.id)),
    getRunFlow: ({ tenant, params }) => ok(engine.getRunFlow(tenant, params.id)),
    explainStep: ({ tenant, params, query }) =>
      ok(engine.explainStep(tenant, params.id, params.step, query)),
    getRunEvents({ tenant, params, query }) {
      const events = engine.events(tenant, { ...query, run: params.id })
      if (events.length === 0) engine.getRun(tenant, params.id)
      return eventPage(events, query.from)
    },
    listEvents: ({ tenant, query: { from, limit, flow } }) =>
      eventPage(engine.events(tenant, { from, limit, ...defined({ flow }) }), from),
    async cancelRun(call) {
      await engine.cancelRun({ ...commandOf(call, call.body?.reason), run: call.params.id })
      return ok(engine.getRun(call.tenant, call.params.id))
    },
    async retryStep(call) {
      const { id: run, step } = call.params
      await engine.retryStep({ ...commandOf(call, call.body?.reason), run, step })
      return ok(engine.getRun(call.tenant, run))
    },
    async completeStep(call) {
      const { id: run, step } = call.params
      const { port, value, reason } = call.body
      await engine.completeStep({ ...commandOf(call, reason), run, step, port, value })
      return ok(engine.getRun(call.tenant, run))
    },
  }) satisfies Partial<Handlers>
