import type { Json } from '#core/json.ts'
import { addMonths, monthsBetween, parseDay } from '#core/logic/dates.ts'
import type { Env } from '#core/logic/evaluation.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A duration counts months or milliseconds, never both. */
type Duration = { readonly months: number } | { readonly ms: number }

const written =
  /^(-?)P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,7})D)?(T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/

/** ISO 8601: `P1Y6M`, or `P10DT2H30M`; null for anything else, and where months stand beside days. */
function parseDuration(value: Json): Duration | null {
  const found = typeof value === 'string' ? written.exec(value) : null
  if (!found || /[PT]$/.test(found[0])) return null
  const part = (index: number) => Number(found[index] ?? 0)
  const sign = found[1] === '-' ? -1 : 1
  const months = found[2] !== undefined || found[3] !== undefined
  const days = found[4] !== undefined || found[5] !== undefined
  if (months && days) return null
  if (months) return { months: sign * (part(2) * 12 + part(3)) + 0 }
  const ms = part(4) * DAY + part(6) * HOUR + part(7) * MINUTE + Math.round(part(8) * SECOND)
  return { ms: sign * ms + 0 }
}

const unit = (count: number, name: string): string => (count === 0 ? '' : `${count}${name}`)

function formatDuration(duration: Duration): string {
  const all = 'months' in duration ? duration.months : duration.ms
  const size = Math.abs(all)
  const sign = all < 0 ? '-' : ''
  if ('months' in duration)
    return size === 0 ? 'P0M' : `${sign}P${unit(Math.floor(size / 12), 'Y')}${unit(size % 12, 'M')}`
  if (size === 0) return 'PT0S'
  const time =
    unit(Math.floor((size % DAY) / HOUR), 'H') +
    unit(Math.floor((size % HOUR) / MINUTE), 'M') +
    unit((size % MINUTE) / SECOND, 'S')
  return `${sign}P${unit(Math.floor(size / DAY), 'D')}${time && `T${time}`}`
}

/** The duration in its shortest form, so that equal ones are written alike. */
export function toDuration(value: Json): string | null {
  const duration = parseDuration(value)
  return duration && formatDuration(duration)
}

export function monthsDuration(from: Json, to: Json): string | null {
  const months = monthsBetween(from, to)
  return months === null ? null : formatDuration({ months })
}

/** Months, or seconds: what two durations of one kind compare by. */
export function durationSize(value: Json): number | null {
  const duration = parseDuration(value)
  if (!duration) return null
  return 'months' in duration ? duration.months : duration.ms / SECOND
}

/** A day, or a time on a day with the offset that is written behind it. */
interface Moment {
  /** As if its offset were none. */
  readonly local: number
  readonly timed: boolean
  readonly offset: string
}

const clock =
  /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/

function parseMoment(value: Json): Moment | null {
  const day = parseDay(value)
  if (!day || typeof value !== 'string') return null
  const midnight = Date.UTC(day.year, day.month - 1, day.day)
  if (value.length === 10) return { local: midnight, timed: false, offset: '' }
  const time = clock.exec(value.slice(11))
  if (!time) return null
  const [, hours, minutes, seconds = '0', fraction = '', offset = ''] = time
  const ms = Math.floor(Number(`0${fraction}`) * SECOND)
  const within = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + ms
  return { local: midnight + within, timed: true, offset }
}

function formatMoment({ local, timed, offset }: Moment): string | null {
  const date = new Date(local)
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  if (!/^\d{4}-/.test(text) || text < '0100') return null
  if (!timed) return text.slice(0, 10)
  return text.slice(0, 19) + (text.slice(19, 23) === '.000' ? '' : text.slice(19, 23)) + offset
}

const instant = ({ local, offset }: Moment): number => {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  const east = Number(hours) * HOUR + Number(minutes) * MINUTE
  return local - (sign === '-' ? -east : east)
}

/** Of a time on a day with its offset, ms since the epoch; null for any other text. */
export function instantOf(text: string): number | null {
  // Nearly every text that is compared is none: it is told by one sign.
  if (text.length < 17 || text[10] !== 'T') return null
  const moment = parseMoment(text)
  return moment === null || moment.offset === '' ? null : instant(moment)
}

function later(from: Json, duration: Duration, sign: 1 | -1): string | null {
  const moment = parseMoment(from)
  if (!moment || typeof from !== 'string') return null
  if ('ms' in duration) return formatMoment({ ...moment, local: moment.local + sign * duration.ms })
  const day = addMonths(from, sign * duration.months)
  return day === null ? null : day + from.slice(10)
}

/** Two durations of one kind; null where they differ. */
function together(a: Duration, b: Duration, sign: 1 | -1): string | null {
  if ('months' in a)
    return 'months' in b ? formatDuration({ months: a.months + sign * b.months }) : null
  return 'ms' in b ? formatDuration({ ms: a.ms + sign * b.ms }) : null
}

/** A day or time and a duration, or two durations. */
export function plusTime(a: Json, b: Json): string | null {
  const [first, second] = [parseDuration(a), parseDuration(b)]
  if (first && second) return together(first, second, 1)
  if (second) return later(a, second, 1)
  return first ? later(b, first, 1) : null
}

/** A duration back from a day or time, the duration between two of them, or two durations. */
export function minusTime(a: Json, b: Json): string | null {
  const [first, second] = [parseDuration(a), parseDuration(b)]
  if (first && second) return together(first, second, -1)
  if (second) return later(a, second, -1)
  const [to, from] = [parseMoment(a), parseMoment(b)]
  if (!to || !from || (to.offset === '') !== (from.offset === '')) return null
  return formatDuration({ ms: instant(to) - instant(from) })
}

/** The day of a day, or of a time on it. */
export const toDate = (value: Json): string | null => {
  const moment = parseMoment(value)
  return moment && typeof value === 'string' ? value.slice(0, 10) : null
}

export function dateOf(year: Json, month: Json, day: Json): string | null {
  const parts = [year, month, day]
  if (!parts.every((part) => typeof part === 'number' && Number.isInteger(part) && part >= 0))
    return null
  const [y, m, d] = parts.map(String) as [string, string, string]
  return toDate(`${y.padStart(4, '0')}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`)
}

/** A day and a time of the day, or a text of both; a day alone is its midnight. */
export function toDateTime(value: Json, time: Json = null): string | null {
  const moment = parseMoment(value)
  if (!moment || typeof value !== 'string') return null
  if (time !== null) {
    const clockTime = toTime(time)
    return clockTime && `${value.slice(0, 10)}T${clockTime}`
  }
  return moment.timed ? value : `${value}T00:00:00`
}

/** A time of the day, alone or of a day. */
export function toTime(value: Json): string | null {
  if (typeof value !== 'string') return null
  const time = parseMoment(value)?.timed === true ? value.slice(11) : value
  return clock.test(time) ? time : null
}

/** The step's time in the tenant's zone. */
export function now({ at, offset = 330 }: Env): string | null {
  const sign = offset < 0 ? '-' : '+'
  const pad = (count: number) => String(Math.floor(Math.abs(count))).padStart(2, '0')
  const zone = `${sign}${pad(offset / 60)}:${pad(Math.abs(offset) % 60)}`
  return formatMoment({ local: at + offset * MINUTE, timed: true, offset: zone })
}

const ofMoment: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  weekday: (date) => date.getUTCDay() || 7,
}
const ofTime: typeof ofMoment = {
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
}
const ofMonths: Readonly<Record<string, (months: number) => number>> = {
  years: (months) => Math.trunc(months / 12) + 0,
  months: (months) => (months % 12) + 0,
}
const ofSpan: Readonly<Record<string, (ms: number) => number>> = {
  days: (ms) => Math.trunc(ms / DAY) + 0,
  hours: (ms) => (Math.trunc(ms / HOUR) % 24) + 0,
  minutes: (ms) => (Math.trunc(ms / MINUTE) % 60) + 0,
  seconds: (ms) => (ms % MINUTE) / SECOND + 0,
}

export const timeParts: readonly string[] = [ofMoment, ofTime, ofMonths, ofSpan].flatMap(
  Object.keys,
)

/** `year`, `month`, `day`, `weekday` (1 is Monday), `hour`, `minute`, `second`; of a duration `years` … `seconds`. */
export function timePart(value: Json, name: Json): number | null {
  if (typeof name !== 'string' || !timeParts.includes(name)) return null
  const duration = parseDuration(value)
  if (duration && 'months' in duration) return ofMonths[name]?.(duration.months) ?? null
  if (duration) return ofSpan[name]?.(duration.ms) ?? null
  const time = parseMoment(value)
  if (time)
    return (
      (time.timed ? { ...ofMoment, ...ofTime } : ofMoment)[name]?.(new Date(time.local)) ?? null
    )
  const alone = toTime(value)
  return alone === null ? null : timeOnly(`2000-01-01T${alone}`, name)
}

const timeOnly = (value: string, name: string): number | null =>
  ofTime[name]?.(new Date(parseMoment(value)?.local ?? NaN)) ?? null
