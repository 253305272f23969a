/** Seeded random numbers: the same seed gives the same sequence on every platform. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer, both ends included. */
  int(low: number, high: number): number
  /** Normal by Box and Muller. */
  normal(mean: number, deviation: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** An index, drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number
  /** A copy in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[]
}

/** mulberry32: 32 bits of state, ample for synthetic data, never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    pick: (from) => {
      if (from.length === 0) throw new RangeError('nothing to pick from')
      return from[int(0, from.length - 1)] as (typeof from)[number]
    },
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      const found = weights.findIndex((weight) => (left -= weight) < 0)
      return found < 0 ? weights.length - 1 : found
    },
    shuffle: (items) => {
      const copy = [...items]
      for (let last = copy.length - 1; last > 0; last--) {
        const other = int(0, last)
        const held = copy[last] as (typeof copy)[number]
        copy[last] = copy[other] as (typeof copy)[number]
        copy[other] = held
      }
      return copy
    },
  }
}
