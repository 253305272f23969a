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
