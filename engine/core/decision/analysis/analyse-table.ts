import { cellOf } from '#core/decision/analysis/cell.ts'
import { bitsBetween, bitsOf, isEmpty, without, type Bits } from '#core/decision/analysis/bits.ts'
import { indexBoxes, type BoxIndex } from '#core/decision/analysis/box-index.ts'
import { uncovered, type Budget } from '#core/decision/analysis/cover.ts'
import { presentOn, type Dimension } from '#core/decision/analysis/dimension.ts'
import { areWider, pointOf } from '#core/decision/analysis/point.ts'
import { alikeRows, type Duplicate, type Mergeable } from '#core/decision/analysis/alike-rows.ts'
import { hiddenRows } from '#core/decision/analysis/hidden-rows.ts'
import { overlaps, type Overlap } from '#core/decision/analysis/overlap.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import { tableSpace, type TableSpace } from '#core/decision/analysis/table-space.ts'
import { witnessIn, type Witness } from '#core/decision/analysis/witness.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import { LogicError } from '#core/logic/logic-error.ts'
import { canonicalJson, type Json, type JsonSchema } from '#core/json.ts'

/** `proved`: there is none. `disproved`: here is one. `undecided`: and why. */
export type Verdict =
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
  /**
   * How the later row leaves the earlier one what it takes, and gives up nothing else: by another cell, or altogether.
   * Null where that is not one change.
   */
  readonly yields: 'all' | { readonly column: number; readonly cell: Logic } | null
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
  /** Rows that others, alone or together, always come before: where the first or the highest hit counts. */
  readonly shadowed: readonly { readonly row: number; readonly by: readonly number[] }[]
  /** Whether more rows may be hidden than are told. */
  readonly shadows: Verdict
  /** Rows that take the same cases as an earlier one, and give the same. */
  readonly duplicates: readonly Duplicate[]
  /** Rows that one row could say: they differ in one column only. */
  readonly mergeable: readonly Mergeable[]
  readonly unusedInputs: readonly number[]
  readonly unusedOutputs: readonly number[]
}

/** More of a kind are not told: who has mended these sees the next. */
const mostTold = 50

/** How long a search may take before its question is left open: well under a second. */
const wordBudget = 60_000_000

/** `schema` is of the data that the columns read; it closes what it lists or bounds. */
export function analyseTable(
  part: TablePart,
  schema: JsonSchema,
): TableAnalysis | 'too wide' | null {
  let space: TableSpace
  try {
    space = tableSpace(part, schema)
  } catch (error) {
    // A condition that does not compile has its own finding.
    if (error instanceof LogicError) return null
    if (error instanceof RangeError) return 'too wide'
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
    ...hiddenRows(part, space, index),
    ...alikeRows(part, space),
    unusedInputs: part.inputs.flatMap((_, column) =>
      part.rows.every((row) => (row.when[column] ?? null) === null) ? [column] : [],
    ),
    unusedOutputs: part.outputs.flatMap((_, column) =>
      part.rows.every((row) => (row.then[column] ?? null) === null) ? [column] : [],
    ),
  }
}

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

/** The threshold that is all that a box holds of a column. */
function onePoint({ dimensions, axisOf }: TableSpace, box: Box): Gap['touches'] {
  const point = pointOf(dimensions, box)
  const column = point === null ? -1 : axisOf.indexOf(point.axis)
  return point === null || column < 0 ? null : { column, value: point.value }
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
      yields: yielding(space, first, second),
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

function yielding(
  { regions, dimensions, axisOf }: TableSpace,
  first: number,
  second: number,
): RowOverlap['yields'] {
  const [outer, inner, ...more] = [...(regions[first] ?? []), ...(regions[second] ?? [])]
  if (!outer || !inner || more.length > 0) return null
  const beyond = dimensions.map(({ segments: { length } }, axis) => {
    const [wide, narrow] = [outer[axis] ?? null, inner[axis] ?? null]
    const rest = wide && without(narrow ?? bitsBetween(length, 0, length), wide)
    return rest && !isEmpty(rest) ? rest : null
  })
  const axes = beyond.flatMap((rest, axis) => (rest === null ? [] : [axis]))
  const [axis] = axes
  if (axis === undefined) return 'all'
  const column = axisOf.indexOf(axis)
  if (axes.length > 1 || column < 0 || axisOf.lastIndexOf(axis) !== column) return null
  return { column, cell: cellOf(dimensions[axis] as Dimension, beyond[axis] as Bits) }
}

/** `>=` beside `<=`: the rows share one threshold and nothing else of that axis. */
function touching(space: TableSpace, { first, second, where }: Overlap): RowOverlap['touches'] {
  const point = onePoint(space, where)
  const axis = point === null ? null : (space.axisOf[point.column] ?? null)
  if (point === null || axis === null) return null
  const wider = areWider([space.regions[first] ?? [], space.regions[second] ?? []], axis)
  return wider ? point : null
}
