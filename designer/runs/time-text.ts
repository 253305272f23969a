const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, '')

/** A length of time in at most two units: `840 ms`, `2.4 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function durationText(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < minute) return `${trimmed(Math.floor(ms / 100) / 10)} s`
  const [size, unit, small, smallUnit] =
    ms < hour
      ? ([minute, 'min', second, 's'] as const)
      : ms < day
        ? ([hour, 'h', minute, 'min'] as const)
        : ([day, 'd', hour, 'h'] as const)
  const rest = Math.floor((ms % size) / small)
  const whole = `${Math.floor(ms / size)} ${unit}`
  return rest === 0 ? whole : `${whole} ${rest} ${smallUnit}`
}

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
