import { cellOf } from '#core/decision/analysis/cell.ts'
import { bitsOf, contains, onlyMember, type Bits } from '#core/decision/analysis/bits.ts'
import { indexBoxes, type BoxIndex } from '#core/decision/analysis/box-index.ts'
import { uncovered, type Budget } from '#core/decision/analysis/cover.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import { hiddenRegions } from '#core/decision/analysis/analyse-conditions.ts'
import { overlaps, type Overlap } from '#core/decision/analysis/overlap.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import { tableSpace, type TableSpace } from '#core/decision/analysis/table-space.ts'
import { witnessIn, type Witness } from '#core/decision/analysis/witness.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import { canonicalJson, type Json, type JsonSchema } from '#core/json.ts'

/** `proved`: there is none. `disproved`: here is one. `undecided`: and why. */
type Verdict =
  | { readonly verdict: 'proved' }
  | { readonly verdict: 'disproved' }
  | { readonly verdict: 'undecided'; readonly because: string }

/** Values that no row decides, with the row that would. */
export interface Gap {
  readonly witness: Witness
  readonly when: readonly Logic[]
  /** The column whose value is missing; null where all values are there. */
  readonly missing: number | null
  /** The threshold on which two rows both stop short; null for a wider gap. */
  readonly touches: { readonly column: number; readonly value: Json } | null
}

interface RowOverlap {
  readonly rows: readonly [number, number]
  readonly witness: Witness
  readonly sameOutputs: boolean
  /** The threshold on which both rows begin; null where they share more. */
  readonly touches: { readonly column: number; readonly value: Json } | null
}

/** What is true of a table for every input there can be. Rows and columns count from 0. */
export interface TableAnalysis {
  readonly complete: Verdict
  readonly exclusive: Verdict
  readonly gaps: readonly Gap[]
  readonly overlaps: readonly RowOverlap[]
  /** Rows that no input meets. */
  readonly never: readonly number[]
  /** Rows that earlier ones, alone or together, always come before: only where the first hit counts. */
  readonly shadowed: readonly { readonly row: number; readonly by: readonly number[] }[]
  readonly duplicates: readonly { readonly row: number; readonly of: number }[]
  /** Rows that one row could say: they differ in one column only. */
  readonly mergeable: readonly {
    readonly rows: readonly [number, number]
    readonly column: number
    readonly cell: Logic
  }[]
  readonly unusedInputs: readonly number[]
  readonly unusedOutputs: readonly number[]
}

/** More of a kind are not told: who has mended these sees the next. */
const mostTold = 50

/** How long a search may take before its question is left open: well under a second. */
const wordBudget = 60_000_000

/** `schema` is of the data that the columns read; it closes what it lists or bounds. */
export function analyseTable(part: TablePart, schema: JsonSchema): TableAnalysis | null {
  let space: TableSpace
  try {
    space = tableSpace(part, schema)
  } catch (error) {
    // A condition that does not compile has its own finding; one too wide to be taken apart has none.
    if (error instanceof Error) return null
    throw error
  }
  const index = indexBoxes(space.dimensions, space.regions.flat())
  const pairs = overlapsOf(part, space, index)
  const gaps = gapsOf(part, space, index)
  return {
    complete: gaps.verdict,
    exclusive: pairs.verdict,
    gaps: gaps.found,
    overlaps: pairs.found,
    never: space.regions.flatMap((region, row) => (region.length === 0 ? [row] : [])),
    shadowed: part.hitPolicy === 'first' ? shadowedRows(space, index) : [],
    duplicates: duplicatesOf(part),
    mergeable: mergeableRows(part, space),
    unusedInputs: part.inputs.flatMap((_, column) =>
      part.rows.every((row) => (row.when[column] ?? null) === null) ? [column] : [],
    ),
    unusedOutputs: part.outputs.flatMap((_, column) =>
      part.rows.every((row) => (row.then[column] ?? null) === null) ? [column] : [],
    ),
  }
}

/** All segments of an axis but the missing value. */
const presentOn = ({ segments }: Dimension): Bits =>
  bitsOf(
    segments.length,
    segments.flatMap(({ kind }, index) => (kind === 'missing' ? [] : [index])),
  )
const missingOn = ({ segments }: Dimension): Bits => bitsOf(segments.length, [segments.length - 1])

function gapsOf(
  part: TablePart,
  space: TableSpace,
  index: BoxIndex,
): { verdict: Verdict; found: Gap[] } {
  const { dimensions, axisOf } = space
  const boxes = Array.from({ length: index.count }, (_, box) => box)
  const present = dimensions.map(presentOn)
  const { free, complete } = uncovered(index, boxes, {
    within: present,
    most: mostTold,
    budget: { left: wordBudget },
  })
  const gapAt = (box: Box, missing: number | null): Gap => ({
    witness: witnessIn(dimensions, box),
    when: part.inputs.map((_, column) => {
      const axis = axisOf[column] ?? null
      return axis === null ? null : cellOf(dimensions[axis] as Dimension, box[axis] ?? null)
    }),
    missing,
    touches: onePoint(space, box),
  })
  const found = free.map((box) => gapAt(box, null))
  const budget: Budget = { left: wordBudget }
  for (const [column, axis] of axisOf.entries()) {
    if (axis === null) continue
    const within = present.with(axis, missingOn(dimensions[axis] as Dimension))
    const [box] = uncovered(index, boxes, { within, budget }).free
    if (box) found.push(gapAt(box, column))
  }
  const real = found.filter((gap) => gap.witness.real && gap.missing === null)
  if (real.length > 0) return { verdict: { verdict: 'disproved' }, found }
  if (free.length === 0 && complete) return { verdict: { verdict: 'proved' }, found }
  const [first] = free.map((box) => witnessIn(dimensions, box))
  const because = first?.real === false ? first.because : 'large'
  return { verdict: { verdict: 'undecided', because }, found }
}

/** The only point of a numeric or date axis that a box holds, where it holds no more than that on it. */
function onePoint({ dimensions, axisOf }: TableSpace, box: Box): Gap['touches'] {
  for (const [column, axis] of axisOf.entries()) {
    const bits = axis === null ? null : (box[axis] ?? null)
    if (axis === null || bits === null) continue
    const segments = dimensions[axis]?.segments ?? []
    const only = segments[onlyMember(bits)]
    if (only?.kind !== 'point') continue
    if (segments.some(({ kind }) => kind === 'between')) return { column, value: only.value }
  }
  return null
}

function overlapsOf(
  part: TablePart,
  space: TableSpace,
  index: BoxIndex,
): { verdict: Verdict; found: RowOverlap[] } {
  const found: RowOverlap[] = []
  let unreal: string | null = null
  for (const { first, second, where } of overlaps(space, index)) {
    const witness = witnessIn(space.dimensions, where)
    if (!witness.real) {
      unreal ??= witness.because
      continue
    }
    found.push({
      rows: [first, second],
      witness,
      sameOutputs: sameOutputs(part, first, second),
      touches: touching(space, { first, second, where }),
    })
    if (found.length === mostTold) break
  }
  if (found.length > 0) return { verdict: { verdict: 'disproved' }, found }
  return unreal === null
    ? { verdict: { verdict: 'proved' }, found }
    : { verdict: { verdict: 'undecided', because: unreal }, found }
}

const sameOutputs = (part: TablePart, one: number, other: number): boolean =>
  canonicalJson(part.rows[one]?.then ?? null) === canonicalJson(part.rows[other]?.then ?? null)

/** `>=` beside `<=`: the rows share one threshold and nothing else of that axis. */
function touching(space: TableSpace, { first, second, where }: Overlap): RowOverlap['touches'] {
  const point = onePoint(space, where)
  const axis = point === null ? null : (space.axisOf[point.column] ?? null)
  if (point === null || axis === null) return null
  const wider = [first, second].every((row) =>
    (space.regions[row] ?? []).every((box) => {
      const bits = box[axis]
      return !bits || onlyMember(bits) < 0
    }),
  )
  return wider ? point : null
}

const shadowedRows = (space: TableSpace, index: BoxIndex): TableAnalysis['shadowed'] =>
  hiddenRegions(space, index, { left: wordBudget }).map(({ condition: row, by }) => ({
    row,
    by: alone(space, row, by) ?? by,
  }))

/** The one earlier row that holds all of a row, where there is one: more telling than all that meet it. */
function alone({ regions, dimensions }: TableSpace, row: number, by: readonly number[]) {
  const holds = (outer: Box, inner: Box): boolean =>
    dimensions.every((dimension, axis) => {
      const [wide, narrow] = [outer[axis] ?? null, inner[axis] ?? null]
      if (wide === null) return true
      const { length } = dimension.segments
      return contains(
        wide,
        narrow ??
          bitsOf(
            length,
            Array.from({ length }, (_, index) => index),
          ),
      )
    })
  const found = by.find((earlier) =>
    (regions[row] ?? []).every((inner) =>
      (regions[earlier] ?? []).some((outer) => holds(outer, inner)),
    ),
  )
  return found === undefined ? null : [found]
}

function duplicatesOf(part: TablePart): TableAnalysis['duplicates'] {
  const outputs = part.rows.map(({ then }) => canonicalJson(then))
  const once = new Set<string>()
  const often = new Set<string>()
  for (const key of outputs) (once.has(key) ? often : once).add(key)
  const seen = new Map<string, number>()
  return part.rows.flatMap(({ when }, row) => {
    const given = outputs[row] as string
    // Conditions are long: they are not looked at where no other row gives the same.
    if (!often.has(given)) return []
    const key = `${canonicalJson(when)} ${given}`
    const of = seen.get(key)
    if (of === undefined) seen.set(key, row)
    return of === undefined ? [] : [{ row, of }]
  })
}

/** Neighbouring rows with equal outputs whose boxes differ on one axis, so that one box says both. */
function mergeableRows(part: TablePart, space: TableSpace): TableAnalysis['mergeable'] {
  const { dimensions, regions, axisOf } = space
  const found: { rows: readonly [number, number]; column: number; cell: Logic }[] = []
  for (let row = 0; row + 1 < regions.length && found.length < mostTold; row += 1) {
    const [one, other] = [regions[row], regions[row + 1]]
    if (one?.length !== 1 || other?.length !== 1 || !sameOutputs(part, row, row + 1)) continue
    const [a, b] = [one[0] as Box, other[0] as Box]
    const differing = dimensions.flatMap((_, axis) => (sameSet(a[axis], b[axis]) ? [] : [axis]))
    const [axis] = differing
    const column = axisOf.indexOf(axis ?? -1)
    const [left, right] = [a[axis ?? -1], b[axis ?? -1]]
    if (differing.length !== 1 || column < 0 || !left || !right) continue
    const dimension = dimensions[axis as number] as Dimension
    const both = left.map((word, index) => word | (right[index] as number))
    found.push({ rows: [row, row + 1], column, cell: cellOf(dimension, both) })
  }
  return found.filter(({ rows: [one, other] }) => !identical(part, one, other))
}

const identical = (part: TablePart, one: number, other: number): boolean =>
  canonicalJson(part.rows[one]?.when ?? null) === canonicalJson(part.rows[other]?.when ?? null)

const sameSet = (one: Bits | null | undefined, other: Bits | null | undefined): boolean =>
  one === other || (!!one && !!other && contains(one, other) && contains(other, one))
