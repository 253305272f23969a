import { contains, has, intersects, type Bits } from '#core/decision/analysis/bits.ts'
import { cellOf } from '#core/decision/analysis/cell.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import type { TableSpace } from '#core/decision/analysis/table-space.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import { canonicalJson } from '#core/json.ts'

/** A row that takes the same cases as an earlier one, and gives the same. */
export interface Duplicate {
  readonly row: number
  readonly of: number
}

/** Two rows that one could say, with its cell in the column in which they differ. */
export interface Mergeable {
  readonly rows: readonly [number, number]
  readonly column: number
  readonly cell: Logic
}

/** More pairs are not told: who has merged these sees the next. */
const mostPairs = 50

interface Alike {
  readonly duplicates: readonly Duplicate[]
  readonly mergeable: readonly Mergeable[]
}

/** Rows that give the same and take the same cases, or the same but on one axis. */
export function alikeRows(part: TablePart, space: TableSpace): Alike {
  const duplicates: Duplicate[] = []
  const mergeable: Mergeable[] = []
  const twins = new Set<number>()
  for (const rows of byOutputs(part)) {
    const hashes = new Hashes(space)
    const seen = new Map<number, number[]>()
    for (const row of rows) {
      const known = seen.get(hashes.of(row)) ?? []
      seen.set(hashes.of(row), known)
      const of = known.find((other) => sameRegion(space, other, row))
      known.push(row)
      if (of === undefined) continue
      duplicates.push({ row, of })
      twins.add(row)
    }
    const single = rows.filter((row) => !twins.has(row) && space.regions[row]?.length === 1)
    for (const [one, other] of pairsOf(part, single, hashes))
      if (mergeable.length < mostPairs) {
        const merged = asOne(part, space, [one, other])
        if (merged) mergeable.push(merged)
      }
  }
  return {
    duplicates: duplicates.toSorted((a, b) => a.row - b.row),
    mergeable: mergeable.toSorted((a, b) => a.rows[1] - b.rows[1]),
  }
}

/** Rows that give the same as another, and can be met. */
function byOutputs({ rows }: TablePart): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  for (const [row, { then }] of rows.entries()) {
    const key = canonicalJson(then)
    const known = groups.get(key)
    if (known) known.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/** Regions as numbers: equal ones by equal numbers; unequal ones may share a number. */
class Hashes {
  readonly #bits = new WeakMap<Bits, number>()
  readonly #rows = new Map<number, number>()

  readonly #space: TableSpace

  constructor(space: TableSpace) {
    this.#space = space
  }

  get axes(): number {
    return this.#space.dimensions.length
  }

  of(row: number): number {
    const known = this.#rows.get(row)
    if (known !== undefined) return known
    const hash = (this.#space.regions[row] ?? []).reduce(
      (sum, box) => Math.imul(sum, 31) + box.reduce((all, _, axis) => all + this.#on(box, axis), 1),
      0,
    )
    this.#rows.set(row, hash | 0)
    return hash | 0
  }

  /** Of a row with one box: what it is but for an axis. */
  without(row: number, axis: number): number {
    const box = this.#space.regions[row]?.[0] as Box
    return (this.of(row) - this.#on(box, axis)) | 0
  }

  #on(box: Box, axis: number): number {
    const bits = box[axis] ?? null
    if (bits === null) return 0
    let hash = this.#bits.get(bits)
    if (hash === undefined) {
      hash = bits.reduce((sum, word) => Math.imul(sum ^ word, 0x01000193), 0x811c9dc5)
      this.#bits.set(bits, hash)
    }
    return Math.imul(hash, 2 * axis + 1)
  }
}

function sameRegion({ regions }: TableSpace, one: number, other: number): boolean {
  const [a, b] = [regions[one] ?? [], regions[other] ?? []]
  if (a.length === 0 || a.length !== b.length) return false
  return a.every((box, at) => box.every((bits, axis) => sameSet(bits, b[at]?.[axis])))
}

const sameSet = (one: Bits | null | undefined, other: Bits | null | undefined): boolean =>
  one === other || (!!one && !!other && contains(one, other) && contains(other, one))

/** Which rows may become one: where the order of rows matters only neighbours, else any. */
function* pairsOf(
  part: TablePart,
  rows: readonly number[],
  hashes: Hashes,
): Generator<readonly [number, number]> {
  const { hitPolicy, aggregate } = part
  const anyOrder =
    hitPolicy === 'unique' || hitPolicy === 'any' || (hitPolicy === 'collect' && !!aggregate)
  if (!anyOrder) {
    for (const [at, row] of rows.entries()) if (rows[at + 1] === row + 1) yield [row, row + 1]
    return
  }
  for (let axis = 0; axis < hashes.axes; axis += 1) {
    const last = new Map<number, number>()
    for (const row of rows) {
      const key = hashes.without(row, axis)
      const before = last.get(key)
      if (before !== undefined) yield [before, row]
      last.set(key, row)
    }
  }
}

/** The two as one row, where their boxes differ on one axis of a column alone and no case is counted otherwise. */
function asOne(
  { hitPolicy }: TablePart,
  { dimensions, regions, axisOf }: TableSpace,
  rows: readonly [number, number],
): Mergeable | null {
  const [a, b] = rows.map((row) => regions[row]?.[0]) as [Box, Box]
  const [axis = -1, ...more] = dimensions.flatMap((_, at) => (sameSet(a[at], b[at]) ? [] : [at]))
  const column = axisOf.indexOf(axis)
  const [left, right] = [a[axis] ?? null, b[axis] ?? null]
  if (more.length > 0 || column < 0 || !left || !right) return null
  // The cell of another column on the same axis would still limit it.
  if (axisOf.lastIndexOf(axis) !== column) return null
  const countsEach = hitPolicy === 'collect' || hitPolicy.endsWith('order')
  if (countsEach && intersects(left, right)) return null
  const both = left.map((word, at) => word | (right[at] as number))
  const dimension = dimensions[axis] as Dimension
  const cell = cellOf(dimension, both)
  const present = cell === null && !has(both, dimension.segments.length - 1)
  return { rows, column, cell: present ? { is_present: { var: '?' } } : cell }
}
