import type { Random } from '../random.ts'
import type { StatementEntry } from './statement.ts'

export interface AccountStory {
  /** The first month, `yyyy-MM`; one salary a month, on the first. */
  readonly from: string
  readonly months: number
  readonly employer: string
  /** Net pay, rupees a month. */
  readonly salary: number
  /** Debited on the fifth of each month. */
  readonly emis?: readonly { readonly lender: string; readonly amount: number }[]
  /** Returned mandates in the last month. @default 0 */
  readonly bounces?: number
  /** Part of the salary spent besides. @default 0.6 */
  readonly spent?: number
}

const spending = [
  'UPI-SWIGGY-SWIGGY@YBL',
  'UPI-AMAZON PAY-AMAZON@APL',
  'POS 416021XXXXXX DMART',
  'UPI-BESCOM-BILLPAY',
  'ATM WDL-BLR KORAMANGALA',
  'UPI-UBER INDIA-UBER@AXIS',
  'IMPS-P2A-HOUSE RENT',
  'UPI-BIGBASKET-BB@ICICI',
] as const

/** Entries of an account over some months, in order of date. The same random gives the same entries. */
export function accountEntries(story: AccountStory, random: Random): StatementEntry[] {
  const [year = 2026, month = 1] = story.from.split('-').map(Number)
  const reference = (): string => String(random.int(100_000_000, 999_999_999)).padStart(12, '0')
  return Array.from({ length: story.months }, (_, at) => {
    const first = new Date(Date.UTC(year, month - 1 + at, 1))
    const suffix = `/${String(first.getUTCMonth() + 1).padStart(2, '0')}/${String(first.getUTCFullYear()).slice(2)}`
    const entry = (
      day: number,
      narration: string,
      amount: number,
    ): StatementEntry & { day: number } => ({
      day,
      date: `${String(day).padStart(2, '0')}${suffix}`,
      narration,
      reference: reference(),
      amount: Math.round(amount * 100) / 100,
    })
    const emis = (story.emis ?? []).map((emi) =>
      entry(5, `ACH D-${emi.lender.toUpperCase()}-EMI`, -emi.amount),
    )
    const bounces = at === story.months - 1 ? (story.bounces ?? 0) : 0
    const returned = Array.from({ length: bounces }, () =>
      entry(7, 'ACH RETURN CHARGES INSUFFICIENT FUNDS', -590),
    )
    const parts = Array.from({ length: 10 }, () => 0.5 + random.next())
    const all = parts.reduce((sum, part) => sum + part, 0)
    const bought = parts.map((part) =>
      entry(
        random.int(2, 28),
        random.pick(spending),
        (-story.salary * (story.spent ?? 0.6) * part) / all,
      ),
    )
    const salary = entry(1, `NEFT CR-${story.employer.toUpperCase()}-SALARY`, story.salary)
    return [salary, ...emis, ...returned, ...bought]
      .toSorted((one, other) => one.day - other.day)
      .map(({ day: _day, ...rest }) => rest)
  }).flat()
}
