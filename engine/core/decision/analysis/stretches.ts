import { and, bitsOf, members, type Bits } from '#core/decision/analysis/bits.ts'
import type { Budget } from '#core/decision/analysis/cover.ts'

/** Segments of an axis that are held by the same boxes. */
interface Stretch {
  readonly segments: Bits
  readonly holders: number[]
}

interface Holding {
  readonly boxes: readonly number[]
  /** The segments that a box holds; null for all. */
  readonly held: (box: number) => Bits | null
}

/** Divides the segments of `limit` by which of the boxes hold them, in order of their first segment. */
export function stretchesOf(limit: Bits, { boxes, held }: Holding, budget: Budget): Stretch[] {
  const size = limit.length * 32
  const segments = members(limit)
  const groups = new Groups(size, segments.length)
  const seen = new Set<Bits>()
  for (const box of boxes) {
    const bits = held(box)
    if (bits === null || seen.has(bits)) continue
    seen.add(bits)
    const inside = members(and(bits, limit))
    budget.left -= inside.length
    if (budget.left < 0) return []
    groups.split(inside)
  }

  const byGroup = new Map<number, number[]>()
  for (const segment of segments) {
    const group = groups.of(segment)
    const known = byGroup.get(group)
    if (known) known.push(segment)
    else byGroup.set(group, [segment])
  }
  const own = [...byGroup.values()]
  const stretches = own.map((each): Stretch => ({ segments: bitsOf(size, each), holders: [] }))
  // Who holds the first segment of a stretch holds all of it.
  const byFirst = new Map(
    own.map(([first], place) => [first as number, stretches[place] as Stretch]),
  )
  const firsts = bitsOf(size, byFirst.keys())
  for (const box of boxes) {
    const bits = held(box)
    if (bits === null) for (const { holders } of stretches) holders.push(box)
    else for (const first of members(and(bits, firsts))) byFirst.get(first)?.holders.push(box)
  }
  return stretches
}

/** Numbers in groups that are divided by one set after the other. */
class Groups {
  readonly #groupOf: Int32Array
  readonly #sizes: number[]

  /** All in one group, of so many. */
  constructor(size: number, count: number) {
    this.#groupOf = new Int32Array(size)
    this.#sizes = [count]
  }

  of(member: number): number {
    return this.#groupOf[member] as number
  }

  /** Parts those of the set from those that are not. */
  split(set: readonly number[]): void {
    const inside = new Map<number, number>()
    for (const member of set) inside.set(this.of(member), (inside.get(this.of(member)) ?? 0) + 1)
    const moved = new Map<number, number>()
    for (const [group, count] of inside) {
      if (count === this.#sizes[group]) continue
      moved.set(group, this.#sizes.length)
      this.#sizes[group] = (this.#sizes[group] as number) - count
      this.#sizes.push(count)
    }
    if (moved.size > 0)
      for (const member of set)
        this.#groupOf[member] = moved.get(this.of(member)) ?? this.of(member)
  }
}
