import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe('createRandom', () => {
  it('a seed gives one sequence, the same everywhere', () => {
    const random = createRandom(42)
    expect(draws(3, () => random.next())).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099,
    ])
  })

  it('integers reach both ends and nothing beyond', () => {
    const random = createRandom(1)
    expect(new Set(draws(500, () => random.int(3, 6)))).toEqual(new Set([3, 4, 5, 6]))
  })

  it('normal numbers have their mean and deviation', () => {
    const random = createRandom(2)
    const values = draws(20_000, () => random.normal(10, 3))
    expect(mean(values)).toBeCloseTo(10, 0)
    expect(Math.sqrt(mean(values.map((value) => (value - 10) ** 2)))).toBeCloseTo(3, 0)
  })

  it('weights are respected, a weight of nothing never comes', () => {
    const random = createRandom(3)
    const found = draws(4_000, () => random.weighted([1, 0, 3]))
    expect(found).not.toContain(1)
    expect(mean(found.map((index) => (index === 2 ? 1 : 0)))).toBeCloseTo(0.75, 1)
  })

  it('a shuffle keeps everything and leaves the original alone', () => {
    const items = draws(50, () => 0).map((_, at) => at)
    const shuffled = createRandom(4).shuffle(items)
    expect(shuffled).not.toEqual(items)
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items)
  })
})
