import type { Json } from '#core/json.ts'
import { order } from '#core/logic/compare.ts'
import { power, roundTo } from '#core/logic/math.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

const numbers = {
  group: 'arithmetic',
  arguments: [
    { name: 'left', type: 'number' },
    { name: 'right', type: 'number' },
  ],
  min: 2,
  max: 2,
  result: 'number',
} as const
const single = {
  ...numbers,
  arguments: [{ name: 'value', type: 'number' }],
  min: 1,
  max: 1,
} as const
const listed = {
  ...numbers,
  group: 'list',
  arguments: [{ name: 'values', type: 'list' }],
  min: 0,
  max: Infinity,
} as const

const binary = (call: (a: number, b: number) => number): OperatorForm => ({
  kind: 'binary',
  call: (a, b) => (typeof a === 'number' && typeof b === 'number' ? finite(call(a, b)) : null),
})
const unary = (call: (a: number) => number): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'number' ? finite(call(a)) : null),
})

function foldNumbers(values: readonly Json[], call: (a: number, b: number) => number): Json {
  let result: number | undefined
  for (const value of values) {
    if (typeof value !== 'number') return null
    result = result === undefined ? value : call(result, value)
  }
  return result === undefined ? null : finite(result)
}

const plus = (values: readonly Json[]): Json =>
  values.every((value) => typeof value === 'string')
    ? values.join('')
    : foldNumbers(values, (a, b) => a + b)

/** With the sign of the divisor, as FEEL has it. */
function modulo(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

/** One list, or the values themselves. */
const spread = (values: readonly Json[]): readonly Json[] =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly Json[]) : values

/** The first value that no other one precedes; null for an empty list, or where two have no order. */
function extreme(values: readonly Json[], sign: 1 | -1): Json {
  let best: Json | undefined
  for (const value of values) {
    const way: number | null = order(value, best ?? value)
    if (way === null) return null
    if (best === undefined || way * sign < 0) best = value
  }
  return best ?? null
}

const nulls = 'Null where an argument is missing or no number.'

export const arithmetic = {
  plus: {
    ...numbers,
    max: Infinity,
    title: 'plus',
    symbol: '+',
    phrase: '{* + }',
    result: 'any',
    help: 'Of numbers their sum, of texts one after the other. Null where an argument is missing or the types differ.',
    form: { kind: 'list', call: plus },
  },
  minus: {
    ...numbers,
    title: 'minus',
    symbol: '-',
    phrase: '{0} − {1}',
    help: nulls,
    form: binary((a, b) => a - b),
  },
  times: {
    ...numbers,
    max: Infinity,
    title: 'times',
    symbol: '*',
    phrase: '{* × }',
    help: nulls,
    form: { kind: 'list', call: (values) => foldNumbers(values, (a, b) => a * b) },
  },
  divide: {
    ...numbers,
    title: 'divided by',
    symbol: '/',
    phrase: '{0} ÷ {1}',
    help: `${nulls} By zero: null.`,
    form: binary((a, b) => a / b),
  },
  modulo: {
    ...numbers,
    title: 'remainder',
    symbol: 'modulo',
    phrase: 'the remainder of {0} by {1}',
    help: `${nulls} It has the sign of the divisor. By zero: null.`,
    form: binary(modulo),
  },
  power: {
    ...numbers,
    title: 'to the power of',
    symbol: '**',
    phrase: '{0} to the power of {1}',
    help: `${nulls} The same on every platform.`,
    form: binary(power),
  },
  round: {
    ...numbers,
    arguments: [
      { name: 'value', type: 'number' },
      { name: 'digits', type: 'number' },
    ],
    min: 1,
    title: 'rounded',
    symbol: 'round',
    phrase: '{0} rounded',
    help: `Halves go away from zero, on the number as written: 1.005 to 2 digits is 1.01. Digits from −15 to 15, else null. ${nulls}`,
    form: {
      kind: 'list',
      call: ([value, digits = 0]) =>
        typeof value === 'number' &&
        typeof digits === 'number' &&
        Number.isInteger(digits) &&
        Math.abs(digits) <= 15
          ? finite(roundTo(value, digits))
          : null,
    },
  },
  floor: {
    ...single,
    title: 'rounded down',
    symbol: 'floor',
    phrase: '{0} rounded down',
    help: nulls,
    form: unary(Math.floor),
  },
  ceiling: {
    ...single,
    title: 'rounded up',
    symbol: 'ceiling',
    phrase: '{0} rounded up',
    help: nulls,
    form: unary(Math.ceil),
  },
  abs: {
    ...single,
    title: 'without sign',
    symbol: 'abs',
    phrase: 'the size of {0}',
    help: nulls,
    form: unary(Math.abs),
  },
  min_of: {
    ...listed,
    result: 'any',
    title: 'smallest',
    symbol: 'min',
    phrase: 'the smallest of {*, }',
    help: 'Of a list or of the values, all numbers or all texts. Null for none, or where one is missing.',
    form: { kind: 'list', call: (values) => extreme(spread(values), 1) },
  },
  max_of: {
    ...listed,
    result: 'any',
    title: 'largest',
    symbol: 'max',
    phrase: 'the largest of {*, }',
    help: 'Of a list or of the values, all numbers or all texts. Null for none, or where one is missing.',
    form: { kind: 'list', call: (values) => extreme(spread(values), -1) },
  },
  sum_of: {
    ...listed,
    title: 'sum',
    symbol: 'sum',
    phrase: 'the sum of {*, }',
    help: 'Of a list or of the values. Null for none, or where one is missing or no number.',
    form: { kind: 'list', call: (values) => foldNumbers(spread(values), (a, b) => a + b) },
  },
  count_of: {
    ...listed,
    min: 1,
    max: 1,
    title: 'count',
    symbol: 'count',
    phrase: 'the number of {0}',
    help: 'How many elements a list has. Null for anything but a list.',
    form: { kind: 'unary', call: (list) => (Array.isArray(list) ? list.length : null) },
  },
} as const satisfies Record<string, Operator>
