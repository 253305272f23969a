import { isForbiddenKey, type Json } from '#core/json.ts'
import { allOf, anyOf, distinct } from '#core/logic/compare.ts'
import { own } from '#core/logic/path.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

const one = {
  group: 'list',
  arguments: [{ name: 'list', type: 'list' }],
  min: 1,
  max: 1,
  result: 'list',
} as const
const scoped = {
  group: 'scope',
  arguments: [
    { name: 'list', type: 'list' },
    { name: 'for each', type: 'any' },
  ],
  min: 2,
  max: 2,
} as const
const nulls = 'Null for anything but a list.'

const unary = (call: (list: readonly Json[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) => (Array.isArray(list) ? call(list as readonly Json[]) : null),
})
const onItems = (
  call: (items: readonly Json[], body: (item: Json) => Json) => Json,
): OperatorForm => ({
  kind: 'scoped',
  call: (list, body) => (Array.isArray(list) ? call(list as readonly Json[], body) : null),
})

function mean(values: readonly Json[]): Json {
  let sum = 0
  for (const value of values) {
    if (typeof value !== 'number') return null
    sum += value
  }
  return values.length === 0 ? null : finite(sum / values.length)
}

/** Counted from 1; from the end where it is negative. */
function itemOf(list: Json, place: Json): Json {
  if (!Array.isArray(list) || typeof place !== 'number' || !Number.isInteger(place)) return null
  return ((list as readonly Json[]).at(place > 0 ? place - 1 : place) as Json | undefined) ?? null
}

export const list = {
  mean_of: {
    ...one,
    result: 'number',
    title: 'average',
    symbol: 'mean',
    phrase: 'the average of {0}',
    help: 'Of a list of numbers. Null for none, or where one is missing or no number.',
    form: unary(mean),
  },
  join_lists: {
    ...one,
    max: Infinity,
    title: 'joined lists',
    symbol: 'concatenate',
    phrase: '{*, } one after the other',
    help: `The elements of all lists in turn. ${nulls}`,
    form: {
      kind: 'list',
      call: (lists) =>
        lists.every((each) => Array.isArray(each)) ? (lists as readonly Json[][]).flat() : null,
    },
  },
  distinct_of: {
    ...one,
    title: 'without repeats',
    symbol: 'distinct values',
    phrase: '{0} without repeats',
    help: `Each value once, where it first stands. ${nulls}`,
    form: unary(distinct),
  },
  reversed: {
    ...one,
    title: 'backwards',
    symbol: 'reverse',
    phrase: '{0} backwards',
    help: `The last element first. ${nulls}`,
    form: unary((values) => values.toReversed()),
  },
  item_of: {
    ...one,
    arguments: [
      { name: 'list', type: 'list' },
      { name: 'place', type: 'number' },
    ],
    min: 2,
    max: 2,
    result: 'any',
    title: 'element',
    symbol: '[]',
    phrase: 'element {1} of {0}',
    help: 'The first is 1, the last −1. Null where there is none.',
    form: { kind: 'binary', call: itemOf },
  },
  field_of: {
    ...one,
    group: 'value',
    arguments: [
      { name: 'object', type: 'any' },
      { name: 'name', type: 'text' },
    ],
    min: 2,
    max: 2,
    result: 'any',
    title: 'field',
    symbol: 'get value',
    phrase: 'the field {1} of {0}',
    help: 'Of an object; of a list of objects, the list of their fields. Null where there is none.',
    form: { kind: 'binary', call: fieldOf },
  },
  some_of: {
    ...scoped,
    result: 'boolean',
    title: 'some element',
    symbol: 'some',
    phrase: 'for some of {0}: {1}',
    help: `True where it holds for one, else null where it is unknown for one, else false. ${nulls}`,
    form: onItems((items, holds) => anyOf(items.map(holds))),
  },
  every_of: {
    ...scoped,
    result: 'boolean',
    title: 'every element',
    symbol: 'every',
    phrase: 'for every one of {0}: {1}',
    help: `False where it fails for one, else null where it is unknown for one, else true. ${nulls}`,
    form: onItems((items, holds) => allOf(items.map(holds))),
  },
  items_where: {
    ...scoped,
    result: 'list',
    title: 'elements where',
    symbol: '[…]',
    phrase: 'those of {0} where {1}',
    help: `The elements for which it is true; where it gives a number, the element at that place. ${nulls}`,
    form: onItems((items, holds) => {
      const found = items.map(holds)
      return typeof found[0] === 'number'
        ? itemOf(items, found[0])
        : items.filter((_, index) => found[index] === true)
    }),
  },
  for_each: {
    ...scoped,
    result: 'list',
    title: 'for each element',
    symbol: 'for',
    phrase: 'for each of {0}: {1}',
    help: `What comes of each element. ${nulls}`,
    form: onItems((items, gives) => items.map((item) => gives(item) ?? null)),
  },
} as const satisfies Record<string, Operator>

function fieldOf(from: Json, name: Json): Json {
  if (typeof name !== 'string' || isForbiddenKey(name)) return null
  if (Array.isArray(from)) return (from as readonly Json[]).map((each) => fieldOf(each, name))
  return typeof from === 'object' ? (own(from, name) ?? null) : null
}
