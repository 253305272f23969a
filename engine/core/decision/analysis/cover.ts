import { without, type Bits } from '#core/decision/analysis/bits.ts'
import { segmentSet, type BoxIndex, type SegmentSet } from '#core/decision/analysis/box-index.ts'
import { grown } from '#core/decision/analysis/grow.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import { stretchesOf } from '#core/decision/analysis/stretches.ts'

/** Words that may still be looked at before an answer is left open: shared by searches that belong together. */
export interface Budget {
  left: number
}

export interface Uncovered {
  readonly free: readonly Box[]
  /** False where the search was given up: more may be free, or nothing. */
  readonly complete: boolean
}

export interface CoverOptions {
  /** Where to look: by axis its segments, null for all. */
  readonly within: Box
  /** How many free boxes to find. @default 1 */
  readonly most?: number
  /** Whether a free box is made as large as it goes, for who shows it. @default true */
  readonly grow?: boolean
  readonly budget: Budget
}

/**
 * Looks for places in none of the boxes. Every answer is exact: a free box meets none of them, and with `complete` and
 * none found all is covered.
 */
export function uncovered(
  index: BoxIndex,
  boxes: readonly number[],
  { within, budget, most = 1, grow = true }: CoverOptions,
): Uncovered {
  const limits = index.axes.map((all, axis) => {
    const bits = within[axis] ?? null
    return bits === null ? all : segmentSet(bits)
  })
  if (limits.some(({ size }) => size === 0)) return { free: [], complete: true }
  let near = boxes
  for (const [axis, set] of limits.entries())
    // Every box meets an axis that is not limited.
    if ((within[axis] ?? null) !== null) near = index.meeting(near, axis, set)
  const place: Place = { index, boxes: near, limits }
  const asShown = (free: Box): Box => (grow ? grown(free, near, place) : free)
  if (most === 1) {
    const free = dodged(place, budget)
    if (free !== null) return { free: [asShown(free)], complete: true }
  }
  const found: Box[] = []
  const complete = searched(place, { budget, take: (free) => found.push(asShown(free)) < most })
  return { free: found, complete: complete || found.length >= most }
}

/** Where to look, and the boxes that meet it. */
interface Place {
  readonly index: BoxIndex
  readonly boxes: readonly number[]
  readonly limits: readonly SegmentSet[]
}

/**
 * Steps out of one box after the other along the axis on which that leaves the most. Null where it ran into a box
 * that it cannot leave: then another way may still be free.
 */
function dodged({ index, boxes, limits }: Place, budget: Budget): Box | null {
  const left = [...limits]
  /** Only on these can a box lie apart from what is left. */
  const narrowed: number[] = []
  const isApart = (box: number): boolean => {
    for (const axis of narrowed) if (!index.meets(box, axis, left[axis] as SegmentSet)) return true
    return false
  }
  for (const box of boxes) {
    budget.left -= left.length
    if (isApart(box)) continue
    const axis = exitFrom(box, index, left)
    if (axis < 0) return null
    if (!narrowed.includes(axis)) narrowed.push(axis)
    left[axis] = segmentSet(
      without((left[axis] as SegmentSet).bits, index.limit(box, axis) as Bits),
    )
  }
  return left.map(({ bits }) => bits)
}

/** The axis on which most of what is left lies outside the box; -1 where nothing does. */
function exitFrom(box: number, { limit, inside }: BoxIndex, left: readonly SegmentSet[]): number {
  let best = -1
  let bestShare = 0
  for (let axis = 0; axis < left.length; axis += 1) {
    if (limit(box, axis) === null) continue
    const set = left[axis] as SegmentSet
    const share = 1 - inside(box, axis, set) / set.size
    if (share <= bestShare) continue
    best = axis
    bestShare = share
  }
  return best
}

interface Search {
  readonly budget: Budget
  /** Takes a free box; false where no more are wanted. */
  readonly take: (free: Box) => boolean
}

/**
 * Cuts along one axis after the other into stretches that meet the same boxes. False where it was stopped or the
 * budget has run out.
 */
function searched({ index, boxes, limits }: Place, { budget, take }: Search): boolean {
  const choosy = limits.map((set, axis) =>
    boxes.map((box) => index.limit(box, axis) !== null && index.inside(box, axis, set) < set.size),
  )
  // The axes on which most boxes are choosy come first: they tell boxes apart soonest.
  const order = choosy
    .map((each, axis) => ({ axis, size: each.filter(Boolean).length }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size)
    .map(({ axis }) => axis)
  /** By box the level from which on it takes everything. */
  const wholeFrom = new Map(
    boxes.map((box, place) => [
      box,
      1 + order.findLastIndex((axis) => choosy[axis]?.[place] === true),
    ]),
  )
  const chosen = limits.map(({ bits }) => bits)
  const covered = order.map(() => new ListSet())
  let taken = 0

  const search = (level: number, active: readonly number[]): boolean => {
    if (active.length === 0) {
      taken += 1
      return take([...chosen])
    }
    if (active.some((box) => (wholeFrom.get(box) as number) <= level)) return true
    const known = covered[level] as ListSet
    if (known.has(active)) return true
    const axis = order[level] as number
    const before = taken
    const { bits: limit } = limits[axis] as SegmentSet
    const held = (box: number): Bits | null => index.limit(box, axis)
    for (const { segments, holders } of stretchesOf(limit, { boxes: active, held }, budget)) {
      chosen[axis] = segments
      if (!search(level + 1, holders)) return false
    }
    if (budget.left < 0) return false
    chosen[axis] = limit
    if (taken === before) known.add(active)
    return true
  }
  return search(0, boxes)
}

/** Lists of ascending numbers by their content. */
class ListSet {
  readonly #lists = new Map<number, (readonly number[])[]>()

  add(list: readonly number[]): void {
    const hash = hashOf(list)
    const known = this.#lists.get(hash)
    if (known) known.push(list)
    else this.#lists.set(hash, [list])
  }

  has(list: readonly number[]): boolean {
    return this.#lists.get(hashOf(list))?.some((known) => same(known, list)) === true
  }
}

/** Equal lists by equal numbers; unequal ones may share a number. */
function hashOf(list: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const number of list) hash = Math.imul(hash ^ number, 0x01000193)
  return hash
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((number, index) => number === b[index])
