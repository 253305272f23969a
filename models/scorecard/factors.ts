import type { JsonObject } from '#core/json.ts'
import type { ModelScore } from '#core/node/services.ts'
import type { ScorecardFeature } from './scorecard.ts'

/** What moved the score: points of each feature against the average applicant's, the largest move first. */
export function factorsOf(
  features: readonly ScorecardFeature[],
  values: JsonObject,
  points: readonly number[],
): ModelScore['factors'] {
  return features
    .map((feature, at) => {
      const value = (Object.hasOwn(values, feature.name) ? values[feature.name] : null) ?? null
      const contribution = Number(((points[at] as number) - feature.averagePoints).toFixed(2))
      const { missing, raises, lowers } = feature.reasons
      const text = value === null ? missing : contribution >= 0 ? raises : lowers
      return { feature: feature.name, value, contribution, text }
    })
    .toSorted((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution))
}
