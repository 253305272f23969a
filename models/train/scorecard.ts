import { binPoints, type ScoreScale } from '../scorecard/scale.ts'
import type { ScorecardBin, ScorecardFeature } from '../scorecard/scorecard.ts'
import { binFeature, woeOf, type Column, type FeatureBins, type WoeBin } from './feature-bins.ts'
import { leakSuspects, type LeakSuspect } from './leakage.ts'
import { fitLogistic, type LogisticModel } from './logistic.ts'

/** A weight-of-evidence model before it is scaled to points. `model` predicts the log-odds of bad. */
export interface WoeModel {
  readonly features: readonly FeatureBins[]
  readonly model: LogisticModel
  /** Columns that seem to know the target: look before you use the model. */
  readonly alarms: readonly LeakSuspect[]
}

/** @param target true is bad */
export function fitWoeModel(columns: readonly Column[], target: readonly boolean[]): WoeModel {
  const features = columns.map((column) => binFeature(column, target))
  const rows = target.map((_, row) =>
    features.map((feature, at) => woeOf(feature, (columns[at] as Column).values[row] as number)),
  )
  return { features, model: fitLogistic(rows, target), alarms: leakSuspects(columns, target) }
}

/** Log-odds of bad of one row of encoded values. */
export const logOddsOf = (
  { features, model }: Pick<WoeModel, 'features' | 'model'>,
  row: readonly number[],
): number =>
  features.reduce(
    (sum, feature, at) => sum + (model.weights[at] as number) * woeOf(feature, row[at] as number),
    model.intercept,
  )

export type FeatureText = Pick<ScorecardFeature, 'title' | 'unit' | 'required' | 'reasons'>

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** Scales the model to whole points. `texts` by column name. */
export function scaleToPoints(
  { features, model }: Pick<WoeModel, 'features' | 'model'>,
  columns: readonly Column[],
  texts: Readonly<Record<string, FeatureText>>,
  scale: ScoreScale,
): ScorecardFeature[] {
  return features.map((feature, at): ScorecardFeature => {
    const column = columns[at] as Column
    const beta = model.weights[at] as number
    const scaled = (bin: WoeBin): ScorecardBin => ({
      ...bin,
      woe: round(bin.woe, 6),
      share: round(bin.share, 6),
      points: Math.round(
        binPoints({ woe: bin.woe, beta, alpha: model.intercept, features: features.length }, scale),
      ),
    })
    const bins = feature.bins.map(scaled)
    const missing = scaled(feature.missing)
    const average = [...bins, missing].reduce((sum, bin) => sum + bin.share * bin.points, 0)
    const text = texts[column.name]
    if (text === undefined) throw new RangeError(`no text for the feature ${column.name}`)
    return {
      name: column.name,
      ...text,
      ...(column.categories === undefined ? {} : { categories: [...column.categories] }),
      iv: round(feature.iv, 4),
      beta: round(beta, 6),
      bins,
      missing,
      averagePoints: round(average, 2),
    }
  })
}
