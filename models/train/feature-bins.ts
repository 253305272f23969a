import { monotoneBins } from './monotone-bins.ts'
import {
  addCounts,
  countRows,
  informationValue,
  noCounts,
  rowsOf,
  weightOfEvidence,
  type Counts,
} from '#core/decision/woe.ts'

export interface Column {
  readonly name: string
  /** Numbers, or codes into `categories`; NaN is missing. */
  readonly values: readonly number[]
  readonly categories?: readonly string[]
}

export interface WoeBin extends Counts {
  readonly label: string
  readonly upTo: number | null
  readonly woe: number
  readonly share: number
}
export interface FeatureBins {
  readonly bins: readonly WoeBin[]
  readonly missing: WoeBin
  readonly iv: number
}

/** Below this many rows a missing bin or category says nothing and weighs nothing. */
const fewestRows = 20

const rangeLabel = (from: number | null, upTo: number | null): string => {
  if (from === null) return upTo === null ? 'any' : `up to ${upTo}`
  return upTo === null ? `over ${from}` : `over ${from} up to ${upTo}`
}

function categoryCounts(column: Column, target: readonly boolean[], code: number): Counts {
  return countRows(target.filter((_, row) => column.values[row] === code))
}

/** WoE bins of one column, the missing rows in a bin of their own. */
export function binFeature(column: Column, target: readonly boolean[]): FeatureBins {
  const all = countRows(target)
  const complete = (label: string, upTo: number | null, counts: Counts): WoeBin => ({
    label,
    upTo,
    goods: counts.goods,
    bads: counts.bads,
    woe: rowsOf(counts) < fewestRows ? 0 : weightOfEvidence(counts, all),
    share: rowsOf(counts) / target.length,
  })
  const { categories } = column
  const bins =
    categories === undefined
      ? monotoneBins(column.values, target).map((bin, at, list) =>
          complete(rangeLabel(list[at - 1]?.upTo ?? null, bin.upTo), bin.upTo, bin),
        )
      : categories.map((category, code) =>
          complete(
            category,
            code === categories.length - 1 ? null : code + 0.5,
            categoryCounts(column, target, code),
          ),
        )
  const known = bins.reduce<Counts>(addCounts, noCounts)
  const missing = complete('missing', null, {
    goods: all.goods - known.goods,
    bads: all.bads - known.bads,
  })
  return { bins, missing, iv: informationValue([...bins, missing], all) }
}

/** The bin of a value while training; in double precision, unlike a scorecard's. */
export const woeOf = ({ bins, missing }: FeatureBins, value: number): number =>
  (Number.isFinite(value)
    ? (bins.find(({ upTo }) => upTo === null || value <= upTo) ?? missing)
    : missing
  ).woe
