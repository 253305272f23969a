import { describe, expect, it } from 'vitest'
import { auc } from './metrics.ts'
import { generatePortfolio, trueLogOdds } from './portfolio.ts'

const loans = generatePortfolio(20_000, 1)
const shareOf = (test: (loan: (typeof loans)[number]) => boolean): number =>
  loans.filter(test).length / loans.length

describe('the synthetic portfolio', () => {
  it('is the same for the same seed, another for another', () => {
    expect(generatePortfolio(50, 1)).toEqual(loans.slice(0, 50))
    expect(generatePortfolio(50, 2)).not.toEqual(loans.slice(0, 50))
  })

  it('has the shares that its description names', () => {
    expect(shareOf(({ bureauScore }) => Number.isNaN(bureauScore))).toBeCloseTo(0.12, 2)
    expect(shareOf(({ employmentMonths }) => Number.isNaN(employmentMonths))).toBeCloseTo(0.03, 2)
    expect(shareOf(({ employmentType }) => employmentType === 1)).toBeCloseTo(0.15, 2)
    expect(shareOf(({ bad }) => bad)).toBeCloseTo(0.07, 2)
  })

  it('no history means no bureau figures at all', () => {
    for (const loan of loans)
      expect(Number.isNaN(loan.maxDpd12m)).toBe(Number.isNaN(loan.bureauScore))
  })

  it('nobody can know the outcome: the true equation itself ranks with an area near 0.74', () => {
    const area = auc(
      loans.map(({ bad }) => bad),
      loans.map((loan) => trueLogOdds(loan)),
    )
    expect(area).toBeGreaterThan(0.72)
    expect(area).toBeLessThan(0.78)
  })
})
