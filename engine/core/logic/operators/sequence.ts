import { isObject, type Json } from '#core/json.ts'
import { distinct, order, same } from '#core/logic/compare.ts'
import type { Operator, OperatorForm } from '#core/logic/operators/operator.ts'

const one = {
  group: 'list',
  arguments: [{ name: 'list', type: 'list' }],
  min: 1,
  max: 1,
  result: 'list',
} as const
const nulls = 'Null for anything but a list.'

const unary = (call: (list: readonly Json[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) => (Array.isArray(list) ? call(list as readonly Json[]) : null),
})

/** Deeper lists are left as they are. */
const flattest = 200

function sorted(values: readonly Json[]): Json {
  const [first = null] = values
  const comparable = values.every((value) => order(value, first) !== null)
  return comparable ? values.toSorted((a, b) => order(a, b) ?? 0) : values.length === 0 ? [] : null
}

function partOfList([list, start, length]: readonly Json[], given: number): Json {
  if (!Array.isArray(list) || !isWhole(start) || start === 0) return null
  const from = start > 0 ? start - 1 : list.length + start
  if (from < 0 || from > list.length) return null
  if (given < 3) return list.slice(from) as Json[]
  return isWhole(length) && length >= 0 ? (list.slice(from, from + length) as Json[]) : null
}

const isWhole = (value: Json | undefined): value is number => Number.isInteger(value)

function joinTexts([list, between = '']: readonly Json[]): Json {
  if (!Array.isArray(list) || typeof between !== 'string') return null
  const texts = (list as readonly Json[]).filter((each) => each !== null)
  return texts.every((each) => typeof each === 'string') ? texts.join(between) : null
}

/** More operators over lists. */
export const sequence = {
  append_to: {
    ...one,
    arguments: [...one.arguments, { name: 'item', type: 'any' }],
    min: 2,
    max: Infinity,
    title: 'with more elements',
    symbol: 'append',
    phrase: '{*, } as one list',
    help: `The list with the other values behind it. ${nulls}`,
    form: {
      kind: 'list',
      call: ([list, ...more]) => (Array.isArray(list) ? [...(list as Json[]), ...more] : null),
    },
  },
  union_of: {
    ...one,
    max: Infinity,
    title: 'union',
    symbol: 'union',
    phrase: 'all of {*, } without repeats',
    help: `The elements of all lists, each value once. ${nulls}`,
    form: {
      kind: 'list',
      call: (lists) =>
        lists.every((list) => Array.isArray(list))
          ? distinct((lists as readonly Json[][]).flat())
          : null,
    },
  },
  flattened: {
    ...one,
    title: 'flat list',
    symbol: 'flatten',
    phrase: '{0} without inner lists',
    help: `Lists within lists become their elements. ${nulls}`,
    form: unary((list) => (list as readonly unknown[]).flat(flattest) as Json[]),
  },
  sorted: {
    ...one,
    title: 'in rising order',
    symbol: 'sort',
    phrase: '{0} in rising order',
    help: 'Of numbers, or of texts. Null for anything else.',
    form: unary(sorted),
  },
  places_of: {
    ...one,
    arguments: [...one.arguments, { name: 'match', type: 'any' }],
    min: 2,
    max: 2,
    title: 'places in a list',
    symbol: 'index of',
    phrase: 'the places of {1} in {0}',
    help: `Every place where an equal value stands; the first is 1. ${nulls}`,
    form: {
      kind: 'binary',
      call: (list, value) =>
        Array.isArray(list)
          ? (list as readonly Json[]).flatMap((item, index) =>
              same(item, value ?? null) ? [index + 1] : [],
            )
          : null,
    },
  },
  part_of_list: {
    ...one,
    arguments: [
      ...one.arguments,
      { name: 'start position', type: 'number' },
      { name: 'length', type: 'number' },
    ],
    min: 2,
    max: 3,
    title: 'part of a list',
    symbol: 'sublist',
    phrase: 'the part of {0} from {1}',
    help: `From an element on (the first is 1, the last −1), all or so many. ${nulls}`,
    form: { kind: 'list', call: (args) => partOfList(args, args.length) },
  },
  product_of: {
    ...one,
    result: 'number',
    title: 'product',
    symbol: 'product',
    phrase: 'the product of {0}',
    help: 'Of a list of numbers. Null for none, or where one is missing or no number.',
    form: unary((list) => {
      if (list.length === 0 || !list.every((each) => typeof each === 'number')) return null
      const product = list.reduce((all, each) => all * each, 1)
      return Number.isFinite(product) ? product + 0 : null
    }),
  },
  median_of: {
    ...one,
    result: 'number',
    title: 'median',
    symbol: 'median',
    phrase: 'the median of {0}',
    help: 'Of a list of numbers; of an even count the middle of the two. Null for none, or where one is no number.',
    form: unary((list) => {
      if (list.length === 0 || !list.every((each) => typeof each === 'number')) return null
      const inOrder = list.toSorted((a, b) => a - b)
      const [low, high] = [inOrder.at((list.length - 1) >> 1), inOrder.at(list.length >> 1)]
      return (low as number) / 2 + (high as number) / 2 + 0
    }),
  },
  split_text: {
    ...one,
    arguments: [
      { name: 'string', type: 'text' },
      { name: 'delimiter', type: 'text' },
    ],
    min: 2,
    max: 2,
    title: 'parts between',
    symbol: 'split',
    phrase: 'the parts of {0} between {1}',
    help: 'The delimiter is plain text, no pattern. Null where an argument is no text or the delimiter is empty.',
    form: {
      kind: 'binary',
      call: (text, between) =>
        typeof text === 'string' && typeof between === 'string' && between !== ''
          ? text.split(between)
          : null,
    },
  },
  join_texts: {
    ...one,
    arguments: [...one.arguments, { name: 'delimiter', type: 'text' }],
    max: 2,
    result: 'text',
    title: 'texts in one',
    symbol: 'string join',
    phrase: 'the texts of {0} in one',
    help: 'What is missing is left out. Null where an element is no text.',
    form: { kind: 'list', call: joinTexts },
  },
  entries_of: {
    ...one,
    arguments: [{ name: 'm', type: 'any' }],
    title: 'entries',
    symbol: 'get entries',
    phrase: 'the entries of {0}',
    help: 'Of an object: a list of objects with key and value. Null for anything else.',
    form: {
      kind: 'unary',
      call: (object) =>
        isObject(object)
          ? Object.entries(object as Record<string, Json>).map(([key, value]) => ({ key, value }))
          : null,
    },
  },
} as const satisfies Record<string, Operator>
