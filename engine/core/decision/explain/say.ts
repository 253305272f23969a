import type { Miss } from '#core/decision/explain/misses.ts'
import type { Json } from '#core/json.ts'

const symbols: Readonly<Record<string, string>> = {
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  eq: '=',
  ne: '≠',
  in_list: '∈',
}

type MissedComparison = Miss['comparisons'][number]

/** What a comparison has and what it needs: `bureau.score 668` and `< 670`. `shown` writes a value. */
export function saidComparison(
  { operands, operator }: Pick<MissedComparison, 'operands' | 'operator'>,
  shown: (value: Json) => string,
): { readonly given: string; readonly needs: string } {
  const [left, ...limits] = operands
  const needs = [
    symbols[operator ?? ''] ?? (operator ?? '').replaceAll('_', ' '),
    // The value of another path is told with its name.
    ...limits.map(({ path, value }) => (path === null ? shown(value) : `${path} ${shown(value)}`)),
  ]
  const given = [left?.path, shown(left?.value ?? null)].filter(Boolean).join(' ')
  return { given, needs: needs.join(' ') }
}
