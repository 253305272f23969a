import { boxesMeeting, type BoxIndex } from '#core/decision/analysis/box-index.ts'
import { uncovered, type Budget } from '#core/decision/analysis/cover.ts'
import type { Space } from '#core/decision/analysis/space.ts'

/** Tells of a region which of some others take all its cases together; null where they do not. */
export function takenBy(
  { regions }: Space,
  index: BoxIndex,
  budget: Budget,
): (region: number, others: readonly number[]) => readonly number[] | null {
  const owners = regions.flatMap((boxes, region) => boxes.map(() => region))
  const starts: number[] = []
  let count = 0
  for (const boxes of regions) {
    starts.push(count)
    count += boxes.length
  }
  return (region, others) => {
    const asked = new Set(others)
    const by = new Set<number>()
    const boxes = regions[region] ?? []
    const isTaken = boxes.every((within, place) => {
      const near = boxesMeeting(index, (starts[region] as number) + place, [0, count]).filter(
        (box) => asked.has(owners[box] as number),
      )
      for (const box of near) by.add(owners[box] as number)
      const { free, complete } = uncovered(index, near, { within, budget, grow: false })
      return complete && free.length === 0
    })
    return isTaken && boxes.length > 0 ? [...by].toSorted((a, b) => a - b) : null
  }
}
