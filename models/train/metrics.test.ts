import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc, calibration, calibrationError, gini, ks } from './metrics.ts'

const sample = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 2, maxLength: 40 })
  .filter((rows) => rows.some(([event]) => event) && rows.some(([event]) => !event))

describe('metrics', () => {
  it('the area under the curve is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const events = rows.filter(([event]) => event)
        const others = rows.filter(([event]) => !event)
        const wins = events.flatMap(([, high]) =>
          others.map(([, low]): number => (high > low ? 1 : high === low ? 0.5 : 0)),
        )
        const pairs = wins.reduce((sum, win) => sum + win, 0) / wins.length
        const [target, score] = [rows.map(([event]) => event), rows.map(([, value]) => value)]
        expect(auc(target, score)).toBeCloseTo(pairs, 12)
        const reversed = auc(
          target,
          score.map((value) => -value),
        )
        expect(reversed).toBeCloseTo(1 - pairs, 12)
      }),
    )
  })

  it('KS is the greatest distance between the distributions at any threshold', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const below = (event: boolean, threshold: number): number => {
          const ours = rows.filter(([is]) => is === event)
          return ours.filter(([, value]) => value <= threshold).length / ours.length
        }
        const greatest = Math.max(
          ...Array.from({ length: 10 }, (_, t) => Math.abs(below(true, t) - below(false, t))),
        )
        expect(
          ks(
            rows.map(([event]) => event),
            rows.map(([, value]) => value),
          ),
        ).toBeCloseTo(greatest, 12)
      }),
    )
  })

  it('Gini is twice the area less one', () => {
    expect(gini(0.75)).toBe(0.5)
  })

  it('calibration compares what was predicted with what came', () => {
    const probability = [0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8]
    const target = [false, false, false, true, true, true, true, true]
    const bands = calibration(target, probability, 2)
    expect(bands.map(({ rows, observed }) => [rows, observed])).toEqual([
      [4, 0.25],
      [4, 1],
    ])
    expect(calibrationError(bands)).toBeCloseTo((0.15 + 0.2) / 2, 12)
  })
})
