import {
  anyBetween,
  bitsBetween,
  countOfBoth,
  intersects,
  type Bits,
} from '#core/decision/analysis/bits.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'

/** Segments of an axis. Most sets are stretches, which their ends tell apart without a look at their members. */
export interface SegmentSet {
  readonly bits: Bits
  readonly low: number
  readonly high: number
  readonly size: number
}

/** Boxes laid out for search, by number. */
export interface BoxIndex {
  readonly count: number
  /** By axis all its segments. */
  readonly axes: readonly SegmentSet[]
  /** The segments of an axis to which a box is limited; null for all. */
  readonly limit: (box: number, axis: number) => Bits | null
  /** Whether a box holds a segment of the set on the axis. */
  readonly meets: (box: number, axis: number, set: SegmentSet) => boolean
  /** Those of the boxes that hold a segment of the set on the axis, in their order. */
  readonly meeting: (boxes: readonly number[], axis: number, set: SegmentSet) => number[]
  /** Sets 1 at the place of each of the boxes that holds no segment of the set on the axis, else 0. */
  readonly apart: (
    boxes: readonly number[],
    axis: number,
    at: { readonly set: SegmentSet; readonly marks: Uint8Array },
  ) => void
  /** How many segments of the set a box holds on the axis. */
  readonly inside: (box: number, axis: number, set: SegmentSet) => number
}

export function indexBoxes(dimensions: readonly Dimension[], boxes: readonly Box[]): BoxIndex {
  const { length: count } = boxes
  const axes = dimensions.map(({ segments: { length } }) =>
    segmentSet(bitsBetween(length, 0, length)),
  )
  const columns = axes.map((all, axis) => {
    const lows = new Int32Array(count)
    const highs = new Int32Array(count).fill(all.high)
    /** Whether the box holds everything between its ends. */
    const solid = new Uint8Array(count).fill(1)
    const limits = boxes.map((box) => box[axis] ?? null)
    for (const [box, bits] of limits.entries()) {
      if (bits === null) continue
      const { low, high, size } = segmentSet(bits)
      lows[box] = low
      highs[box] = high
      solid[box] = Number(size === high - low + 1)
    }
    return { lows, highs, solid, limits }
  })
  type Column = (typeof columns)[number]
  const meetsIn = (
    { lows, highs, solid, limits }: Column,
    box: number,
    { bits, low, high, size }: SegmentSet,
  ): boolean => {
    const from = lows[box] as number
    const to = highs[box] as number
    if (from > high || to < low) return false
    if (solid[box] === 0) return intersects(bits, limits[box] as Bits)
    return size === high - low + 1 || anyBetween(bits, from, to)
  }
  return {
    count,
    axes,
    limit: (box, axis) => (columns[axis] as Column).limits[box] as Bits | null,
    meets: (box, axis, set) => meetsIn(columns[axis] as Column, box, set),
    meeting: (asked, axis, set) => {
      const column = columns[axis] as Column
      const found: number[] = []
      for (let place = 0; place < asked.length; place += 1) {
        const box = asked[place] as number
        if (meetsIn(column, box, set)) found.push(box)
      }
      return found
    },
    apart: (asked, axis, { set, marks }) => {
      const column = columns[axis] as Column
      for (let place = 0; place < asked.length; place += 1)
        marks[place] = meetsIn(column, asked[place] as number, set) ? 0 : 1
    },
    inside: (box, axis, { bits, low, high, size }) => {
      const { lows, highs, solid, limits } = columns[axis] as Column
      const limit = limits[box] as Bits | null
      if (limit === null) return size
      const isStretch = solid[box] === 1 && size === high - low + 1
      if (!isStretch) return countOfBoth(bits, limit)
      const first = Math.max(low, lows[box] as number)
      return Math.max(0, Math.min(high, highs[box] as number) - first + 1)
    },
  }
}

export function segmentSet(bits: Bits): SegmentSet {
  let first = 0
  while (first < bits.length && bits[first] === 0) first += 1
  if (first === bits.length) return { bits, low: 0, high: -1, size: 0 }
  let last = bits.length - 1
  while (bits[last] === 0) last -= 1
  const least = bits[first] as number
  return {
    bits,
    low: first * 32 + 31 - Math.clz32(least & -least),
    high: last * 32 + 31 - Math.clz32(bits[last] as number),
    size: countOfBoth(bits, bits),
  }
}

/** Which of the boxes from a number up to, not with, another meet a box. */
export function boxesMeeting(
  { axes, limit, meeting }: BoxIndex,
  box: number,
  [from, to]: readonly [number, number],
): number[] {
  const limited = axes.flatMap(({ size }, axis) => {
    const bits = limit(box, axis)
    if (bits === null) return []
    const set = segmentSet(bits)
    return [{ axis, set, share: set.size / size }]
  })
  let found = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place)
  // What tells most boxes apart is asked first.
  for (const { axis, set } of limited.toSorted((a, b) => a.share - b.share))
    found = meeting(found, axis, set)
  return found
}
