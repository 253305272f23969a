/** A stretch of time in which nothing happened, drawn narrow: from and to in ms, the place in 0…1. */
interface Fold {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

export interface TimeScale {
  /** Where a time stands between the first and the last, 0…1. */
  readonly place: (at: number) => number
  readonly folds: readonly Fold[]
  readonly from: number
  readonly to: number
}

const foldsFrom = 10_000
/** A fold is as wide as this part of all that is not folded. */
const foldWeight = 0.12

/**
 * A scale over all `times` (ms) that stays linear where things happen and folds idle stretches:
 * a gap longer than ten seconds that is at least a quarter of the whole.
 */
export function timeScale(times: readonly number[]): TimeScale {
  const stops = [...new Set(times)].toSorted((a, b) => a - b)
  const from = stops[0] ?? 0
  const to = stops.at(-1) ?? from
  const gaps = stops.slice(1).map((stop, index) => ({ from: stops[index] ?? stop, to: stop }))
  const isFold = (gap: { from: number; to: number }): boolean =>
    gap.to - gap.from > foldsFrom && gap.to - gap.from >= (to - from) / 4
  const linear = gaps.reduce((sum, gap) => (isFold(gap) ? sum : sum + gap.to - gap.from), 0)
  const weightOf = (gap: { from: number; to: number }): number =>
    isFold(gap) ? (linear === 0 ? 1 : linear * foldWeight) : gap.to - gap.from
  const total = gaps.reduce((sum, gap) => sum + weightOf(gap), 0)

  let before = 0
  const pieces = gaps.map((gap) => {
    const start = before / total
    before += weightOf(gap)
    return { ...gap, start, end: before / total, folded: isFold(gap) }
  })

  const place = (at: number): number => {
    if (at <= from || pieces.length === 0) return 0
    if (at >= to) return 1
    const piece = pieces.find((each) => at <= each.to) ?? pieces.at(-1)
    if (piece === undefined) return 1
    return piece.start + ((at - piece.from) / (piece.to - piece.from)) * (piece.end - piece.start)
  }
  return { place, folds: pieces.filter((piece) => piece.folded), from, to }
}

const steps = [1, 2, 5]

/** Round distances from the start for the axis, in ms: about `count` of them, none inside a fold. */
export function axisTicks(scale: TimeScale, count = 5): number[] {
  const length = scale.to - scale.from
  const folded = scale.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0)
  const wanted = (length - folded) / count
  if (wanted <= 0) return []
  const power = 10 ** Math.floor(Math.log10(wanted))
  const every = Math.max(1, (steps.find((step) => step * power >= wanted) ?? 10) * power)
  const first = scale.folds[0]
  const end = first === undefined ? length : first.from - scale.from
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, index) => index * every)
}
