/** Rows in order of their score with the count of events and others at each distinct score. */
function byScore(
  target: readonly boolean[],
  score: readonly number[],
): { readonly events: number; readonly others: number }[] {
  const order = [...score.keys()].sort((a, b) => (score[a] as number) - (score[b] as number))
  const groups: { score: number; events: number; others: number }[] = []
  for (const row of order) {
    const last = groups.at(-1)
    const value = score[row] as number
    const group = last?.score === value ? last : { score: value, events: 0, others: 0 }
    if (group !== last) groups.push(group)
    if (target[row]) group.events++
    else group.others++
  }
  return groups
}

/** Area under the ROC curve: the chance that an event scores above a non-event, ties half (Mann and Whitney). */
export function auc(target: readonly boolean[], score: readonly number[]): number {
  let below = 0
  let wins = 0
  let events = 0
  for (const group of byScore(target, score)) {
    wins += group.events * (below + group.others / 2)
    below += group.others
    events += group.events
  }
  return wins / (events * below)
}

export const gini = (areaUnderCurve: number): number => 2 * areaUnderCurve - 1

/** Kolmogorov and Smirnov: the greatest distance between the two cumulative distributions. */
export function ks(target: readonly boolean[], score: readonly number[]): number {
  const events = target.filter(Boolean).length
  const others = target.length - events
  let seenEvents = 0
  let seenOthers = 0
  return byScore(target, score).reduce((greatest, group) => {
    seenEvents += group.events
    seenOthers += group.others
    return Math.max(greatest, Math.abs(seenEvents / events - seenOthers / others))
  }, 0)
}

export interface CalibrationBand {
  readonly rows: number
  /** Mean probability that was predicted. */
  readonly predicted: number
  /** Share of events. */
  readonly observed: number
}

/** Rows in order of their probability, cut into bands of equal size. */
export function calibration(
  target: readonly boolean[],
  probability: readonly number[],
  bands = 10,
): CalibrationBand[] {
  const order = [...probability.keys()].sort(
    (a, b) => (probability[a] as number) - (probability[b] as number),
  )
  return Array.from({ length: bands }, (_, band) => {
    const rows = order.slice(
      Math.floor((band * order.length) / bands),
      Math.floor(((band + 1) * order.length) / bands),
    )
    const mean = (of: (row: number) => number): number =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length
    return {
      rows: rows.length,
      predicted: mean((row) => probability[row] as number),
      observed: mean((row) => (target[row] ? 1 : 0)),
    }
  })
}

/** Expected calibration error: the mean distance of predicted and observed, weighted by rows. */
export function calibrationError(bands: readonly CalibrationBand[]): number {
  const rows = bands.reduce((sum, band) => sum + band.rows, 0)
  return bands.reduce(
    (sum, band) => sum + (band.rows / rows) * Math.abs(band.predicted - band.observed),
    0,
  )
}
