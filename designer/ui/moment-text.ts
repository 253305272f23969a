import { durationText } from './duration-text.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const sameDay = (a: number, b: number): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString()

/** The clock time today, the date with the time before; `at` and `now` in ms since the epoch. */
export const momentText = (at: number, now: number): string =>
  sameDay(at, now) ? clock.format(at) : `${dayAndMonth.format(at)}, ${clock.format(at)}`

export const clockText = (at: number): string => clockSeconds.format(at)
export const fullTime = (at: number): string => full.format(at)

/** `in 3 h`, `2 d ago`: how far a due time is from now. */
export const distanceText = (at: number, now: number): string => {
  const far = durationText(Math.abs(at - now))
  const coarse = far.split(' ').slice(0, 2).join(' ')
  return at >= now ? `in ${coarse}` : `${coarse} ago`
}
