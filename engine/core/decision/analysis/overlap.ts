import { boxesMeeting, type BoxIndex } from '#core/decision/analysis/box-index.ts'
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
  for (const [first, one] of boxes.entries()) {
    const owner = owners[first] as number
    const told = new Set<number>()
    for (const second of boxesMeeting(index, first, [first + 1, boxes.length])) {
      const region = owners[second] as number
      if (region === owner || told.has(region)) continue
      const where = meet(one, boxes[second] as Box)
      if (where === null) continue
      told.add(region)
      yield { first: owner, second: region, where }
    }
  }
}
