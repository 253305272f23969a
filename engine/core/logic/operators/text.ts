import type { Json } from '#core/json.ts'
import type { Operator, OperatorForm } from '#core/logic/operators/operator.ts'

const test = {
  group: 'text',
  arguments: [
    { name: 'text', type: 'text' },
    { name: 'part', type: 'text' },
  ],
  min: 2,
  max: 2,
  result: 'boolean',
} as const
const change = {
  ...test,
  arguments: [{ name: 'text', type: 'text' }],
  min: 1,
  max: 1,
  result: 'text',
} as const

const binary = (call: (a: string, b: string) => Json): OperatorForm => ({
  kind: 'binary',
  call: (a, b) => (typeof a === 'string' && typeof b === 'string' ? call(a, b) : null),
})
const unary = (call: (a: string) => Json): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'string' ? call(a) : null),
})

function concat(values: readonly Json[]): Json {
  let result = ''
  for (const value of values) {
    if (value === null || value === undefined || typeof value === 'object') return null
    result += String(value)
  }
  return result
}

const nulls = 'Null where an argument is missing or no text.'

export const text = {
  concat: {
    ...change,
    max: Infinity,
    title: 'joined text',
    symbol: 'concat',
    phrase: '{* + }',
    help: 'Texts one after the other; numbers, true and false are written out. Null where one is missing.',
    form: { kind: 'list', call: concat },
  },
  upper: {
    ...change,
    title: 'upper case',
    symbol: 'upper case',
    phrase: '{0} in capitals',
    help: nulls,
    form: unary((a) => a.toUpperCase()),
  },
  lower: {
    ...change,
    title: 'lower case',
    symbol: 'lower case',
    phrase: '{0} in small letters',
    help: nulls,
    form: unary((a) => a.toLowerCase()),
  },
  starts_with: {
    ...test,
    title: 'starts with',
    symbol: 'starts with',
    phrase: '{0} starts with {1}',
    help: nulls,
    form: binary((a, b) => a.startsWith(b)),
  },
  ends_with: {
    ...test,
    title: 'ends with',
    symbol: 'ends with',
    phrase: '{0} ends with {1}',
    help: nulls,
    form: binary((a, b) => a.endsWith(b)),
  },
  contains: {
    ...test,
    title: 'contains',
    symbol: 'contains',
    phrase: '{0} contains {1}',
    help: nulls,
    form: binary((a, b) => a.includes(b)),
  },
  length: {
    ...change,
    result: 'number',
    title: 'length',
    symbol: 'string length',
    phrase: 'the length of {0}',
    help: `Characters, not bytes. ${nulls}`,
    form: unary((a) => {
      let count = 0
      for (const _ of a) count++
      return count
    }),
  },
} as const satisfies Record<string, Operator>
