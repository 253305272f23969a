import { power, roundTo } from '#core/logic/math.ts'

/** Interest for one month as a fraction, of an annual rate in percent. */
const monthlyRate = (annualPercent: number): number => annualPercent / 1200

/**
 * Equated monthly instalment P·r(1+r)ⁿ / ((1+r)ⁿ−1), unrounded; P/n without interest.
 * NaN unless amount ≥ 0, rate ≥ 0 (percent a year) and `months` is whole and positive.
 */
function instalment(amount: number, annualPercent: number, months: number): number {
  if (!(amount >= 0) || !(annualPercent >= 0) || !Number.isInteger(months) || months < 1) return NaN
  if (annualPercent === 0) return amount / months
  const r = monthlyRate(annualPercent)
  const growth = power(1 + r, months)
  return Number.isFinite(growth) ? (amount * r * growth) / (growth - 1) : amount * r
}

/** The instalment to the paisa. 500,000 at 14 % for 36 months is 17,088.81. */
export const emi = (amount: number, annualPercent: number, months: number): number =>
  roundTo(instalment(amount, annualPercent, months), 2)

/** The largest amount whose instalment does not pass `payment`, unrounded: the inverse of `instalment`. */
export function amountFor(payment: number, annualPercent: number, months: number): number {
  const unit = instalment(1, annualPercent, months)
  return payment / unit
}

/** What is still owed of the principal after `paid` instalments, to the paisa. */
export function outstanding(amount: number, annualPercent: number, loan: Repayment): number {
  const { months, paid } = loan
  if (!Number.isInteger(paid) || paid < 0 || paid > months) return NaN
  const each = instalment(amount, annualPercent, months)
  return roundTo(presentValue(each, monthlyRate(annualPercent), months - paid), 2)
}

interface Repayment {
  readonly months: number
  /** Instalments that are paid. */
  readonly paid: number
}

/** What `months` payments are worth today, at `r` a month. */
function presentValue(payment: number, r: number, months: number): number {
  if (r === 0) return payment * months
  return (payment * (1 - 1 / power(1 + r, months))) / r
}

/** A rate that this many percent a year does not reach has no value. */
const highestApr = 12_000

/**
 * Annual percentage rate to two decimals: twelve times the monthly rate at which the instalments are worth what was
 * paid out, the amount less the fees. 500,000 at 14 % for 36 months with fees of 11,800 is 15.69 %.
 * NaN where nothing is paid out, or where the rate would be unbounded.
 */
export function apr(amount: number, annualPercent: number, months: number, fees: number): number {
  const paidOut = amount - fees
  const payment = instalment(amount, annualPercent, months)
  if (!(fees >= 0) || !(paidOut > 0) || !Number.isFinite(payment)) return NaN
  let [low, high] = [0, highestApr / 1200]
  if (presentValue(payment, high, months) > paidOut) return NaN
  // The worth falls as the rate rises; 60 halvings leave no digit of a double in doubt.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (presentValue(payment, middle, months) > paidOut) low = middle
    else high = middle
  }
  return roundTo(high * 1200, 2)
}
