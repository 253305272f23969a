import { TerminalError } from '#core/errors.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { ScorecardFeature } from './scorecard.ts'

type Coding = Pick<ScorecardFeature, 'name' | 'title' | 'required' | 'categories'>

function encodeValue(feature: Coding, value: Json | undefined, model: string): number {
  const { categories } = feature
  if (value === null || value === undefined) {
    if (feature.required)
      throw new TerminalError('MODEL_FEATURE_MISSING', { model, feature: feature.name })
    return Number.NaN
  }
  if (categories === undefined) {
    if (typeof value === 'number') return value
    throw new TerminalError('MODEL_FEATURE_TYPE', {
      model,
      feature: feature.name,
      expected: 'a number',
    })
  }
  const code = typeof value === 'string' ? categories.indexOf(value) : -1
  if (code < 0)
    throw new TerminalError('MODEL_FEATURE_TYPE', {
      model,
      feature: feature.name,
      expected: `one of ${categories.join(', ')}`,
    })
  return code
}

/**
 * Features by name as the model's input row: numbers as they are, categories by code, NaN for what is
 * missing or null. Names that the model does not know are ignored.
 * @throws TerminalError MODEL_FEATURE_MISSING, MODEL_FEATURE_TYPE; the value itself is never in the error
 */
export const encodeFeatures = (
  features: readonly Coding[],
  values: JsonObject,
  model: string,
): number[] =>
  features.map((feature) =>
    encodeValue(
      feature,
      Object.hasOwn(values, feature.name) ? values[feature.name] : undefined,
      model,
    ),
  )
