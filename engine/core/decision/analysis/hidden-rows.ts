import { hiddenRegions } from '#core/decision/analysis/analyse-conditions.ts'
import type { TableAnalysis } from '#core/decision/analysis/analyse-table.ts'
import { bitsBetween, contains } from '#core/decision/analysis/bits.ts'
import { indexBoxes, type BoxIndex } from '#core/decision/analysis/box-index.ts'
import type { Budget } from '#core/decision/analysis/cover.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import type { TableSpace } from '#core/decision/analysis/table-space.ts'
import { ranked } from '#core/decision/hit-policy.ts'
import { fieldOf, type TablePart } from '#core/decision/table.ts'
import { isObject, type Json } from '#core/json.ts'

/** How long the search may take before it is left open: well under a second. */
const wordBudget = 60_000_000

type Hidden = Pick<TableAnalysis, 'shadowed' | 'shadows'>

/** Rows that never count, since those that go before them take all their cases: the earlier ones, or the higher. */
export function hiddenRows(part: TablePart, space: TableSpace, index: BoxIndex): Hidden {
  const budget = { left: wordBudget }
  if (part.hitPolicy === 'first') return told(shadowed(space, index, budget), budget)
  if (part.hitPolicy !== 'priority') return told([], budget)
  const order = byRank(part)
  if (order === null)
    return { shadowed: [], shadows: { verdict: 'undecided', because: 'worked out' } }
  const regions = order.map((row) => space.regions[row] ?? [])
  const inOrder = { ...space, regions }
  const found = shadowed(inOrder, indexBoxes(space.dimensions, regions.flat()), budget)
  const nameOf = (place: number): number => order[place] as number
  const rows = found.map(({ row, by }) => ({ row: nameOf(row), by: by.map(nameOf) }))
  return told(
    rows.toSorted((a, b) => a.row - b.row),
    budget,
  )
}

const told = (found: TableAnalysis['shadowed'], { left }: Budget): Hidden => ({
  shadowed: found,
  shadows:
    left < 0
      ? { verdict: 'undecided', because: 'large' }
      : { verdict: found.length > 0 ? 'disproved' : 'proved' },
})

/** The rows in the order in which they go before each other; null where an output is worked out for each case. */
function byRank(part: TablePart): readonly number[] | null {
  const fields = part.outputs.map(fieldOf)
  const isWritten = (cell: unknown): boolean => !isObject(cell) && !Array.isArray(cell)
  if (!part.rows.every(({ then }) => then.every(isWritten))) return null
  const hits = part.rows.map((row, index) => ({
    index,
    row,
    // No cell is logic here.
    outputs: Object.fromEntries(fields.map((field, at) => [field, (row.then[at] ?? null) as Json])),
  }))
  return ranked(part, hits).map(({ index }) => index)
}

const shadowed = (
  space: TableSpace,
  index: BoxIndex,
  budget: Budget,
): { readonly row: number; readonly by: readonly number[] }[] =>
  hiddenRegions(space, index, budget).map(({ condition: row, by }) => ({
    row,
    by: alone(space, row, by) ?? by,
  }))

/** The one row before it that holds all of a row, where there is one: more telling than all that meet it. */
function alone({ regions, dimensions }: TableSpace, row: number, by: readonly number[]) {
  const holds = (outer: Box, inner: Box): boolean =>
    dimensions.every(({ segments: { length } }, axis) => {
      const [wide, narrow] = [outer[axis] ?? null, inner[axis] ?? null]
      return wide === null || contains(wide, narrow ?? bitsBetween(length, 0, length))
    })
  const found = by.find((earlier) =>
    (regions[row] ?? []).every((inner) =>
      (regions[earlier] ?? []).some((outer) => holds(outer, inner)),
    ),
  )
  return found === undefined ? null : [found]
}
