import { z } from 'zod'
import type { ModelClass } from '#core/node/services.ts'
import { termWeights } from './vector.ts'

/** What the service needs beside the ONNX file. */
export const classifierCard = z.object({
  /** In the order of the model's outputs. */
  labels: z.array(z.string()).min(2),
  /** The label that a rejected text takes. */
  rejectLabel: z.string(),
  /** Length of the input vector. */
  buckets: z.int(),
  /** Softmax temperature, already part of the model's weights. */
  temperature: z.number(),
  /** A confidence below is rejected. */
  rejectBelow: z.number(),
})
export type ClassifierCard = z.output<typeof classifierCard>

/** Softmax regression over tf-idf; `weights[label][bucket]`, temperature folded in. */
export interface TextClassifier {
  readonly idf: readonly number[]
  readonly weights: readonly (readonly number[])[]
  readonly bias: readonly number[]
}

/** tf-idf of unit length; empty where the text has no known word. */
export function tfIdf(text: string, idf: readonly number[]): Map<number, number> {
  const weighted = [...termWeights(text, idf.length)].map(
    ([bucket, weight]) => [bucket, weight * (idf[bucket] as number)] as const,
  )
  const length = Math.hypot(...weighted.map(([, weight]) => weight))
  return new Map(length === 0 ? [] : weighted.map(([bucket, weight]) => [bucket, weight / length]))
}

export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const sum = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / sum)
}

export function logitsOf(model: TextClassifier, text: string): number[] {
  const vector = [...tfIdf(text, model.idf)]
  return model.bias.map((bias, label) =>
    vector.reduce(
      (sum, [bucket, weight]) => sum + weight * (model.weights[label]?.[bucket] ?? 0),
      bias,
    ),
  )
}

/** Probability of each label, in plain TypeScript; the ONNX file must agree with it. */
export const classifyText = (model: TextClassifier, text: string): number[] =>
  softmax(logitsOf(model, text))

/**
 * The answer that a caller gets. A text without any word, or one whose best label is not sure enough,
 * is rejected.
 */
export function pickLabel(
  card: ClassifierCard,
  probabilities: readonly number[],
  empty: boolean,
): Pick<ModelClass, 'label' | 'confidence' | 'probabilities' | 'rejected'> {
  const confidence = empty ? 0 : Math.max(...probabilities)
  const rejected = empty || confidence < card.rejectBelow
  const best = card.labels[probabilities.indexOf(Math.max(...probabilities))] ?? card.rejectLabel
  return {
    label: rejected ? card.rejectLabel : best,
    confidence,
    probabilities: Object.fromEntries(
      card.labels.map((label, at) => [label, probabilities[at] ?? 0]),
    ),
    rejected,
  }
}
