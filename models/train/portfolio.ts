import { createRandom, type Random } from './random.ts'

/** An application for a personal loan and what became of it. NaN is missing. */
export interface Loan {
  readonly bureauScore: number
  readonly maxDpd12m: number
  readonly enquiries3m: number
  readonly bureauAgeMonths: number
  readonly monthlyIncome: number
  readonly foir: number
  readonly loanToIncome: number
  /** Index into `employmentTypes`. */
  readonly employmentType: number
  readonly employmentMonths: number
  readonly bad: boolean
}

export const employmentTypes = ['salaried', 'government', 'self_employed'] as const

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))
const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** Knuth's product of uniforms; for small means. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let product = random.next()
  let count = 0
  while (product > limit) {
    product *= random.next()
    count++
  }
  return count
}

function employment(
  random: Random,
): Pick<Loan, 'employmentType' | 'employmentMonths' | 'monthlyIncome'> {
  const employmentType = random.weighted([0.6, 0.15, 0.25])
  const [median, tenure] = ([
    [48_000, 45],
    [52_000, 95],
    [55_000, 70],
  ][employmentType] ?? [50_000, 50]) as [number, number]
  const months = Math.round(clamp(-tenure * Math.log(1 - random.next()), 1, 420))
  return {
    employmentType,
    monthlyIncome:
      Math.round(clamp(median * Math.exp(random.normal(0, 0.45)), 15_000, 600_000) / 100) * 100,
    employmentMonths: random.chance(0.03) ? Number.NaN : months,
  }
}

/** @param character the latent willingness to pay, standard normal; it drives everything that a bureau sees */
function bureau(
  random: Random,
  character: number,
): Pick<Loan, 'bureauScore' | 'maxDpd12m' | 'enquiries3m' | 'bureauAgeMonths'> {
  const enquiries3m = poisson(random, Math.exp(0.3 - 0.4 * character))
  if (random.chance(0.12))
    return {
      bureauScore: Number.NaN,
      maxDpd12m: Number.NaN,
      bureauAgeMonths: Number.NaN,
      enquiries3m,
    }
  const late = random.chance(1 / (1 + Math.exp(2.4 + 1.1 * character)))
  const maxDpd12m = late ? ([15, 30, 60, 90, 120][random.weighted([30, 30, 20, 12, 8])] ?? 0) : 0
  return {
    enquiries3m,
    maxDpd12m,
    bureauScore: Math.round(
      clamp(
        738 + 48 * character - 0.35 * maxDpd12m - 3 * enquiries3m + random.normal(0, 24),
        300,
        900,
      ),
    ),
    bureauAgeMonths: Math.round(clamp(-72 * Math.log(1 - random.next()), 1, 360)),
  }
}

/**
 * The true equation: log-odds of 90 days past due within 12 months.
 *
 *     −2.75 − 0.010·(bureauScore − 740) [no history: +0.35]
 *     + 0.008·maxDpd12m + 0.09·min(enquiries3m, 8) − 0.004·min(bureauAgeMonths, 120)
 *     + 2.0·(foir − 0.40) + 0.05·(loanToIncome − 5) − 0.45·ln(monthlyIncome / 50,000)
 *     − 0.55 [government] + 0.25 [self-employed] − 0.005·min(employmentMonths, 96) [unknown: −0.1]
 *     + 0.45 [foir > 0.60 and loanToIncome > 9]        an interaction that a scorecard cannot see
 *     + normal(0, 0.5)                                  what nobody observes
 */
export function trueLogOdds(loan: Omit<Loan, 'bad'>, luck = 0): number {
  const history = Number.isNaN(loan.bureauScore)
    ? 0.35
    : -0.01 * (loan.bureauScore - 740) +
      0.008 * loan.maxDpd12m -
      0.004 * Math.min(loan.bureauAgeMonths, 120)
  const job = ([0, -0.55, 0.25][loan.employmentType] ?? 0) as number
  const tenure = Number.isNaN(loan.employmentMonths)
    ? -0.1
    : -0.005 * Math.min(loan.employmentMonths, 96)
  return (
    -2.75 +
    history +
    job +
    tenure +
    0.09 * Math.min(loan.enquiries3m, 8) +
    2 * (loan.foir - 0.4) +
    0.05 * (loan.loanToIncome - 5) -
    0.45 * Math.log(loan.monthlyIncome / 50_000) +
    (loan.foir > 0.6 && loan.loanToIncome > 9 ? 0.45 : 0) +
    luck
  )
}

/**
 * Synthetic personal loans; no row describes a person.
 *
 * - employment: salaried 60 %, government 15 %, self-employed 25 %; tenure exponential with means
 *   45, 95 and 70 months, 3 % unknown; income log-normal, medians ₹48,000, ₹52,000, ₹55,000, σ 0.45
 * - bureau: 12 % have no history; the rest from a latent character c ~ N(0, 1): late with
 *   probability σ(−2.4 − 1.1c), score 738 + 48c − 0.35·dpd − 3·enquiries + N(0, 24), enquiries
 *   Poisson(e^(0.3 − 0.4c)), age exponential with mean 72 months
 * - loan: multiple of monthly income log-normal, median 5, σ 0.45, between 1 and 24; tenure 24 to 60
 *   months at 14 %; other obligations none (35 %) or a share of income N(0.22, 0.10)
 * - outcome: a coin with the true log-odds (see `trueLogOdds`)
 */
export function generatePortfolio(rows: number, seed: number): Loan[] {
  const random = createRandom(seed)
  return Array.from({ length: rows }, () => {
    const character = random.normal(0, 1)
    const loanToIncome = round(clamp(5 * Math.exp(random.normal(0, 0.45)), 1, 24), 2)
    const months = random.pick([24, 36, 36, 48, 60])
    const monthly = 0.14 / 12
    const emiShare = (loanToIncome * monthly) / (1 - (1 + monthly) ** -months)
    const otherShare = random.chance(0.35) ? 0 : clamp(random.normal(0.22, 0.1), 0, 0.7)
    const applicant = {
      ...bureau(random, character),
      ...employment(random),
      loanToIncome,
      foir: round(clamp(emiShare + otherShare, 0.02, 1.5), 3),
    }
    const odds = trueLogOdds(applicant, random.normal(0, 0.5))
    return { ...applicant, bad: random.chance(1 / (1 + Math.exp(-odds))) }
  })
}
