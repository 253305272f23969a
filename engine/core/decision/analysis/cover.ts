import {
  and,
  andFrom,
  andInto,
  bitsBetween,
  bitsOf,
  contains,
  has,
  hashOf,
  intersects,
  isEmpty,
  members,
  orInto,
  same,
  type Bits,
} from '#core/decision/analysis/bits.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'

/** Boxes laid out for search. */
export interface BoxIndex {
  readonly count: number
  /** By axis and segment the boxes that hold it. */
  readonly holding: readonly (readonly Bits[])[]
  /** Of the segments `limit` of an axis, or of all: which they are, and the boxes that hold every one of them. */
  readonly within: (axis: number, limit: Bits | null) => Within
}
interface Within {
  readonly segments: readonly number[]
  readonly whole: Bits
}

/** Words that may still be looked at before an answer is left open: shared by searches that belong together. */
export interface Budget {
  left: number
}

interface Uncovered {
  readonly free: readonly Box[]
  /** False where the search was given up: more may be free, or nothing. */
  readonly complete: boolean
}

export interface CoverOptions {
  /** Where to look: by axis its segments, null for all. */
  readonly within: Box
  /** Which boxes count. @default all */
  readonly among?: Bits
  /** How many free boxes to find. @default 1 */
  readonly most?: number
  /** Whether a free box is made as large as it goes, for who shows it. @default true */
  readonly grow?: boolean
  readonly budget: Budget
}

export function indexBoxes(dimensions: readonly Dimension[], boxes: readonly Box[]): BoxIndex {
  const holding = dimensions.map(({ segments }, axis) => {
    const groups = new Map<Bits, number[]>()
    const unbound: number[] = []
    for (const [index, box] of boxes.entries()) {
      const bits = box[axis]
      if (!bits) unbound.push(index)
      else if (groups.has(bits)) groups.get(bits)?.push(index)
      else groups.set(bits, [index])
    }
    const held = segments.map(() => bitsOf(boxes.length, unbound))
    for (const [bits, group] of groups) {
      const mine = bitsOf(boxes.length, group)
      for (const segment of members(bits)) orInto(held[segment] as Bits, mine)
    }
    return held
  })
  return { count: boxes.length, holding, within: remembered(holding, boxes.length) }
}

/** Searches ask for the same stretches again and again: all of an axis, and the cells of rows. */
function remembered(holding: BoxIndex['holding'], count: number): BoxIndex['within'] {
  const all: Within[] = []
  const everyBox = bitsBetween(count, 0, count)
  const limited = holding.map(() => new WeakMap<Bits, Within>())
  const of = (axis: number, segments: readonly number[]): Within => {
    const held = holding[axis] as readonly Bits[]
    const sets = segments.map((segment) => held[segment] as Bits)
    return { segments, whole: conjunction(everyBox, sets) }
  }
  return (axis, limit) => {
    if (limit === null)
      return (all[axis] ??= of(axis, range((holding[axis] as readonly Bits[]).length)))
    const known = limited[axis]?.get(limit)
    if (known) return known
    const found = of(axis, members(limit))
    limited[axis]?.set(limit, found)
    return found
  }
}

/**
 * Looks for places in no box, by cutting along one axis after the other into stretches that meet the same boxes.
 * Every answer is exact: a free box meets none of the boxes, and with `complete` and none found all is covered.
 */
export function uncovered(index: BoxIndex, options: CoverOptions): Uncovered {
  const { count, holding } = index
  const { within, budget, most = 1, grow = true } = options
  const everyBox = options.among ?? bitsBetween(count, 0, count)
  const limits = holding.map((_, axis) => index.within(axis, within[axis] ?? null))
  const allowed = limits.map(({ segments }) => segments)
  /** By axis the boxes that hold all of it. */
  const whole = limits.map((limit) => and(everyBox, limit.whole))
  // The axes on which most boxes are choosy come first: they tell boxes apart soonest.
  const order = range(holding.length)
    .filter((axis) => !contains(whole[axis] as Bits, everyBox))
    .map((axis) => ({ axis, size: members(whole[axis] as Bits).length }))
    .toSorted((a, b) => a.size - b.size)
    .map(({ axis }) => axis)
  const wholeFrom: Bits[] = [everyBox]
  for (const axis of order.toReversed())
    wholeFrom.unshift(and(wholeFrom[0] as Bits, whole[axis] as Bits))

  const free: Box[] = []
  const covered = order.map(() => new BitsSet())
  const chosen: (Bits | null)[] = [...within]
  const scratch = everyBox.slice()

  const search = (level: number, active: Bits): boolean => {
    if (isEmpty(active)) {
      free.push(grow ? grown(chosen, holding, allowed) : [...chosen])
      return free.length < most
    }
    if (intersects(active, wholeFrom[level] as Bits)) return true
    const axis = order[level] as number
    const known = covered[level] as BitsSet
    if (known.has(active)) return true
    const segments = allowed[axis] as readonly number[]
    budget.left -= segments.length * active.length
    if (budget.left < 0) return false
    const found = free.length
    const stretches = new BitsSet()
    const before = chosen[axis] ?? null
    const { length } = holding[axis] as readonly Bits[]
    const held = holding[axis] as readonly Bits[]
    const cut = segments.map((segment) => {
      andFrom(scratch, active, held[segment] as Bits)
      return stretches.add(scratch)
    })
    for (const [number, met] of stretches.all.entries()) {
      chosen[axis] = bitsOf(
        length,
        segments.filter((_, index) => cut[index] === number),
      )
      if (!search(level + 1, met)) {
        chosen[axis] = before
        return false
      }
    }
    chosen[axis] = before
    if (free.length === found) known.add(active)
    return true
  }
  const impossible = allowed.some((segments) => segments.length === 0)
  const complete = impossible || search(0, everyBox) || free.length >= most
  return { free, complete }
}

function conjunction(start: Bits, sets: readonly Bits[]): Bits {
  const all = start.slice()
  for (const bits of sets) andInto(all, bits)
  return all
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)

/** Sets by their content, numbered as they come. */
class BitsSet {
  readonly all: Bits[] = []
  readonly #places = new Map<number, number[]>()

  /** The number of the set, new or known; a new one is copied. */
  add(bits: Bits): number {
    // Stretches that meet the same boxes mostly lie side by side.
    const last = this.all.length - 1
    if (last >= 0 && same(this.all[last] as Bits, bits)) return last
    const hash = hashOf(bits)
    const places = this.#places.get(hash) ?? []
    const known = places.find((place) => same(this.all[place] as Bits, bits))
    if (known !== undefined) return known
    this.all.push(bits.slice())
    this.#places.set(hash, [...places, this.all.length - 1])
    return this.all.length - 1
  }

  has(bits: Bits): boolean {
    const places = this.#places.get(hashOf(bits)) ?? []
    return places.some((place) => same(this.all[place] as Bits, bits))
  }
}

/** The free box made as large as it goes, so that one row closes much of the gap. */
function grown(
  box: Box,
  holding: readonly (readonly Bits[])[],
  allowed: readonly (readonly number[])[],
): Box {
  const sets = box.map((bits, axis) => {
    const segments = allowed[axis] as readonly number[]
    const inside = bits === null ? segments : segments.filter((segment) => has(bits, segment))
    return bitsOf((holding[axis] as Bits[]).length, inside)
  })
  const met = sets.map((bits, axis) => {
    const any = new Uint32Array(((holding[axis] as Bits[])[0] as Bits).length)
    for (const segment of members(bits)) orInto(any, (holding[axis] as Bits[])[segment] as Bits)
    return any
  })
  for (const axis of box.keys()) {
    const [first, ...more] = met.filter((_, index) => index !== axis)
    const others = first === undefined ? null : conjunction(first, more)
    for (const segment of allowed[axis] as readonly number[]) {
      const here = (holding[axis] as Bits[])[segment] as Bits
      if (others === null ? !isEmpty(here) : intersects(others, here)) continue
      orInto(sets[axis] as Bits, bitsOf((holding[axis] as Bits[]).length, [segment]))
      orInto(met[axis] as Bits, here)
    }
  }
  return sets
}
