/** Rows of a bin by outcome. */
export interface Counts {
  readonly goods: number
  readonly bads: number
}

/** WoE = ln(%good / %bad). Half a row is added on each side, so that an empty side stays finite. */
export const weightOfEvidence = (bin: Counts, all: Counts): number =>
  Math.log((bin.goods + 0.5) / (all.goods + 0.5)) - Math.log((bin.bads + 0.5) / (all.bads + 0.5))

/** IV = Σ(%good − %bad)·WoE. Below .02 useless, .1 to .3 medium, above .5 suspect a leak. */
export const informationValue = (bins: readonly Counts[], all: Counts): number =>
  bins.reduce(
    (sum, bin) => sum + (bin.goods / all.goods - bin.bads / all.bads) * weightOfEvidence(bin, all),
    0,
  )

export const addCounts = (one: Counts, other: Counts): Counts => ({
  goods: one.goods + other.goods,
  bads: one.bads + other.bads,
})
export const noCounts: Counts = { goods: 0, bads: 0 }
export const rowsOf = ({ goods, bads }: Counts): number => goods + bads
export const badRate = (counts: Counts): number => counts.bads / rowsOf(counts)

export const countRows = (target: readonly boolean[]): Counts => {
  const bads = target.filter(Boolean).length
  return { goods: target.length - bads, bads }
}
