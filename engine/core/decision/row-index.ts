import type { Json } from '#core/json.ts'
import { comparesNumbers, type Comparison } from '#core/logic/comparisons.ts'

type Key = number | string

/** The rows, in order, that can be anything but false for the values at hand. */
export type RowIndex = (frame: readonly Json[]) => ArrayLike<number>

/** A stretch of numbers, or of texts by code unit; an end of null is none. */
interface Stretch {
  readonly low: Key | null
  readonly high: Key | null
  readonly highIn: boolean
}

/** Where a comparison can hold. That an open low end is out does not matter: what is found is tested. */
const stretchesOf = ({ kind, values }: Comparison): readonly Stretch[] => {
  const [limit = null] = values
  if (kind === 'lt' || kind === 'lte') return [{ low: null, high: limit, highIn: kind === 'lte' }]
  if (kind === 'gt' || kind === 'gte') return [{ low: limit, high: null, highIn: false }]
  return values.map((value) => ({ low: value, high: value, highIn: true }))
}

/** Fewer rows are tried one by one. */
const leafSize = 8
/** Of one division; more would hold few rows each. */
const mostBuckets = 32
/** Times that a row may stand in the index on average. */
const copies = 16

type Node = Leaf | Division
type Leaf = Int32Array
/** Values from `cuts[i - 1]` on and below `cuts[i]` lead to `children[i]`; values of another type to all rows. */
interface Division {
  readonly slot: number
  readonly type: 'number' | 'string'
  readonly cuts: readonly Key[]
  readonly children: readonly Node[]
  readonly all: Leaf
}

/**
 * An index over the ranges of many rows: a tree that divides the rows by the value that tells them apart best, then by
 * the next. A row that spans several parts stands in each of them, and all of it in memory linear in the rows. What is
 * found is a superset of the rows that are met or unknown: each of them is still to be tested.
 * Null where the rows are few, or no value tells them apart.
 */
export function rowIndex(
  rows: readonly (readonly Comparison[])[],
  slotOf: (path: readonly string[]) => number,
): RowIndex | null {
  if (rows.length <= leafSize) return null
  const bySlot = axes(rows, slotOf)
  let room = copies * rows.length
  const build = (members: Leaf): Node => {
    if (members.length <= leafSize) return members
    const best = bestDivision(bySlot, members, room)
    if (!best) return members
    room -= best.size
    return {
      slot: best.axis.slot,
      type: best.axis.type,
      cuts: best.cuts,
      children: best.buckets.map(build),
      all: members,
    }
  }
  const root = build(Int32Array.from(rows, (_, row) => row))
  return root instanceof Int32Array ? null : (frame) => find(root, frame)
}

function find(root: Node, frame: readonly Json[]): Leaf {
  let node = root
  while (!(node instanceof Int32Array)) {
    const value = frame[node.slot]
    if (typeof value !== node.type) return node.all
    node = node.children[bucketOf(node.cuts, value as Key)] as Node
  }
  return node
}

/** How many cuts lie at or below the value. */
function bucketOf(cuts: readonly Key[], value: Key): number {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cuts[middle] as Key) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** One slot compared with constants of one type, and by row what its conditions leave. */
interface Axis {
  readonly slot: number
  readonly type: 'number' | 'string'
  readonly byRow: ReadonlyMap<number, readonly Stretch[]>
}

function axes(
  rows: readonly (readonly Comparison[])[],
  slotOf: (path: readonly string[]) => number,
): readonly Axis[] {
  const found = new Map<string, Axis & { readonly byRow: Map<number, readonly Stretch[]> }>()
  rows.forEach((comparisons, row) => {
    for (const comparison of comparisons) {
      const slot = slotOf(comparison.path)
      const type = comparesNumbers(comparison) ? 'number' : 'string'
      const axis = found.get(`${slot}:${type}`) ?? { slot, type, byRow: new Map() }
      found.set(`${slot}:${type}`, axis)
      const stretches = stretchesOf(comparison)
      const known = axis.byRow.get(row)
      axis.byRow.set(row, known ? narrower(known, stretches) : stretches)
    }
  })
  return [...found.values()]
}

/** Either alone excludes rightly; both together where each is one stretch, as in `>= 650` with `< 700`. */
function narrower(one: readonly Stretch[], other: readonly Stretch[]): readonly Stretch[] {
  const [a, b] = [one[0], other[0]]
  if (!a || !b || one.length > 1 || other.length > 1)
    return one.length <= other.length ? one : other
  const low = a.low === null || (b.low !== null && b.low > a.low) ? b : a
  const high = a.high === null || (b.high !== null && b.high < a.high) ? b : a
  return [{ low: low.low, high: high.high, highIn: high.highIn }]
}

interface Candidate {
  readonly axis: Axis
  readonly cuts: readonly Key[]
  readonly buckets: readonly Leaf[]
  /** Entries of all buckets together. */
  readonly size: number
}

/**
 * The division that leaves the fewest rows, where values fall as the rows do; undefined where none leaves half of them,
 * or memory is used up.
 */
function bestDivision(all: readonly Axis[], members: Leaf, room: number): Candidate | undefined {
  let best: Candidate | undefined
  let least = members.length / 2
  for (const axis of all)
    for (const cuts of cutsOf(axis, members)) {
      const buckets = fill(axis, cuts, members)
      let size = 0
      let squares = 0
      for (const { length } of buckets) {
        size += length
        squares += length * length
      }
      if (size > room || size > 3 * members.length || squares / size > least) continue
      least = squares / size
      best = { axis, cuts, buckets: buckets.map((rows) => Int32Array.from(rows)), size }
    }
  return best
}

/** Cuts at the members' own bounds, spread evenly: many, fewer, two. */
function cutsOf(axis: Axis, members: Leaf): Key[][] {
  const bounds = new Set<Key>()
  for (const row of members)
    for (const { low, high } of axis.byRow.get(row) ?? []) {
      if (low !== null) bounds.add(low)
      if (high !== null) bounds.add(high)
    }
  const sorted = [...bounds].sort((a, b) => (a < b ? -1 : 1))
  const counts = new Set([mostBuckets, 8, 2].map((most) => Math.min(most, sorted.length)))
  return [...counts]
    .filter((count) => count > 0)
    .map((count) =>
      Array.from(
        { length: count },
        (_, i) => sorted[Math.floor((i * sorted.length) / count)] as Key,
      ),
    )
}

const anything: Stretch = { low: null, high: null, highIn: false }

/** By bucket the rows that have a value in it; a row without a condition has one in each. */
function fill(axis: Axis, cuts: readonly Key[], members: Leaf): number[][] {
  const buckets: number[][] = Array.from({ length: cuts.length + 1 }, () => [])
  for (const row of members)
    for (const { low, high, highIn } of axis.byRow.get(row) ?? [anything]) {
      const first = low === null ? 0 : bucketOf(cuts, low)
      let last = high === null ? cuts.length : bucketOf(cuts, high)
      // An open end that is a cut leaves nothing in the bucket that begins with it.
      if (high !== null && !highIn && cuts[last - 1] === high) last -= 1
      for (let bucket = first; bucket <= last; bucket += 1) {
        const rows = buckets[bucket] as number[]
        if (rows.at(-1) !== row) rows.push(row)
      }
    }
  return buckets
}
