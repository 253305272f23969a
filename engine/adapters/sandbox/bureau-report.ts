/** What the sandbox's bureau says of a person. Amounts in rupees, `dpd` in days past due. */
export interface SandboxReport {
  /** 300…900 */
  readonly score: number
  readonly accounts: number
  readonly openAccounts: number
  /** Sum of the monthly instalments of open loans. */
  readonly obligations: number
  readonly overdue: number
  /** Accounts that were 90 days or more past due within 9 months. */
  readonly dpd90in9m: number
  /** Accounts that were 60 days or more past due within 6 months. */
  readonly dpd60in6m: number
  /** Worst delay of any account within 12 months, days. */
  readonly maxDpd12m: number
  /** Written off or settled within 18 months. */
  readonly writeOffs18m: number
  /** Enquiries for unsecured loans within 3 months. */
  readonly enquiries3m: number
  /** Since the first account was opened. */
  readonly ageMonths: number
  /** Used part of the limits of cards, 0…1. */
  readonly utilisation: number
}

/** PANs with a fixed answer, so that examples and tests can name what they want. */
export const reservedPans: Readonly<Record<string, SandboxReport | null>> = {
  /** A clean file. */
  ABCPS1234F: {
    score: 782,
    accounts: 5,
    openAccounts: 2,
    obligations: 8_500,
    overdue: 0,
    dpd90in9m: 0,
    dpd60in6m: 0,
    maxDpd12m: 0,
    writeOffs18m: 0,
    enquiries3m: 1,
    ageMonths: 84,
    utilisation: 0.22,
  },
  /** Just above the usual cut-off, much used and often asked for. */
  BKLPN5678Q: {
    score: 684,
    accounts: 7,
    openAccounts: 4,
    obligations: 14_000,
    overdue: 1_800,
    dpd90in9m: 0,
    dpd60in6m: 0,
    maxDpd12m: 0,
    writeOffs18m: 0,
    enquiries3m: 7,
    ageMonths: 31,
    utilisation: 0.81,
  },
  /** Late payments and a loan written off. */
  CDRPR4321M: {
    score: 558,
    accounts: 6,
    openAccounts: 3,
    obligations: 21_000,
    overdue: 46_300,
    dpd90in9m: 2,
    dpd60in6m: 2,
    maxDpd12m: 124,
    writeOffs18m: 1,
    enquiries3m: 11,
    ageMonths: 58,
    utilisation: 0.97,
  },
  /** No history. */
  EFGPM9012Z: null,
}

/** The same PAN always gets the same report; null where there is no history, about one in twelve. */
export function bureauReport(pan: string): SandboxReport | null {
  const reserved = reservedPans[pan]
  if (reserved !== undefined) return reserved
  const draw = draws(pan)
  if (draw() < 1 / 12) return null
  // The better of two draws: most people are above the middle.
  const quality = Math.max(draw(), draw() * 0.9)
  const openAccounts = Math.floor(draw() * 5)
  const bad = quality < 0.35
  return {
    score: Math.round(300 + quality * 600),
    accounts: openAccounts + Math.floor(draw() * 6) + 1,
    openAccounts,
    obligations: openAccounts * (1_500 + Math.floor(draw() * 80) * 100),
    overdue: bad ? Math.floor(draw() * 500) * 100 : 0,
    dpd90in9m: bad && draw() < 0.5 ? 1 : 0,
    dpd60in6m: bad && draw() < 0.6 ? 1 : 0,
    maxDpd12m: bad ? 30 * (1 + Math.floor(draw() * 5)) : 0,
    writeOffs18m: bad && draw() < 0.3 ? 1 : 0,
    enquiries3m: Math.floor(draw() * (bad ? 14 : 6)),
    ageMonths: 6 + Math.floor(draw() * 174),
    utilisation: Math.round((bad ? 0.5 + draw() / 2 : draw() * 0.7) * 100) / 100,
  }
}

/** Numbers in [0, 1) from a text: FNV-1a for the seed, then mulberry32. */
function draws(text: string): () => number {
  let seed = 0x811c9dc5
  for (const letter of text) seed = Math.imul(seed ^ letter.charCodeAt(0), 0x01000193)
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
