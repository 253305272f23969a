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
  return {
    count,
    axes,
    limit: (box, axis) => (columns[axis] as Column).limits[box] as Bits | null,
    meets: (box, axis, { bits, low, high, size }) => {
      const { lows, highs, solid, limits } = columns[axis] as Column
      const from = lows[box] as number
      const to = highs[box] as number
      if (from > high || to < low) return false
      if (solid[box] === 0) return intersects(bits, limits[box] as Bits)
      return size === high - low + 1 || anyBetween(bits, from, to)
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
  { axes, limit, meets }: BoxIndex,
  box: number,
  [from, to]: readonly [number, number],
): number[] {
  const limited: number[] = []
  const sets: SegmentSet[] = []
  for (let axis = 0; axis < axes.length; axis += 1) {
    const bits = limit(box, axis)
    if (bits === null) continue
    limited.push(axis)
    sets.push(segmentSet(bits))
  }
  const found: number[] = []
  for (let other = from; other < to; other += 1) {
    let at = 0
    while (at < sets.length && meets(other, limited[at] as number, sets[at] as SegmentSet)) at += 1
    if (at === sets.length) found.push(other)
  }
  return found
}
