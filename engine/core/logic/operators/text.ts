import type { Json } from '#core/json.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

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

function partOfText([text, from, length]: readonly Json[]): Json {
  if (typeof text !== 'string' || typeof from !== 'number' || !Number.isInteger(from)) return null
  if (length !== undefined && (typeof length !== 'number' || !Number.isInteger(length))) return null
  const signs = [...text]
  const start = from > 0 ? from - 1 : Math.max(0, signs.length + from)
  if (from === 0 || (length !== undefined && length < 1)) return null
  return signs.slice(start, length === undefined ? undefined : start + length).join('')
}

/** A grouping separator is a blank, comma or point, a decimal one a comma or point; null stands for none. */
function toNumber([text, grouping = null, decimal = null]: readonly Json[]): Json {
  if (typeof text !== 'string' || (grouping !== null && grouping === decimal)) return null
  if (grouping !== null && (typeof grouping !== 'string' || !/^[ ,.]$/.test(grouping))) return null
  if (decimal !== null && (typeof decimal !== 'string' || !/^[,.]$/.test(decimal))) return null
  const whole = grouping === null ? text : text.replaceAll(grouping, '')
  const plain = decimal === null || decimal === '.' ? whole : whole.replace(/\.|,/g, swapped)
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? finite(Number(plain)) : null
}
/** A point is none where the comma divides. */
const swapped = (sign: string): string => (sign === ',' ? '.' : ',')

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
  part_of_text: {
    ...change,
    arguments: [
      { name: 'text', type: 'text' },
      { name: 'from', type: 'number' },
      { name: 'length', type: 'number' },
    ],
    min: 2,
    max: 3,
    title: 'part of a text',
    symbol: 'substring',
    phrase: 'the part of {0} from {1}',
    help: `From a character on (the first is 1, the last −1), all or so many. ${nulls}`,
    form: { kind: 'list', call: partOfText },
  },
  text_before: {
    ...test,
    result: 'text',
    title: 'text before',
    symbol: 'substring before',
    phrase: 'what stands before {1} in {0}',
    help: `Nothing where it does not occur. ${nulls}`,
    form: binary((a, b) => (a.includes(b) ? a.slice(0, a.indexOf(b)) : '')),
  },
  text_after: {
    ...test,
    result: 'text',
    title: 'text after',
    symbol: 'substring after',
    phrase: 'what stands after {1} in {0}',
    help: `Nothing where it does not occur. ${nulls}`,
    form: binary((a, b) => (a.includes(b) ? a.slice(a.indexOf(b) + b.length) : '')),
  },
  to_text: {
    ...change,
    arguments: [{ name: 'value', type: 'any' }],
    title: 'as text',
    symbol: 'string',
    phrase: '{0} as text',
    help: 'Numbers, true and false written out. Null for anything else.',
    form: { kind: 'unary', call: (a) => concat([a]) },
  },
  to_number: {
    ...change,
    arguments: [
      { name: 'text', type: 'text' },
      { name: 'grouping separator', type: 'text' },
      { name: 'decimal separator', type: 'text' },
    ],
    max: 3,
    result: 'number',
    title: 'as number',
    symbol: 'number',
    phrase: '{0} as a number',
    help: 'A text such as −12.5 or 1e3; with separators also 1,00,102.03. Null for anything else.',
    form: { kind: 'list', call: toNumber },
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
