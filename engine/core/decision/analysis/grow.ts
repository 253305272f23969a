import { and, isEmpty, orInto, without, type Bits } from '#core/decision/analysis/bits.ts'
import { segmentSet, type BoxIndex, type SegmentSet } from '#core/decision/analysis/box-index.ts'
import type { Box } from '#core/decision/analysis/space.ts'

/**
 * A box that meets none of the boxes, made as large within the limits as it goes, axis by axis, so that one row closes
 * much of a gap.
 */
export function grown(
  free: Box,
  boxes: readonly number[],
  { index, limits }: { index: BoxIndex; limits: readonly SegmentSet[] },
): Box {
  const sets = limits.map(({ bits }, axis) => and(free[axis] ?? bits, bits))
  /** By box on how many axes it lies apart, and the sum of their numbers: where it is one, that axis. */
  const apart = new Int32Array(boxes.length)
  const sum = new Int32Array(boxes.length)
  const marks = new Uint8Array(boxes.length)
  const missesMore = new Uint8Array(boxes.length)
  for (const [axis, bits] of sets.entries()) {
    const set = segmentSet(bits)
    if (set.size === (limits[axis] as SegmentSet).size) continue
    index.apart(boxes, axis, { set, marks })
    for (let place = 0; place < boxes.length; place += 1)
      if (marks[place] === 1) {
        apart[place] = (apart[place] as number) + 1
        sum[place] = (sum[place] as number) + axis
      }
  }
  for (const [axis, { bits: all }] of limits.entries()) {
    const before = sets[axis] as Bits
    const beyond = without(all, before)
    if (isEmpty(beyond)) continue
    // Nothing but this axis keeps these boxes away.
    const taken = new Uint32Array(all.length)
    for (let place = 0; place < boxes.length; place += 1)
      if (apart[place] === 1 && sum[place] === axis)
        orInto(taken, index.limit(boxes[place] as number, axis) as Bits)
    const added = without(beyond, taken)
    if (isEmpty(added)) continue
    sets[axis] = before.map((word, at) => word | (added[at] as number))
    index.apart(boxes, axis, { set: segmentSet(before), marks })
    index.apart(boxes, axis, { set: segmentSet(added), marks: missesMore })
    for (let place = 0; place < boxes.length; place += 1)
      if (marks[place] === 1 && missesMore[place] === 0) {
        apart[place] = (apart[place] as number) - 1
        sum[place] = (sum[place] as number) - axis
      }
  }
  return sets
}
