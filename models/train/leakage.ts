import type { Column } from './feature-bins.ts'

/** A value that knows the outcome: many rows bear it, all end alike, and rows beside it do not. */
export interface LeakSuspect {
  readonly feature: string
  readonly value: number
  readonly rows: number
  /** The outcome that all its rows share; true is bad. */
  readonly bad: boolean
  /** Share of bad rows among those with the values next to it. */
  readonly badBeside: number
}

const fewestRows = 20
/** By chance one value in a thousand million may look so. */
const significance = Math.log(1e-9)

interface Spike {
  readonly value: number
  readonly from: number
  readonly upTo: number
}

/** Runs of equal values in the sorted column. */
function spikes(sorted: readonly number[]): Spike[] {
  const found: Spike[] = []
  let from = 0
  sorted.forEach((value, at) => {
    if (sorted[at + 1] === value) return
    if (at + 1 - from >= fewestRows) found.push({ value, from, upTo: at + 1 })
    from = at + 1
  })
  return found
}

/**
 * Finds columns that were filled in with knowledge of the target, for instance missing values replaced
 * by the mean of the target's class. Categories are not looked at.
 */
export function leakSuspects(
  columns: readonly Column[],
  target: readonly boolean[],
): LeakSuspect[] {
  return columns.flatMap(({ name, values, categories }) => {
    if (categories !== undefined) return []
    const order = [...values.keys()]
      .filter((row) => Number.isFinite(values[row]))
      .sort((a, b) => (values[a] as number) - (values[b] as number))
    const bads = (from: number, upTo: number): number =>
      order.slice(Math.max(0, from), upTo).filter((row) => target[row]).length
    return spikes(order.map((row) => values[row] as number)).flatMap(({ value, from, upTo }) => {
      const rows = upTo - from
      const bad = bads(from, upTo)
      if (bad !== 0 && bad !== rows) return []
      const reach = Math.max(100, 2 * rows)
      const beside = Math.min(from, reach) + Math.min(order.length - upTo, reach)
      const badBeside = (bads(from - reach, from) + bads(upTo, upTo + reach) + 1) / (beside + 2)
      const chance = rows * Math.log(bad === 0 ? 1 - badBeside : badBeside)
      return chance < significance ? [{ feature: name, value, rows, bad: bad > 0, badBeside }] : []
    })
  })
}
