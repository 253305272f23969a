import type { ScorecardPart } from '#core/decision/scorecard.ts'

type Cutoffs = NonNullable<ScorecardPart['cutoffs']>
type Outcome = 'decline' | 'refer' | 'approve'

/** Counts over equal steps; a score on an edge counts above it. */
export interface Histogram {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly counts: readonly number[]
}

/** A stretch of scores with one outcome; `from` and `to` lie within the histogram. */
export interface Zone {
  readonly outcome: Outcome
  readonly from: number
  readonly to: number
  readonly count: number
  /** Of them those of whom it is known how it went, and of those who went bad. */
  readonly known: number
  readonly bad: number
}

/** The least number of 1, 2 or 5 with zeros that is not below. */
export function niceStep(least: number): number {
  if (!(least > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-12)) ?? 10)
}

/** What an applicant can score at least and at most. */
export function scoreRange({ base, characteristics }: ScorecardPart): readonly [number, number] {
  const all = characteristics.map(({ bins, missing }) => [
    ...bins.map(({ points }) => points),
    ...(missing === undefined ? [] : [missing.points]),
  ])
  const sum = (pick: (...points: number[]) => number): number =>
    all.reduce((total, points) => total + (points.length === 0 ? 0 : pick(...points)), base)
  return [sum(Math.min), sum(Math.max)]
}

const mostBars = 30

/** The scores in bars of a round width, over everything that `wanted` names. */
export function histogram(scores: readonly number[], wanted: readonly number[]): Histogram {
  const extent = (list: readonly number[], from: readonly [number, number]) =>
    list.reduce<readonly [number, number]>(
      ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
      from,
    )
  const [low, high] = extent(scores, extent(wanted, [Infinity, -Infinity]))
  if (low > high) return { from: 0, to: 1, step: 1, counts: [0] }
  const step = niceStep((high - low) / mostBars)
  const from = Math.floor(low / step) * step
  const bars = Math.max(1, Math.floor((high - from) / step) + 1)
  const counts = Array.from({ length: bars }, () => 0)
  for (const score of scores) {
    const bar = Math.min(bars - 1, Math.floor((score - from) / step))
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  return { from, to: from + bars * step, step, counts }
}

/** What the cut-offs make of the scores, from the lowest up; nothing without a cut-off. */
export function zonesOf(
  { declineBelow, approveFrom }: Cutoffs,
  { from, to }: Pick<Histogram, 'from' | 'to'>,
  {
    scores,
    bads,
  }: { readonly scores: readonly number[]; readonly bads: readonly (boolean | null)[] },
): Zone[] {
  if (declineBelow === undefined && approveFrom === undefined) return []
  const low = declineBelow ?? -Infinity
  const high = Math.max(low, approveFrom ?? low)
  const within = (value: number): number => Math.min(to, Math.max(from, value))
  const bounds: readonly (readonly [Outcome, number, number])[] = [
    ['decline', -Infinity, low],
    ['refer', low, high],
    ['approve', high, Infinity],
  ]
  return bounds
    .filter(([, start, end]) => start < end)
    .map(([outcome, start, end]) => {
      const inside = scores.flatMap((score, index) =>
        score >= start && score < end ? [bads[index] ?? null] : [],
      )
      return {
        outcome,
        from: within(start),
        to: within(end),
        count: inside.length,
        known: inside.filter((bad) => bad !== null).length,
        bad: inside.filter((bad) => bad === true).length,
      }
    })
}

/** The middle score; the mean of the middle two where their number is even. Null without any. */
export function median(scores: readonly number[]): number | null {
  const sorted = scores.toSorted((a, b) => a - b)
  const right = sorted[Math.floor(sorted.length / 2)]
  const left = sorted[Math.ceil(sorted.length / 2) - 1]
  return left === undefined || right === undefined ? null : (left + right) / 2
}
