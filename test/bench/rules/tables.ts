import { decisionSchema } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'
import { randomFrom, type Applicant } from './policy.ts'

/** A row of a pricing grid: bands of score and income, kinds of employment, a smallest vintage, the rate. */
export interface GridRow {
  readonly score: readonly [from: number, below: number]
  readonly income: readonly [from: number, below: number]
  /** null for any */
  readonly employment: readonly string[] | null
  readonly vintage: number | null
  readonly rate: number
}

/** Rows that overlap here and there, in no order, so that the first of them has to be found. */
export function grid(rows: number): GridRow[] {
  const random = randomFrom(rows)
  const wide = Math.max(2, Math.round(Math.sqrt(rows / 8)))
  const band = (low: number, high: number): readonly [number, number] => {
    const width = (high - low) / wide
    const from = low + Math.floor(random() * wide) * width
    return [Math.round(from), Math.round(from + width)]
  }
  const kinds = [['SALARIED'], ['SELF'], ['RETIRED', 'STUDENT'], null]
  return Array.from({ length: rows }, (_, index) => ({
    score: band(300, 901),
    income: band(10_000, 250_001),
    employment: kinds[Math.floor(random() * kinds.length)] ?? null,
    vintage: random() < 0.5 ? null : Math.floor(random() * 60),
    rate: 9 + index / rows,
  }))
}

const tested = { var: '?' }
const bandCell = ([from, below]: readonly [number, number]): Json => ({
  all_of: [{ gte: [tested, from] }, { lt: [tested, below] }],
})

export const gridDocument = (rows: readonly GridRow[]) =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'pricing',
    name: 'Pricing',
    input: {},
    parts: [
      {
        kind: 'table',
        id: 'grid',
        name: 'Grid',
        hitPolicy: 'first',
        inputs: ['score', 'income', 'employment', 'vintage'].map((id) => ({
          id,
          name: id,
          expression: { var: id },
        })),
        outputs: [{ id: 'rate', name: 'Rate', expression: 'rate' }],
        rows: rows.map((row, index) => ({
          id: `row${index}`,
          when: [
            bandCell(row.score),
            bandCell(row.income),
            row.employment && [...row.employment],
            row.vintage === null ? null : { gte: [tested, row.vintage] },
          ],
          then: [row.rate],
        })),
      },
    ],
  })

/** A linear scan over typed columns: what one would write by hand. The rate, null for no row. */
export function scanByHand(rows: readonly GridRow[]): (a: Applicant) => number | null {
  const column = (of: (row: GridRow) => number) => Float64Array.from(rows, of)
  const scoreFrom = column(({ score }) => score[0])
  const scoreBelow = column(({ score }) => score[1])
  const incomeFrom = column(({ income }) => income[0])
  const incomeBelow = column(({ income }) => income[1])
  const vintage = column((row) => row.vintage ?? -1)
  const kinds = rows.map(({ employment }) => employment && new Set(employment))
  return (a) => {
    for (let i = 0; i < rows.length; i += 1) {
      if (a.score < (scoreFrom[i] as number) || a.score >= (scoreBelow[i] as number)) continue
      if (a.income < (incomeFrom[i] as number) || a.income >= (incomeBelow[i] as number)) continue
      if (a.vintage < (vintage[i] as number)) continue
      const kind = kinds[i]
      if (kind && !kind.has(a.employment)) continue
      return (rows[i] as GridRow).rate
    }
    return null
  }
}
