import { describe, expect, it } from 'vitest'
import { fitLogistic } from './logistic.ts'
import { createRandom } from './random.ts'

const random = createRandom(11)
const truth = { intercept: -1, weights: [0.8, -1.5, 0] }
const rows = Array.from({ length: 20_000 }, () => truth.weights.map(() => random.normal(0, 1)))
const chance = (row: readonly number[], model = truth): number => {
  const logit = row.reduce(
    (sum, value, at) => sum + value * (model.weights[at] ?? 0),
    model.intercept,
  )
  return 1 / (1 + Math.exp(-logit))
}
const target = rows.map((row) => random.chance(chance(row)))

describe('fitLogistic', () => {
  it('finds the equation that made the data', () => {
    const found = fitLogistic(rows, target)
    expect(Math.abs(found.intercept - truth.intercept)).toBeLessThan(0.06)
    found.weights.forEach((weight, at) =>
      expect(Math.abs(weight - (truth.weights[at] as number))).toBeLessThan(0.06),
    )
  })

  it('stands where the gradient of the likelihood is the penalty’s', () => {
    const ridge = 3
    const found = fitLogistic(rows, target, ridge)
    const misses = rows.map(
      (row, at) => (target[at] ? 1 : 0) - chance(row, { ...found, weights: [...found.weights] }),
    )
    expect(misses.reduce((sum, miss) => sum + miss, 0)).toBeCloseTo(0, 5)
    found.weights.forEach((weight, column) => {
      const gradient = rows.reduce(
        (sum, row, at) => sum + (misses[at] as number) * (row[column] as number),
        0,
      )
      expect(gradient).toBeCloseTo(ridge * weight, 5)
    })
  })
})
