import { TerminalError } from '#core/errors.ts'
import { weekdays, type Calendar } from '#core/calendar/calendar.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** So many business days or hours. Of days only whole ones count. */
export type BusinessTime = { readonly days: number } | { readonly hours: number }

/**
 * The moment, ms since the epoch, at which so much business time has passed since `at`.
 * Days: the close of the n-th open day after the day of `at`, which does not count itself; a day that is open
 * until midnight closes a millisecond before, for midnight is already of the next.
 * Hours: the earliest moment by which the calendar was open for so long. Of no time it is `at` itself.
 */
export const businessDeadline = (calendar: Calendar, at: number, time: BusinessTime): number =>
  'days' in time ? afterDays(calendar, at, time.days) : afterHours(calendar, at, time.hours)

function afterDays(calendar: Calendar, at: number, days: number): number {
  if (days <= 0) return at
  const open = openDays(calendar, dayOf(calendar, at) + 1)
  let closes = at
  for (let left = days; left > 0; left -= 1) closes = open.next().value.closes
  return dayOf(calendar, closes - 1) === dayOf(calendar, closes) ? closes : closes - 1
}

function afterHours(calendar: Calendar, at: number, hours: number): number {
  let left = Math.round(hours * hour)
  if (left <= 0) return at
  for (const { opens, closes } of openDays(calendar, dayOf(calendar, at))) {
    const from = Math.max(opens, at)
    const length = Math.max(0, closes - from)
    if (length >= left) return from + left
    left -= length
  }
  return at
}

/** The number of the local day, counted from 1 January 1970. */
const dayOf = ({ offset }: Calendar, at: number): number => Math.floor((at + offset * minute) / day)

interface OpenDay {
  /** ms since the epoch */
  readonly opens: number
  readonly closes: number
}

const tenYears = 3_653

/** The open days from the day `first` on, without end. @throws TerminalError CALENDAR_NEVER_OPEN */
function* openDays(calendar: Calendar, first: number): Generator<OpenDay, never> {
  const holidays = new Set(calendar.holidays.map(({ date }) => date))
  for (let number = first, last = first; ; number += 1) {
    if (number - last > tenYears)
      throw new TerminalError('CALENDAR_NEVER_OPEN', { calendar: calendar.id })
    // 1 January 1970 was a Thursday.
    const weekday = weekdays[(((number + 3) % 7) + 7) % 7]
    const hours = weekday && calendar.workdays[weekday]
    const date = new Date(number * day).toISOString().slice(0, 10)
    if (!hours || holidays.has(date) || holidays.has(date.slice(5))) continue
    last = number
    const midnight = number * day - calendar.offset * minute
    yield { opens: midnight + ms(hours.opens), closes: midnight + ms(hours.closes) }
  }
}

function ms(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * hour + minutes * minute
}
