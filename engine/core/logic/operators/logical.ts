import { allOf, anyOf, not } from '#core/logic/compare.ts'
import { isForbiddenKey, type Json } from '#core/json.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const many = {
  group: 'logic',
  arguments: [{ name: 'condition', type: 'boolean' }],
  min: 0,
  max: Infinity,
  result: 'boolean',
} as const

/** Names and values in turn; a name that is no text, or that could reach a prototype, is left out. */
function context(values: readonly Json[]): Json {
  const entries: [string, Json][] = []
  for (let i = 0; i + 1 < values.length; i += 2) {
    const name = values[i]
    if (typeof name === 'string' && !isForbiddenKey(name))
      entries.push([name, values[i + 1] ?? null])
  }
  return Object.fromEntries(entries)
}

export const logical = {
  all_of: {
    ...many,
    title: 'all of',
    symbol: 'and',
    phrase: '{* and }',
    help: 'False if one is false, else null if one is unknown, else true. Of nothing: true.',
    form: { kind: 'list', call: allOf },
  },
  any_of: {
    ...many,
    title: 'any of',
    symbol: 'or',
    phrase: '{* or }',
    help: 'True if one is true, else null if one is unknown, else false. Of nothing: false.',
    form: { kind: 'list', call: anyOf },
  },
  not: {
    ...many,
    min: 1,
    max: 1,
    title: 'not',
    symbol: 'not',
    phrase: 'not ({0})',
    help: 'The opposite; null stays null.',
    form: { kind: 'unary', call: not },
  },
  if_then: {
    group: 'value',
    arguments: [
      { name: 'condition', type: 'boolean' },
      { name: 'then', type: 'any' },
      { name: 'else', type: 'any' },
    ],
    min: 3,
    max: 3,
    result: 'any',
    title: 'if',
    symbol: 'if',
    phrase: 'if {0} then {1} else {2}',
    help: 'The second value where the condition is true, the third where it is false or unknown.',
    form: { kind: 'ternary', call: (condition, yes, no) => (condition === true ? yes : no) },
  },
  coalesce: {
    group: 'value',
    arguments: [{ name: 'value', type: 'any' }],
    min: 1,
    max: Infinity,
    result: 'any',
    title: 'first present',
    symbol: 'coalesce',
    phrase: 'the first present of {*, }',
    help: 'The first value that is not missing; null where all are.',
    form: {
      kind: 'list',
      call: (values) => values.find((v) => v !== null && v !== undefined) ?? null,
    },
  },
  context: {
    group: 'value',
    arguments: [
      { name: 'name', type: 'text' },
      { name: 'value', type: 'any' },
    ],
    min: 0,
    max: Infinity,
    result: 'any',
    title: 'object',
    symbol: '{}',
    phrase: 'an object of {*, }',
    help: 'An object from names and values in turn.',
    form: { kind: 'list', call: context },
  },
} as const satisfies Record<string, Operator>
