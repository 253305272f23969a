import { amountFor, emi } from '#core/logic/emi.ts'
import { roundTo } from '#core/logic/math.ts'

export interface Ask {
  /** Rupees. */
  readonly amount: number
  readonly tenureMonths: number
}
export interface Capacity {
  /** Rupees a month, after tax. */
  readonly netMonthlyIncome: number
  /** Instalments of running loans, rupees a month. */
  readonly monthlyObligations: number
}
export interface Terms {
  /** Percent a year. */
  readonly rate: number
  /** The share of income that obligations and the new instalment may take, percent. */
  readonly foirCap: number
  /** The smallest counter-offer. */
  readonly minAmount: number
  /** The most that may be lent; Infinity where nothing limits it. */
  readonly maxAmount: number
  readonly maxTenureMonths: number
  /** Counter-offers are whole multiples of it, rupees. */
  readonly amountStep: number
}
interface Offer extends Ask {
  readonly rate: number
  readonly emi: number
}
export interface Affordability {
  /** `longer`, `shorter` (than the longest term) and `reduced` are counter-offers; `none` where no loan from the least amount on fits. */
  readonly kind: 'as_asked' | 'longer' | 'shorter' | 'reduced' | 'none'
  readonly offer: Offer | null
  /** Of the loan that was asked for, percent: (obligations + EMI) / net income. */
  readonly foir: number
}

/**
 * The loan that fits the income: as asked, no longer than the longest term; else over more months, as few as needed; else over the longest term a
 * smaller amount, the largest that fits.
 */
export function afford(ask: Ask, capacity: Capacity, terms: Terms): Affordability {
  const { netMonthlyIncome: income, monthlyObligations: obligations } = capacity
  const { rate, foirCap, maxAmount, maxTenureMonths } = terms
  const asked = emi(ask.amount, rate, ask.tenureMonths)
  const foir = roundTo(((obligations + asked) / income) * 100, 2)
  const room = (income * foirCap) / 100 - obligations
  const amount = Math.min(ask.amount, maxAmount)
  const wanted = Math.min(ask.tenureMonths, maxTenureMonths)
  const answer = (kind: Affordability['kind'], offered: Ask): Affordability => ({
    kind,
    offer: { ...offered, rate, emi: emi(offered.amount, rate, offered.tenureMonths) },
    foir,
  })
  if (amount > 0 && amount >= Math.min(terms.minAmount, ask.amount)) {
    for (let tenureMonths = wanted; tenureMonths <= maxTenureMonths; tenureMonths++) {
      if (emi(amount, rate, tenureMonths) > room) continue
      return answer(kindOf({ amount, tenureMonths }, ask), { amount, tenureMonths })
    }
  }
  const reduced = largest(Math.min(amount, amountFor(room, rate, maxTenureMonths)), room, terms)
  if (reduced < terms.minAmount || reduced <= 0) return { kind: 'none', offer: null, foir }
  return answer('reduced', { amount: reduced, tenureMonths: maxTenureMonths })
}

function kindOf(offered: Ask, asked: Ask): Affordability['kind'] {
  if (offered.amount < asked.amount) return 'reduced'
  const more = offered.tenureMonths - asked.tenureMonths
  return more > 0 ? 'longer' : more < 0 ? 'shorter' : 'as_asked'
}

/** Rounded down to the step, and once more where the rounded instalment is a paisa too high. */
function largest(
  amount: number,
  room: number,
  { rate, maxTenureMonths, amountStep }: Terms,
): number {
  const steps = Math.floor(amount / amountStep) * amountStep
  return emi(steps, rate, maxTenureMonths) <= room ? steps : steps - amountStep
}
