import {
  andInto,
  bitsOf,
  isEmpty,
  members,
  orInto,
  type Bits,
} from '#core/decision/analysis/bits.ts'
import type { BoxIndex } from '#core/decision/analysis/cover.ts'
import { meet, type Box, type Space } from '#core/decision/analysis/space.ts'

/** Two conditions that can be true at once, and where. */
export interface Overlap {
  readonly first: number
  readonly second: number
  readonly where: Box
}

/** Every pair of conditions that meet, in order, each with one box that they share. Lazily: there may be very many. */
export function* overlaps({ regions }: Space, index: BoxIndex): Generator<Overlap> {
  const owners = regions.flatMap((boxes, region) => boxes.map(() => region))
  const boxes = regions.flat()
  const meeting = meetingBoxes(boxes, index)
  for (const [first, one] of boxes.entries()) {
    const owner = owners[first] as number
    const told = new Set<number>()
    for (const second of members(meeting(first))) {
      const region = owners[second] as number
      if (region <= owner || told.has(region)) continue
      const where = meet(one, boxes[second] as Box)
      if (where === null) continue
      told.add(region)
      yield { first: owner, second: region, where }
    }
  }
}

/** For each box the boxes that meet it: axis by axis the boxes that share a segment with it. */
export function meetingBoxes(
  boxes: readonly Box[],
  { count, holding }: BoxIndex,
): (box: number) => Bits {
  const everyBox = bitsOf(count, boxes.keys())
  const known = holding.map(() => new Map<Bits, Bits>())
  const sharing = (axis: number, bits: Bits): Bits => {
    const found = known[axis]?.get(bits)
    if (found) return found
    const sum = bitsOf(count)
    for (const segment of members(bits)) orInto(sum, (holding[axis] as Bits[])[segment] as Bits)
    known[axis]?.set(bits, sum)
    return sum
  }
  return (index) => {
    const all = everyBox.slice()
    for (const [axis, bits] of (boxes[index] as Box).entries()) {
      if (bits === null) continue
      andInto(all, sharing(axis, bits))
      if (isEmpty(all)) break
    }
    return all
  }
}
