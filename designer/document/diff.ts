import type { Flow } from '#core/graph/flow.ts'

type Record_ = { readonly id: string }
const collections = ['nodes', 'edges', 'groups', 'notes'] as const
type Collection = (typeof collections)[number]
const fields = ['id', 'name', 'description', 'input', 'tests'] as const

/** `[before, after]`; undefined where it was not there. */
type Pair = readonly [unknown, unknown]

/** What changed between two flows, record by record; it leads both ways. */
export interface FlowDiff {
  readonly fields: Readonly<Record<string, Pair>>
  readonly layout: Readonly<Record<string, Pair>>
  readonly records: Readonly<Record<Collection, Readonly<Record<string, Pair>>>>
  /** The order of a collection's ids, where it changed. */
  readonly orders: Partial<Record<Collection, readonly [readonly string[], readonly string[]]>>
}

/** Records are compared by identity: a command keeps what it leaves alone. */
function pairs(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, Pair> {
  const found: Record<string, Pair> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (before[key] !== after[key]) found[key] = [before[key], after[key]]
  return found
}

const byId = (items: readonly Record_[]): Record<string, Record_> =>
  Object.fromEntries(items.map((item) => [item.id, item]))

const pick = (flow: Flow): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, flow[field]]))

export function diffFlows(before: Flow, after: Flow): FlowDiff {
  const orders: FlowDiff['orders'] = {}
  const records = Object.fromEntries(
    collections.map((name) => {
      const was = before[name].map(({ id }) => id)
      const is = after[name].map(({ id }) => id)
      if (was.join('\n') !== is.join('\n')) orders[name] = [was, is]
      return [name, pairs(byId(before[name]), byId(after[name]))]
    }),
  ) as FlowDiff['records']
  return {
    fields: pairs(pick(before), pick(after)),
    layout: pairs(before.layout, after.layout),
    records,
    orders,
  }
}

export const isEmptyDiff = (diff: FlowDiff): boolean =>
  Object.keys(diff.fields).length === 0 &&
  Object.keys(diff.layout).length === 0 &&
  Object.keys(diff.orders).length === 0 &&
  collections.every((name) => Object.keys(diff.records[name]).length === 0)

function patched(
  values: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, Pair>>,
  side: 0 | 1,
): Record<string, unknown> {
  const result = { ...values }
  for (const [key, pair] of Object.entries(changes)) {
    if (pair[side] === undefined) delete result[key]
    else result[key] = pair[side]
  }
  return result
}

/** The flow on the other side of the diff: `back` undoes, `forth` does it again. */
export function applyDiff(flow: Flow, diff: FlowDiff, way: 'back' | 'forth'): Flow {
  const side = way === 'back' ? 0 : 1
  const lists = Object.fromEntries(
    collections.map((name) => {
      const items = patched(byId(flow[name]), diff.records[name], side)
      const order = diff.orders[name]?.[side] ?? flow[name].map(({ id }) => id)
      return [name, order.map((id) => items[id])]
    }),
  ) as Pick<Flow, Collection>
  return {
    ...flow,
    ...patched(pick(flow), diff.fields, side),
    ...lists,
    layout: patched(flow.layout, diff.layout, side) as Flow['layout'],
  }
}
