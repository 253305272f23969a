import type { ScorecardPart } from '#core/decision/scorecard.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'

type Bins = ScorecardPart['characteristics'][number]['bins']

const signs: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte'])

/** The logic with every number that the value itself is compared with replaced; ranges are two such comparisons. */
function withBounds(logic: Logic, next: (bound: number) => number): Logic {
  if (!isObject(logic)) return logic
  const [operator = '', args] = Object.entries(logic as Readonly<Record<string, Json>>)[0] ?? []
  if (!Array.isArray(args)) return logic
  const list = args as readonly Json[]
  if (operator === 'all_of' || operator === 'and')
    return { [operator]: list.map((each) => withBounds(each, next)) }
  const [tested, bound] = list
  const isBound =
    signs.has(operator) && isObject(tested) && tested['var'] === '?' && typeof bound === 'number'
  return isBound ? { [operator]: [tested, next(bound)] } : logic
}

/** The numbers at which bins meet, from the least up. */
export function bordersOf(bins: Bins): number[] {
  const found = new Set<number>()
  for (const { when } of bins)
    withBounds(when, (bound) => {
      found.add(bound)
      return bound
    })
  return [...found].toSorted((a, b) => a - b)
}

/** The bins with one border elsewhere, on both of its sides. */
export const moveBorder = (bins: Bins, from: number, to: number): Bins =>
  bins.map((bin) => {
    if (!bordersOf([bin]).includes(from)) return bin
    return { ...bin, when: withBounds(bin.when, (bound) => (bound === from ? to : bound)) }
  })
