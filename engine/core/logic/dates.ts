import type { Json } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'

const DAY = 86_400_000
const INDIA = 330

/** A calendar day, without zone. */
interface Day {
  readonly year: number
  /** 1…12 */
  readonly month: number
  readonly day: number
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')
const format = ({ year, month, day }: Day): string =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
const number = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day) / DAY

/** `YYYY-MM-DD`, alone or before a time; null for anything that is no day of the calendar. */
export function parseDay(value: Json): Day | null {
  if (typeof value !== 'string') return null
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(value)
  if (!found) return null
  const day = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }
  // Below 100 `Date.UTC` means 19xx.
  if (day.year < 100) return null
  const back = new Date(Date.UTC(day.year, day.month - 1, day.day))
  return back.getUTCMonth() === day.month - 1 && back.getUTCDate() === day.day ? day : null
}

/** Start of the day in the zone, ms since the epoch. */
export const startOfDay = (day: Day, offset: number = INDIA): number =>
  number(day) * DAY - offset * 60_000

/** The day that the step's time falls on in the tenant's zone. */
export function today({ at, offset = INDIA }: Env): string | null {
  const date = new Date(at + offset * 60_000)
  if (Number.isNaN(date.getTime())) return null
  return date.toISOString().slice(0, 10)
}

/** Days from the first to the second; negative backwards. */
export function daysBetween(from: Json, to: Json): number | null {
  const [a, b] = [parseDay(from), parseDay(to)]
  return a && b ? number(b) - number(a) : null
}

/** Whole months from the first to the second, towards zero: 31 January to 28 February is 0. */
export function monthsBetween(from: Json, to: Json): number | null {
  const [a, b] = [parseDay(from), parseDay(to)]
  if (!a || !b) return null
  const months = (b.year - a.year) * 12 + (b.month - a.month)
  if (months > 0 && b.day < a.day) return months - 1
  if (months < 0 && b.day > a.day) return months + 1
  return months
}

/** Whole years, towards zero: an age in completed years. */
export function yearsBetween(from: Json, to: Json): number | null {
  const months = monthsBetween(from, to)
  return months === null ? null : Math.trunc(months / 12) + 0
}

/** The same day `months` later, or the last day of that month. */
export function addMonths(date: Json, months: Json): string | null {
  const day = parseDay(date)
  if (!day || typeof months !== 'number' || !Number.isInteger(months)) return null
  const index = day.year * 12 + day.month - 1 + months
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  if (year < 100 || year > 9999) return null
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return format({ year, month, day: Math.min(day.day, last) })
}

export const monthOf = (date: Json): number | null => parseDay(date)?.month ?? null

/** 1 is Monday. */
export function weekdayOf(date: Json): number | null {
  const day = parseDay(date)
  // The first of January 1970 was a Thursday.
  return day && ((((number(day) + 3) % 7) + 7) % 7) + 1
}

export function dayOfYear(date: Json): number | null {
  const day = parseDay(date)
  return day && number(day) - number({ year: day.year, month: 1, day: 1 }) + 1
}

/** ISO 8601: the week of the day's own Thursday, counted in that day's year. */
export function weekOfYear(date: Json): number | null {
  const day = parseDay(date)
  const weekday = weekdayOf(date)
  if (!day || weekday === null) return null
  const thursday = number(day) - weekday + 4
  const year = new Date(thursday * DAY).getUTCFullYear()
  return Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) + 1
}
