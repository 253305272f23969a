import type { Json } from '#core/json.ts'
import { order } from '#core/logic/compare.ts'
import { finite, type Operator, type OperatorForm } from '#core/logic/operators/operator.ts'

const one = {
  group: 'list',
  arguments: [{ name: 'list', type: 'list' }],
  min: 1,
  max: 1,
} as const

const ofNumbers = (call: (values: readonly number[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) =>
    Array.isArray(list) && list.every((each) => typeof each === 'number') ? call(list) : null,
})

/** Of a sample: over one less than there are. */
function deviation(values: readonly number[]): Json {
  if (values.length < 2) return null
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return finite(Math.sqrt(squares / (values.length - 1)))
}

function modes(values: readonly number[]): Json {
  const counts = new Map<number, number>()
  // -0 and 0 are one key of a map.
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1)
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0)
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([value]) => value + 0)
    .toSorted((a, b) => order(a, b) ?? 0)
}

export const statistics = {
  deviation_of: {
    ...one,
    result: 'number',
    title: 'standard deviation',
    symbol: 'stddev',
    phrase: 'the standard deviation of {0}',
    help: 'Of a sample of numbers. Null for fewer than two, or where one is missing or no number.',
    form: ofNumbers(deviation),
  },
  modes_of: {
    ...one,
    result: 'list',
    title: 'most frequent',
    symbol: 'mode',
    phrase: 'the most frequent of {0}',
    help: 'All numbers that occur most often, in rising order; of none an empty list. Null where one is missing or no number.',
    form: ofNumbers((values) => (values.length === 0 ? [] : modes(values))),
  },
} as const satisfies Record<string, Operator>
