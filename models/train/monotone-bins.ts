import { addCounts, badRate, informationValue, rowsOf, type Counts } from '#core/decision/woe.ts'

/** Values above the bin before, up to and with `upTo`; the last is unbounded. */
export interface NumberBin extends Counts {
  readonly upTo: number | null
}
interface FineBin extends Counts {
  readonly low: number
  readonly high: number
}
interface BinningOptions {
  /** @default 7 */
  readonly most?: number
  /** Least share of the rows in a bin. @default 0.03 */
  readonly least?: number
}

const merge = (low: FineBin, high: FineBin): FineBin => ({
  low: low.low,
  high: high.high,
  ...addCounts(low, high),
})

/** Bins of about a thirtieth of the rows; equal values never part. */
function fineBins(values: readonly number[], target: readonly boolean[], size: number): FineBin[] {
  const order = [...values.keys()]
    .filter((row) => Number.isFinite(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number))
  const bins: FineBin[] = []
  for (const row of order) {
    const value = values[row] as number
    const one: FineBin = {
      low: value,
      high: value,
      goods: target[row] ? 0 : 1,
      bads: target[row] ? 1 : 0,
    }
    const last = bins.at(-1)
    if (last === undefined || (rowsOf(last) >= size && value > last.high)) bins.push(one)
    else bins[bins.length - 1] = merge(last, one)
  }
  return bins
}

/** Pools neighbours until the bad rate only rises (`sign` 1) or only falls (−1): pool adjacent violators. */
function pool(bins: readonly FineBin[], sign: 1 | -1): FineBin[] {
  const pooled: FineBin[] = []
  for (const bin of bins) {
    pooled.push(bin)
    for (;;) {
      const [low, high] = pooled.slice(-2)
      if (low === undefined || high === undefined) break
      if (sign * (badRate(high) - badRate(low)) >= 0) break
      pooled.splice(-2, 2, merge(low, high))
    }
  }
  return pooled
}

/** Merges the two neighbours that are most alike until there are few enough and none is too small. */
function coarsen(bins: readonly FineBin[], most: number, least: number): FineBin[] {
  const coarse = [...bins]
  const closest = (from: readonly number[]): number =>
    from.reduce((best, at) => {
      const gap = (k: number): number =>
        Math.abs(badRate(coarse[k] as FineBin) - badRate(coarse[k + 1] as FineBin))
      return gap(at) < gap(best) ? at : best
    })
  while (coarse.length > 1) {
    const pairs = [...coarse.keys()].slice(0, -1)
    const small = pairs.filter((at) =>
      [coarse[at], coarse[at + 1]].some((bin) => rowsOf(bin as FineBin) < least),
    )
    if (coarse.length <= most && small.length === 0) break
    const at = closest(small.length > 0 ? small : pairs)
    coarse.splice(at, 2, merge(coarse[at] as FineBin, coarse[at + 1] as FineBin))
  }
  return coarse
}

/** The number with the fewest digits in [low, high): a cut that a person can read. */
export function roundBetween(low: number, high: number): number {
  for (let decimals = -6; decimals < 15; decimals++) {
    const unit = 10 ** -decimals
    const rounded = Number((Math.ceil(low / unit - 1e-12) * unit).toFixed(Math.max(0, decimals)))
    if (rounded >= low && rounded < high) return rounded
  }
  return low
}

/** Bins whose bad rate is monotone in the value, in the direction of the greater information value. NaN rows are left out. */
export function monotoneBins(
  values: readonly number[],
  target: readonly boolean[],
  { most = 7, least = 0.03 }: BinningOptions = {},
): NumberBin[] {
  const fine = fineBins(values, target, Math.max(30, Math.floor(values.length / 30)))
  const all = fine.reduce<Counts>(addCounts, { goods: 0, bads: 0 })
  const [rising, falling] = ([1, -1] as const).map((sign) =>
    coarsen(pool(fine, sign), most, least * values.length),
  ) as [FineBin[], FineBin[]]
  const best = informationValue(rising, all) >= informationValue(falling, all) ? rising : falling
  return best.map(({ goods, bads, high }, at) => {
    const next = best[at + 1]
    return { goods, bads, upTo: next === undefined ? null : roundBetween(high, next.low) }
  })
}
