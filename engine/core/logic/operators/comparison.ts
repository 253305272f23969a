import { isObject } from '#core/json.ts'
import { between, equal, gt, gte, inList, lt, lte, not } from '#core/logic/compare.ts'
import { inRange } from '#core/logic/range.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const pair = {
  group: 'comparison',
  arguments: [
    { name: 'left', type: 'any' },
    { name: 'right', type: 'any' },
  ],
  min: 2,
  max: 2,
  result: 'boolean',
} as const
const one = {
  group: 'comparison',
  arguments: [{ name: 'value', type: 'any' }],
  min: 1,
  max: 1,
  result: 'boolean',
} as const
const ordered =
  'Numbers, texts or ISO dates of one type; null where one is missing or the types differ.'

export const comparison = {
  eq: {
    ...pair,
    title: 'is',
    symbol: '=',
    phrase: '{0} is {1}',
    help: 'Equal values of one type; null where one is missing or the types differ.',
    form: { kind: 'binary', call: equal },
  },
  ne: {
    ...pair,
    title: 'is not',
    symbol: '!=',
    phrase: '{0} is not {1}',
    help: 'Different values of one type; null where one is missing or the types differ.',
    form: { kind: 'binary', call: (a, b) => not(equal(a, b)) },
  },
  lt: {
    ...pair,
    title: 'is below',
    symbol: '<',
    phrase: '{0} is below {1}',
    help: ordered,
    form: { kind: 'binary', call: lt },
  },
  lte: {
    ...pair,
    title: 'is at most',
    symbol: '<=',
    phrase: '{0} is at most {1}',
    help: ordered,
    form: { kind: 'binary', call: lte },
  },
  gt: {
    ...pair,
    title: 'is above',
    symbol: '>',
    phrase: '{0} is above {1}',
    help: ordered,
    form: { kind: 'binary', call: gt },
  },
  gte: {
    ...pair,
    title: 'is at least',
    symbol: '>=',
    phrase: '{0} is at least {1}',
    help: ordered,
    form: { kind: 'binary', call: gte },
  },
  between: {
    ...pair,
    arguments: [
      { name: 'value', type: 'any' },
      { name: 'from', type: 'any' },
      { name: 'to', type: 'any' },
    ],
    min: 3,
    max: 3,
    title: 'is between',
    symbol: 'between',
    phrase: '{0} is between {1} and {2}',
    help: 'From and to are both in. Null like the two comparisons that it stands for.',
    form: { kind: 'ternary', call: between },
  },
  in_list: {
    ...pair,
    arguments: [
      { name: 'value', type: 'any' },
      { name: 'list', type: 'list' },
    ],
    title: 'is one of',
    symbol: 'in',
    phrase: '{0} is one of {1}',
    help: 'Whether the list, or the range, holds an equal value; null where the value or the list is missing.',
    form: {
      kind: 'binary',
      call: (value, list) => (isObject(list) ? inRange(value, list) : inList(value, list)),
    },
  },
  is_missing: {
    ...one,
    title: 'is missing',
    symbol: '= null',
    phrase: '{0} is missing',
    help: 'True where there is no value. Never null.',
    form: { kind: 'unary', call: (a) => a === null || a === undefined },
  },
  is_present: {
    ...one,
    title: 'is present',
    symbol: '!= null',
    phrase: '{0} is present',
    help: 'True where there is a value. Never null.',
    form: { kind: 'unary', call: (a) => a !== null && a !== undefined },
  },
} as const satisfies Record<string, Operator>
