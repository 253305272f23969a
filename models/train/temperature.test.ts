import { describe, expect, it } from 'vitest'
import { logitsOf, softmax, type TextClassifier } from '../text/classifier.ts'
import { createRandom } from './random.ts'
import { fitTemperature, withTemperature } from './temperature.ts'
import { generateTexts } from './texts/document-texts.ts'

const random = createRandom(9)
const model: TextClassifier = {
  idf: Array.from({ length: 128 }, () => 1),
  weights: Array.from({ length: 3 }, () => Array.from({ length: 128 }, () => random.normal(0, 6))),
  bias: [0, 0, 0],
}
/** Texts whose labels are drawn from the model's own probabilities at a temperature. */
const drawn = (temperature: number) =>
  generateTexts(4_000, random).map(({ text }) => ({
    text,
    label: random.weighted(softmax(logitsOf(model, text).map((logit) => logit / temperature))),
  }))

describe('temperature', () => {
  it.each([0.6, 1, 2.2])('of %d is found from labels drawn with it', (temperature) => {
    expect(Math.abs(fitTemperature(model, drawn(temperature)) - temperature)).toBeLessThan(0.15)
  })

  it('divides the logits', () => {
    const [text] = generateTexts(1, random)
    const cooled = logitsOf(withTemperature(model, 2), text?.text ?? '')
    logitsOf(model, text?.text ?? '').forEach((logit, at) =>
      expect(cooled[at]).toBeCloseTo(logit / 2, 2),
    )
  })
})
