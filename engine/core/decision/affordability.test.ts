import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afford, type Terms } from '#core/decision/affordability.ts'
import { emi } from '#core/logic/emi.ts'

const terms: Terms = {
  rate: 14,
  foirCap: 50,
  minAmount: 50_000,
  maxAmount: Infinity,
  maxTenureMonths: 60,
  amountStep: 1000,
}
const ask = { amount: 500_000, tenureMonths: 36 }

describe('afford', () => {
  it('offers what was asked for where it fits', () => {
    expect(afford(ask, { netMonthlyIncome: 60_000, monthlyObligations: 10_000 }, terms)).toEqual({
      kind: 'as_asked',
      offer: { amount: 500_000, tenureMonths: 36, rate: 14, emi: 17_088.81 },
      foir: 45.15,
    })
  })
  it('takes as few more months as needed', () => {
    const { kind, offer } = afford(
      ask,
      { netMonthlyIncome: 50_000, monthlyObligations: 10_000 },
      terms,
    )
    expect(kind).toBe('longer')
    expect(offer?.amount).toBe(500_000)
    expect(emi(500_000, 14, offer?.tenureMonths ?? 0)).toBeLessThanOrEqual(15_000)
    expect(emi(500_000, 14, (offer?.tenureMonths ?? 0) - 1)).toBeGreaterThan(15_000)
  })
  it('lowers the amount over the longest term, in whole thousands', () => {
    const { kind, offer } = afford(
      ask,
      { netMonthlyIncome: 40_000, monthlyObligations: 12_000 },
      terms,
    )
    expect(kind).toBe('reduced')
    expect(offer).toMatchObject({ amount: 343_000, tenureMonths: 60 })
  })
  it('has no offer below the smallest loan, nor without room', () => {
    expect(afford(ask, { netMonthlyIncome: 30_000, monthlyObligations: 14_500 }, terms).kind).toBe(
      'none',
    )
    expect(
      afford(ask, { netMonthlyIncome: 30_000, monthlyObligations: 20_000 }, terms).offer,
    ).toBeNull()
  })
  it('keeps to the largest loan', () => {
    expect(
      afford(
        ask,
        { netMonthlyIncome: 90_000, monthlyObligations: 0 },
        { ...terms, maxAmount: 300_000 },
      ),
    ).toMatchObject({
      kind: 'reduced',
      offer: { amount: 300_000, tenureMonths: 36 },
    })
  })
  it('[R30] never offers more than was asked for, nor what does not fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 3_000_000 }),
        fc.integer({ min: 1, max: 84 }),
        fc.integer({ min: 5_000, max: 300_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.constantFrom(0, 9.5, 14, 36),
        (amount, tenureMonths, netMonthlyIncome, monthlyObligations, rate) => {
          const capacity = { netMonthlyIncome, monthlyObligations }
          const { kind, offer } = afford({ amount, tenureMonths }, capacity, { ...terms, rate })
          expect(offer === null).toBe(kind === 'none')
          if (!offer) return
          expect(offer.amount).toBeLessThanOrEqual(amount)
          expect(offer.tenureMonths).toBeLessThanOrEqual(60)
          expect(monthlyObligations + offer.emi).toBeLessThanOrEqual(netMonthlyIncome / 2 + 1e-6)
        },
      ),
    )
  })
})
