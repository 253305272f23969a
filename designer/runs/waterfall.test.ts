import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisTicks, timeScale } from './waterfall.ts'

const times = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 40 })

describe('timeScale', () => {
  it('keeps the order of times and stays within 0…1', () =>
    fc.assert(
      fc.property(times, (all) => {
        const scale = timeScale(all)
        const places = all.toSorted((a, b) => a - b).map(scale.place)
        expect(places.every((place) => place >= 0 && place <= 1)).toBe(true)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }),
    ))

  it('is linear without idle time', () => {
    const scale = timeScale([1_000, 2_000, 5_000])
    expect(scale.place(3_000)).toBeCloseTo(0.5)
    expect(scale.folds).toEqual([])
  })

  it('folds three days of waiting into a narrow stretch', () => {
    const wait = 3 * 86_400_000
    const scale = timeScale([0, 1_000, 1_000 + wait, 2_000 + wait])
    expect(scale.folds).toHaveLength(1)
    expect(scale.place(1_000)).toBeCloseTo(1 / 2.24)
    expect(scale.place(1_000 + wait)).toBeCloseTo(1.24 / 2.24)
  })

  it('places a single moment at the start', () => expect(timeScale([7]).place(7)).toBe(0))
})

describe('axisTicks', () => {
  it('are round and begin at zero', () =>
    expect(axisTicks(timeScale([0, 9_600]))).toEqual([0, 2_000, 4_000, 6_000, 8_000]))
  it('are none where no time passed', () => expect(axisTicks(timeScale([5]))).toEqual([]))
})
