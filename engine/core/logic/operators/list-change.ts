import type { Json } from '#core/json.ts'
import { order } from '#core/logic/compare.ts'
import type { Operator, OperatorForm } from '#core/logic/operators/operator.ts'

const list = { name: 'list', type: 'list' } as const
const position = { name: 'position', type: 'number' } as const
const item = { name: 'new item', type: 'any' } as const
const at =
  'The first place is 1, the last −1. Null for anything but a list, or where there is no such place.'
const changed = {
  group: 'list',
  arguments: [list, position],
  min: 2,
  max: 2,
  result: 'list',
} as const

/** The index of a place that the list has; null where it has none. */
function indexIn(items: readonly Json[], place: Json): number | null {
  if (typeof place !== 'number' || !Number.isInteger(place) || place === 0) return null
  const index = place > 0 ? place - 1 : items.length + place
  return index >= 0 && index < items.length ? index : null
}

const atPlace =
  (call: (items: readonly Json[], index: number, value: Json) => readonly Json[]) =>
  (items: Json, place: Json, value: Json = null): Json => {
    if (!Array.isArray(items)) return null
    const index = indexIn(items, place)
    return index === null ? null : call(items, index, value)
  }

/** By what comes of each element; elements that are alike keep their order. */
const sortedBy = (sign: 1 | -1): OperatorForm => ({
  kind: 'scoped',
  call: (items, body) => {
    if (!Array.isArray(items)) return null
    const keyed = (items as readonly Json[]).map((each) => [body(each), each] as const)
    const [first] = keyed
    if (!keyed.every(([key]) => order(key, first?.[0] ?? null) !== null)) return null
    return keyed.toSorted(([a], [b]) => sign * (order(a, b) ?? 0)).map(([, each]) => each)
  },
})
const sorting = {
  ...changed,
  group: 'scope',
  arguments: [list, { name: 'for each', type: 'any' }],
} as const
const keys =
  'Null for anything but a list, or where what is compared are not all numbers or all texts.'

/** Lists with one place changed, and in another order. */
export const listChange = {
  inserted: {
    ...changed,
    arguments: [list, position, item],
    min: 3,
    max: 3,
    title: 'with an element inserted',
    symbol: 'insert before',
    phrase: '{0} with {2} before element {1}',
    help: `The new element stands before that place. ${at}`,
    form: {
      kind: 'ternary',
      call: atPlace((items, index, value) => items.toSpliced(index, 0, value)),
    },
  },
  removed: {
    ...changed,
    title: 'without an element',
    symbol: 'remove',
    phrase: '{0} without element {1}',
    help: at,
    form: { kind: 'binary', call: atPlace((items, index) => items.toSpliced(index, 1)) },
  },
  exchanged: {
    ...changed,
    arguments: [list, position, item],
    min: 3,
    max: 3,
    title: 'with an element replaced',
    symbol: 'list replace',
    phrase: '{0} with {2} for element {1}',
    help: at,
    form: { kind: 'ternary', call: atPlace((items, index, value) => items.with(index, value)) },
  },
  sorted_by: {
    ...sorting,
    title: 'in rising order of',
    symbol: 'sort',
    phrase: '{0} in rising order of {1}',
    help: `The least first. ${keys}`,
    form: sortedBy(1),
  },
  sorted_down_by: {
    ...sorting,
    title: 'in falling order of',
    symbol: 'sort',
    phrase: '{0} in falling order of {1}',
    help: `The greatest first. ${keys}`,
    form: sortedBy(-1),
  },
} as const satisfies Record<string, Operator>
