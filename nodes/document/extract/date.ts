const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export interface FoundDate {
  /** yyyy-MM-dd, or MM-dd where the year is missing. */
  readonly date: string
  readonly text: string
  readonly index: number
}

const numeric = /\b([0-3]?\d)\s?[/.-]\s?([01]?\d)\s?[/.-]\s?((?:19|20)\d{2}|\d{2})\b/g
/** With a blank before it a year has four digits: "10 Apr 10 Apr" is twice the same day. */
const named =
  /\b([0-3]?\d)[ -]([A-Z][a-z]{2}|[A-Z]{3})[a-z]*(?:[ '-]+((?:19|20)\d{2})\b|[-'](\d{2})\b)?/g

/** Dates in day-month order as they are written in India; two-digit years are of this century. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = []
  for (const match of text.matchAll(numeric)) {
    const date = isoDate(match[3], Number(match[2]), Number(match[1]))
    if (date) found.push({ date, text: match[0], index: match.index })
  }
  for (const match of text.matchAll(named)) {
    const month = months.indexOf((match[2] ?? '').toLowerCase()) + 1
    const date = month > 0 ? isoDate(match[3] ?? match[4], month, Number(match[1])) : null
    if (date) found.push({ date, text: match[0], index: match.index })
  }
  return found.toSorted((a, b) => a.index - b.index)
}

function isoDate(year: string | undefined, month: number, day: number): string | null {
  const full = year?.length === 2 ? `20${year}` : year
  // 2000 is a leap year, so that 29 February passes where the year is not known.
  const check = new Date(Date.UTC(Number(full ?? 2000), month - 1, day))
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null
  const rest = check.toISOString().slice(5, 10)
  return full === undefined ? rest : `${full}-${rest}`
}

const monthAndYear =
  /\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b[\s,.'-]*(20\d{2}|\d{2})\b/i

/** `April 2026`, `Apr-26` or `04/2026` as yyyy-MM. */
export function findMonth(text: string): string | null {
  const word = monthAndYear.exec(text)
  if (word) {
    const month = months.indexOf((word[1] ?? '').slice(0, 3).toLowerCase()) + 1
    const year = word[2]?.length === 2 ? `20${word[2]}` : word[2]
    return `${year}-${String(month).padStart(2, '0')}`
  }
  const number = /\b(0[1-9]|1[0-2])[/-](20\d{2})\b/.exec(text)
  return number ? `${number[2]}-${number[1]}` : null
}

/** Whole days from one yyyy-MM-dd to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
