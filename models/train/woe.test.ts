import { describe, expect, it } from 'vitest'
import { binFeature, woeOf } from './feature-bins.ts'
import { informationValue, weightOfEvidence } from '#core/decision/woe.ts'

const all = { goods: 900, bads: 100 }

describe('weight of evidence', () => {
  it('is ln(%good / %bad): zero where a bin is as the whole, positive where it is better', () => {
    expect(weightOfEvidence({ goods: 90, bads: 10 }, all)).toBeCloseTo(0, 1)
    expect(weightOfEvidence({ goods: 450, bads: 10 }, all)).toBeCloseTo(Math.log(0.5 / 0.1), 1)
    expect(weightOfEvidence({ goods: 30, bads: 0 }, all)).toBeLessThan(Infinity)
  })

  it('the information value is zero without information and grows with it', () => {
    const same = [
      { goods: 450, bads: 50 },
      { goods: 450, bads: 50 },
    ]
    const apart = [
      { goods: 800, bads: 20 },
      { goods: 100, bads: 80 },
    ]
    expect(informationValue(same, all)).toBeCloseTo(0, 9)
    expect(informationValue(apart, all)).toBeGreaterThan(1)
  })

  it('missing rows have a bin of their own, categories keep their codes, a rare one weighs nothing', () => {
    const values = Array.from({ length: 400 }, (_, row) =>
      row < 100 ? NaN : row < 395 ? row % 2 : 2,
    )
    const target = values.map((value, row) =>
      Number.isNaN(value) ? row % 2 === 0 : row % 20 === 0,
    )
    const feature = binFeature({ name: 'job', values, categories: ['a', 'b', 'rare'] }, target)
    expect(feature.missing).toMatchObject({ goods: 50, bads: 50 })
    expect(feature.missing.woe).toBeLessThan(0)
    expect(feature.bins.map(({ label, upTo }) => [label, upTo])).toEqual([
      ['a', 0.5],
      ['b', 1.5],
      ['rare', null],
    ])
    expect(woeOf(feature, 2)).toBe(0)
    expect(woeOf(feature, NaN)).toBe(feature.missing.woe)
    expect(woeOf(feature, 1)).toBe(feature.bins[1]?.woe)
  })
})
