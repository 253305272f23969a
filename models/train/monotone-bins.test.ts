import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monotoneBins, roundBetween } from './monotone-bins.ts'
import { createRandom } from './random.ts'
import { badRate, rowsOf } from '#core/decision/woe.ts'

const rows = (seed: number, count = 2_000) => {
  const random = createRandom(seed)
  const values = Array.from({ length: count }, () =>
    random.chance(0.1) ? Number.NaN : Math.round(random.normal(50, 20)),
  )
  const slope = random.pick([-0.03, 0, 0.03])
  const target = values.map((value) =>
    random.chance(1 / (1 + Math.exp(1.5 - slope * (value - 50)))),
  )
  return { values, target }
}

describe('monotoneBins', () => {
  it('bins are monotone, few, not small, cover every known row and count it where it lies', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { values, target } = rows(seed)
        const bins = monotoneBins(values, target)
        const rates = bins.map(badRate)
        const rising = rates.every((rate, at) => at === 0 || rate >= (rates[at - 1] as number))
        const falling = rates.every((rate, at) => at === 0 || rate <= (rates[at - 1] as number))
        expect(rising || falling).toBe(true)
        expect(bins.length).toBeLessThanOrEqual(7)
        bins.forEach((bin, at) => {
          const low = bins[at - 1]?.upTo ?? -Infinity
          const inside = values.filter((value) => value > low && value <= (bin.upTo ?? Infinity))
          expect(rowsOf(bin)).toBe(inside.length)
          expect(inside.length).toBeGreaterThanOrEqual(60)
        })
        expect(bins.at(-1)?.upTo).toBeNull()
      }),
      { numRuns: 50 },
    )
  })

  it('finds the direction of the risk', () => {
    const values = Array.from({ length: 1_000 }, (_, at) => at)
    const few = values.map((value) => value % (value < 500 ? 2 : 10) === 0)
    const rates = monotoneBins(values, few).map(badRate)
    expect(rates[0]).toBeGreaterThan(rates.at(-1) as number)
  })

  it('one value makes one bin', () => {
    expect(
      monotoneBins(
        Array.from({ length: 100 }, () => 7),
        Array.from({ length: 100 }, () => false),
      ),
    ).toEqual([{ goods: 100, bads: 0, upTo: null }])
  })
})

describe('roundBetween', () => {
  it.each([
    [629, 630, 629],
    [0.43051, 0.4322, 0.431],
    [41_130, 41_500, 41_200],
    [0, 1, 0],
  ])('between %d and %d lies %d', (low, high, cut) => {
    expect(roundBetween(low, high)).toBe(cut)
  })

  it('lies in [low, high)', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(Math.abs(a - b) > 1e-9)
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const cut = roundBetween(low, high)
        expect(cut >= low && cut < high).toBe(true)
      }),
    )
  })
})
