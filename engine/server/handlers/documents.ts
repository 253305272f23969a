import { commandOf, created, defined, ok, type Handlers } from '#engine/server/handler.ts'
import { ifMatchOf } from '#engine/server/if-match.ts'
import { pageOf } from '#engine/server/page-of.ts'
import { isObject } from '#core/json.ts'
import type { DocumentStore } from '#engine/run/engine.ts'
import type { ServerContext } from '#engine/server/context.ts'

type DocumentHandlers = {
  save: Handlers['saveFlow']
  list: Handlers['listFlows']
  get: Handlers['getFlow']
  validate: Handlers['validateFlow']
  publish: Handlers['publishFlow']
}

/** An absent or empty body asks about the stored draft. */
const documentIn = (body: unknown): unknown =>
  isObject(body) && Object.keys(body).length === 0 ? undefined : body

const documentHandlers = (store: DocumentStore): DocumentHandlers => ({
  save: (call) =>
    created(
      store.save({
        ...commandOf(call),
        document: call.body,
        ...defined({ ifMatch: ifMatchOf(call.headers['if-match']) }),
      }),
    ),
  list: ({ tenant, query }) => ok(pageOf(store.list(tenant), query)),
  get: ({ tenant, params, query }) => {
    const view = store.get(tenant, params.id, query.version)
    // The tag names the draft that a save is checked against. Publishing changes the answer and not the draft: a cache
    // that asked by the tag alone would go on giving what was there before.
    return { ...ok(view), headers: { etag: `"${view.draft}"`, 'cache-control': 'no-store' } }
  },
  validate: ({ tenant, params, body }) => ok(store.validate(tenant, params.id, documentIn(body))),
  publish: (call) =>
    ok(store.publish({ ...commandOf(call, call.body?.reason), id: call.params.id })),
})

export function flowHandlers({ engine }: ServerContext) {
  const verbs = documentHandlers(engine.flows)
  return {
    saveFlow: verbs.save,
    listFlows: verbs.list,
    getFlow: verbs.get,
    validateFlow: verbs.validate,
    publishFlow: verbs.publish,
  } satisfies Partial<Handlers>
}

export function decisionHandlers({ engine }: ServerContext) {
  const verbs = documentHandlers(engine.decisions)
  return {
    saveDecision: verbs.save,
    listDecisions: verbs.list,
    getDecision: verbs.get,
    validateDecision: verbs.validate,
    publishDecision: verbs.publish,
    evaluateDecision: ({ tenant, params, body }) =>
      ok(engine.decisions.evaluate(tenant, params.id, body.input, body.version)),
  } satisfies Partial<Handlers>
}
