import { probabilityOf } from './scale.ts'
import type { Scorecard, ScorecardBin, ScorecardFeature } from './scorecard.ts'

/** The bin of an encoded value; NaN is missing. Compared in single precision, as the ONNX graph does. */
function binOf(feature: Pick<ScorecardFeature, 'bins' | 'missing'>, value: number): ScorecardBin {
  if (!Number.isFinite(value)) return feature.missing
  const single = Math.fround(value)
  return (
    feature.bins.find(({ upTo }) => upTo === null || single <= Math.fround(upTo)) ?? feature.missing
  )
}

export interface PlainScore {
  /** By feature, in the scorecard's order. */
  readonly points: readonly number[]
  readonly score: number
  readonly probability: number
}

/** The scorecard in plain TypeScript; the ONNX file must agree with it. @param row encoded values in the features' order */
export function scoreRow(
  card: Pick<Scorecard, 'features' | 'scale'>,
  row: readonly number[],
): PlainScore {
  const points = card.features.map((feature, at) => binOf(feature, row[at] ?? NaN).points)
  const score = points.reduce((sum, point) => sum + point, 0)
  return { points, score, probability: probabilityOf(score, card.scale) }
}

/** The band that a score reaches. */
export const categoryOf = (card: Pick<Scorecard, 'bands'>, score: number): string =>
  card.bands.find(({ from }) => from === null || score >= from)?.category ?? ''
