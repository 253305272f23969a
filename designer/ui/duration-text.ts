const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time in ms as people read it: `340 ms`, `1.2 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < minute) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
    small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
  if (ms < hour) return two(Math.floor(ms / minute), 'min', Math.floor((ms % minute) / 1000), 's')
  if (ms < day) return two(Math.floor(ms / hour), 'h', Math.floor((ms % hour) / minute), 'min')
  return two(Math.floor(ms / day), 'd', Math.floor((ms % day) / hour), 'h')
}
