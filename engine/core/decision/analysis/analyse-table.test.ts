import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseTable } from '#core/decision/analysis/analyse-table.ts'
import { hiddenRegions } from '#core/decision/analysis/analyse-conditions.ts'
import { indexBoxes } from '#core/decision/analysis/box-index.ts'
import { uncovered, type Budget } from '#core/decision/analysis/cover.ts'
import {
  analysed,
  everyone,
  rows,
  schema,
  table,
  tested,
  tester,
  whole,
  type Row,
} from '#core/decision/analysis/table-fixture.ts'
import { tableSpace } from '#core/decision/analysis/table-space.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonSchema } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'

describe('analyseTable', () => {
  it('[R350] agrees with trying everything', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const part = table(given)
        const hits = tester(part)
        const analysis = analysed(part)
        const all = everyone.map(hits)
        const free = everyone.filter((input) => whole(input) && hits(input).length === 0)
        expect(analysis.complete.verdict).toBe(free.length > 0 ? 'disproved' : 'proved')
        expect(analysis.exclusive.verdict).toBe(
          all.some(({ length }) => length > 1) ? 'disproved' : 'proved',
        )
        const met = new Set(all.flat())
        expect(analysis.never).toEqual(part.rows.flatMap((_, row) => (met.has(row) ? [] : [row])))
        const first = new Set(all.map(([row]) => row))
        const hidden = part.rows.flatMap((_, row) => (met.has(row) && !first.has(row) ? [row] : []))
        expect(analysis.shadowed.map(({ row }) => row)).toEqual(hidden)
      }),
      { numRuns: 400 },
    )
  })

  it('[R351] shows an applicant who really falls through, or really meets both rows', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const part = table(given)
        const hits = tester(part)
        const { gaps, overlaps } = analysed(part)
        for (const { witness } of gaps) expect(witness.real && hits(witness.input)).toEqual([])
        for (const { rows: both, witness } of overlaps)
          expect(witness.real && hits(witness.input)).toEqual(expect.arrayContaining([...both]))
      }),
      { numRuns: 300 },
    )
  })

  it('[R352] closes every gap with the rows that it offers, and gives no row that was there a rival', () => {
    fc.assert(
      fc.property(rows, (given) => {
        let part = table(given)
        const before = tester(part)
        const closing = () => analysed(part).gaps.find(({ missing }) => missing === null)
        for (let gap = closing(), turn = 0; gap && turn < 60; gap = closing(), turn += 1) {
          part = {
            ...part,
            rows: [...part.rows, { id: `n${turn}`, when: [...gap.when], then: [9] }],
          }
        }
        const after = tester(part)
        const people = everyone.filter(whole)
        expect(people.filter((input) => after(input).length === 0)).toEqual([])
        const known = people.filter((input) => before(input).length > 0)
        expect(known.map(after)).toEqual(known.map(before))
      }),
      { numRuns: 150 },
    )
  })

  it('names the threshold on which two rows stop short, or which both take', () => {
    const gap = analysed(table([[[{ lt: [tested, 650] }]], [[{ gt: [tested, 650] }]]]))
    expect(gap.gaps[0]).toMatchObject({
      touches: { column: 0, value: 650 },
      when: [{ eq: [tested, 650] }, null, null],
    })
    const both = analysed(table([[[{ lte: [tested, 650] }]], [[{ gte: [tested, 650] }]]]))
    expect(both.overlaps[0]?.touches).toEqual({ column: 0, value: 650 })
  })

  it('knows that between two whole numbers there is none, and what a schema lists', () => {
    const rows: Row[] = [
      [[{ lte: [tested, 649] }, 'A']],
      [[{ gte: [tested, 650] }, 'A']],
      [[null, 'B']],
    ]
    const closed: JsonSchema = {
      type: 'object',
      properties: { score: { type: 'integer' }, kind: { enum: ['A', 'B'] } },
    }
    expect(analyseTable(table(rows), closed)).toMatchObject({ complete: { verdict: 'proved' } })
    expect(analyseTable(table(rows), schema)).toMatchObject({ complete: { verdict: 'disproved' } })
  })

  it('sees a row that only the union of earlier ones hides', () => {
    const part = table([
      [[{ lt: [tested, 5] }]],
      [[{ gte: [tested, 5] }, 'A']],
      [[{ between: [tested, 3, 8] }, 'A']],
    ])
    expect(analysed(part).shadowed).toEqual([{ row: 2, by: [0, 1] }])
  })

  it('leaves open what depends on values that cannot be chosen', () => {
    const part = table([[[{ starts_with: [tested, 'x'] }]]])
    expect(analysed(part).complete).toEqual({ verdict: 'undecided', because: 'unclear' })
  })

  it('offers to merge neighbours that differ in one column, and finds duplicates and idle columns', () => {
    const part = table([
      [[{ lt: [tested, 5] }, 'A'], 1],
      [[{ between: [tested, 5, 9] }, 'A'], 1],
      [[{ lt: [tested, 5] }, 'A'], 1],
    ])
    const { mergeable, duplicates, unusedInputs } = analysed(part)
    expect(mergeable[0]).toEqual({ rows: [0, 1], column: 0, cell: { lte: [tested, 9] } })
    expect(duplicates).toEqual([{ row: 2, of: 0 }])
    expect(unusedInputs).toEqual([2])
  })

  it('a cell that closes a gap means what its segments mean', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const part = table(given)
        for (const { when } of analysed(part).gaps)
          for (const cell of when) expect(() => compileLogic(cell)).not.toThrow()
      }),
      { numRuns: 50 },
    )
  })

  const policy = (count: number, columns: number): TablePart => {
    const part = table([])
    const inputs = Array.from({ length: columns }, (_, column) => ({
      id: `c${column}`,
      name: `C${column}`,
      expression: { var: `c${column}` },
      type: 'number' as const,
    }))
    const rows = Array.from({ length: count }, (_, row) => ({
      id: `r${row}`,
      when: inputs.map((_, column): Logic => {
        const low = ((row * 7 + column * 13) % 40) * 10
        if (column === 0) return { all_of: [{ gte: [tested, row] }, { lt: [tested, row + 20] }] }
        return (row + column) % 3 === 0 ? null : { between: [tested, low, low + 200] }
      }),
      then: [row % 5],
    }))
    return { ...part, inputs, rows }
  }
  it.each([
    [200, 20, { gaps: 20_000, hidden: 80_000 }],
    [2000, 30, { gaps: 160_000, hidden: 1_000_000 }],
  ])('[R750] looks at few words for %i rows of %i columns', (count, columns, most) => {
    const space = tableSpace(policy(count, columns), {})
    const index = indexBoxes(space.dimensions, space.regions.flat())
    const looked = (search: (budget: Budget) => unknown): number => {
      const budget = { left: 60_000_000 }
      search(budget)
      return 60_000_000 - budget.left
    }
    const boxes = Array.from({ length: index.count }, (_, box) => box)
    const within = space.dimensions.map(() => null)
    const gaps = looked((budget) => uncovered(index, boxes, { within, most: 50, budget }))
    const hidden = looked((budget) => hiddenRegions(space, index, budget))
    expect(gaps).toBeLessThan(most.gaps)
    expect(hidden).toBeLessThan(most.hidden)
    expect(Math.min(gaps, hidden)).toBeGreaterThan(0)
  })
})
