import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogram, median, niceStep, scoreRange, zonesOf } from './histogram.ts'

const scores = fc.array(fc.integer({ min: -5_000, max: 5_000 }).map((each) => each / 4))

describe('a histogram of scores', () => {
  it('[R690] counts each score in the bar that holds it, in few bars of a round width over all that is wanted', () => {
    fc.assert(
      fc.property(scores, scores, (list, wanted) => {
        const { from, to, step, counts } = histogram(list, wanted)
        expect(counts.reduce((sum, each) => sum + each, 0)).toBe(list.length)
        expect(counts.length).toBeLessThanOrEqual(32)
        for (const each of [...list, ...wanted]) {
          expect(each).toBeGreaterThanOrEqual(from)
          expect(each).toBeLessThan(to + 1e-6)
        }
        counts.forEach((count, bar) => {
          const inside = list.filter((each) => Math.floor((each - from) / step) === bar).length
          expect(count).toBe(inside)
        })
      }),
    )
    expect(histogram([], []).counts).toEqual([0])
    expect(histogram([7, 7], [7]).counts).toEqual([2])
    expect([0, 0.3, 1, 2.5, 30, 55].map(niceStep)).toEqual([1, 0.5, 1, 5, 50, 100])
  })

  it('[R690] tells what each outcome gets, as the scorecard decides it', () => {
    const bars = { from: 0, to: 100 }
    const list = {
      scores: [10, 39, 40, 59, 60, 90],
      bads: [true, null, true, false, false, false],
    }
    expect(zonesOf({ declineBelow: 40, approveFrom: 60 }, bars, list)).toEqual([
      { outcome: 'decline', from: 0, to: 40, count: 2, known: 1, bad: 1 },
      { outcome: 'refer', from: 40, to: 60, count: 2, known: 2, bad: 1 },
      { outcome: 'approve', from: 60, to: 100, count: 2, known: 2, bad: 0 },
    ])
    expect(zonesOf({ approveFrom: 60 }, bars, list).map(({ outcome }) => outcome)).toEqual([
      'refer',
      'approve',
    ])
    expect(zonesOf({ declineBelow: 40 }, bars, list).map(({ outcome }) => outcome)).toEqual([
      'decline',
      'approve',
    ])
    // Where they cross, the decline goes first.
    expect(zonesOf({ declineBelow: 60, approveFrom: 40 }, bars, list)).toMatchObject([
      { outcome: 'decline', count: 4 },
      { outcome: 'approve', count: 2 },
    ])
    expect(zonesOf({}, bars, list)).toEqual([])
  })

  it('[R690] knows what can be scored at least and at most, and the middle', () => {
    const characteristic = (points: number[], missing?: number) => ({
      id: 'a',
      name: '',
      expression: null,
      bins: points.map((each, index) => ({ id: `b${index}`, when: null, points: each })),
      ...(missing === undefined ? {} : { missing: { points: missing } }),
    })
    const part = { kind: 'scorecard', id: 's', name: '', base: 300 } as const
    expect(
      scoreRange({ ...part, characteristics: [characteristic([10, 50], -5), characteristic([])] }),
    ).toEqual([295, 350])
    expect(median([])).toBeNull()
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1])).toBe(2.5)
  })
})
