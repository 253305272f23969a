import { softmax, tfIdf, type TextClassifier } from '../text/classifier.ts'
import { termWeights } from '../text/vector.ts'
import type { Random } from './random.ts'

export interface TextExample {
  readonly text: string
  /** Index of the label. */
  readonly label: number
}
interface TextTraining {
  readonly labels: number
  readonly buckets: number
  readonly epochs: number
  /** Step of AdaGrad. */
  readonly rate: number
  /** Penalty on the weights, per step. */
  readonly decay: number
}

/** ln((1 + N) / (1 + n)) + 1, n the number of texts with the bucket; zero where none has it. */
function inverseFrequencies(texts: readonly string[], buckets: number): number[] {
  const counts = Array.from({ length: buckets }, () => 0)
  for (const text of texts)
    for (const bucket of termWeights(text, buckets).keys())
      counts[bucket] = (counts[bucket] as number) + 1
  return counts.map((count) =>
    count === 0 ? 0 : Number((Math.log((1 + texts.length) / (1 + count)) + 1).toFixed(4)),
  )
}

/** Softmax regression on tf-idf by stochastic gradients (AdaGrad), the texts in a new order each epoch. */
export function fitTextClassifier(
  examples: readonly TextExample[],
  { labels, buckets, epochs, rate, decay }: TextTraining,
  random: Random,
): TextClassifier {
  const idf = inverseFrequencies(
    examples.map(({ text }) => text),
    buckets,
  )
  const rows = examples.map(({ text, label }) => ({ vector: [...tfIdf(text, idf)], label }))
  const weights = Array.from({ length: labels }, () => new Float64Array(buckets))
  const squares = Array.from({ length: labels }, () => new Float64Array(buckets).fill(1e-6))
  const bias = new Float64Array(labels)
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const { vector, label } of random.shuffle(rows)) {
      const logits = weights.map((row, at) =>
        vector.reduce(
          (sum, [bucket, value]) => sum + (row[bucket] as number) * value,
          bias[at] as number,
        ),
      )
      softmax(logits).forEach((probability, at) => {
        const miss = probability - (at === label ? 1 : 0)
        const row = weights[at] as Float64Array
        const square = squares[at] as Float64Array
        bias[at] = (bias[at] as number) - 0.01 * miss
        for (const [bucket, value] of vector) {
          const gradient = miss * value + decay * (row[bucket] as number)
          square[bucket] = (square[bucket] as number) + gradient * gradient
          row[bucket] =
            (row[bucket] as number) - (rate * gradient) / Math.sqrt(square[bucket] as number)
        }
      })
    }
  return { idf, weights: weights.map((row) => [...row]), bias: [...bias] }
}
