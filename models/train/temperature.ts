import { logitsOf, softmax, type TextClassifier } from '../text/classifier.ts'
import type { TextExample } from './softmax-regression.ts'

interface Logits {
  readonly values: readonly number[]
  readonly label: number
}

/** Divides the logits by a temperature and rounds, so that the file does not hang on a platform's last digit. */
export const withTemperature = (model: TextClassifier, temperature: number): TextClassifier => {
  const cool = (weight: number): number => Number((weight / temperature).toFixed(4))
  return {
    ...model,
    weights: model.weights.map((row) => row.map(cool)),
    bias: model.bias.map(cool),
  }
}

/** Mean log loss of logits divided by the temperature. */
const logLoss = (logits: readonly Logits[], temperature: number): number =>
  logits.reduce((sum, { values, label }) => {
    const probabilities = softmax(values.map((value) => value / temperature))
    return sum - Math.log(Math.max(1e-12, probabilities[label] as number))
  }, 0) / logits.length

/** The temperature with the least log loss on texts that training did not see (golden section search on 0.25…4). */
export function fitTemperature(model: TextClassifier, examples: readonly TextExample[]): number {
  const logits = examples.map(({ text, label }) => ({ values: logitsOf(model, text), label }))
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [0.25, 4]
  while (high - low > 0.005) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (logLoss(logits, a) < logLoss(logits, b)) high = b
    else low = a
  }
  return Number(((low + high) / 2).toFixed(2))
}
