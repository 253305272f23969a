import { classifyText, type TextClassifier } from '../text/classifier.ts'
import type { TextExample } from './softmax-regression.ts'

/** Divides the logits by a temperature and rounds, so that the file does not hang on a platform's last digit. */
export const withTemperature = (model: TextClassifier, temperature: number): TextClassifier => {
  const cool = (weight: number): number => Number((weight / temperature).toFixed(4))
  return {
    ...model,
    weights: model.weights.map((row) => row.map(cool)),
    bias: model.bias.map(cool),
  }
}

const logLoss = (model: TextClassifier, examples: readonly TextExample[]): number =>
  examples.reduce(
    (sum, { text, label }) =>
      sum - Math.log(Math.max(1e-12, classifyText(model, text)[label] as number)),
    0,
  ) / examples.length

/** The temperature with the least log loss on texts that training did not see (golden section search on 0.25…4). */
export function fitTemperature(model: TextClassifier, examples: readonly TextExample[]): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  const loss = (temperature: number): number =>
    logLoss(withTemperature(model, temperature), examples)
  let [low, high] = [0.25, 4]
  while (high - low > 0.02) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (loss(a) < loss(b)) high = b
    else low = a
  }
  return Number(((low + high) / 2).toFixed(2))
}
