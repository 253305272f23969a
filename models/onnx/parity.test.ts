import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { scorecardModelCard } from '../card.ts'
import { scoreRow } from '../scorecard/score.ts'
import type { Scorecard } from '../scorecard/scorecard.ts'
import { classifyText, softmax, tfIdf, type TextClassifier } from '../text/classifier.ts'
import { termWeights } from '../text/vector.ts'
import { createRandom } from '../train/random.ts'
import { generateTexts } from '../train/texts/document-texts.ts'
import { classifierOnnx } from './classifier-graph.ts'
import { encodeModel, floatList } from './model.ts'
import { scorecardOnnx } from './scorecard-graph.ts'

const shipped = join(import.meta.dirname, '../shipped/personal-loan-risk/1.0.0/card.json')
const card: Scorecard = scorecardModelCard.parse(
  JSON.parse(readFileSync(shipped, 'utf8')),
).scorecard
const about = { name: 'test', version: '1.0.0' }

async function run(model: Uint8Array, input: string, rows: readonly (readonly number[])[]) {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 })
  const columns = rows[0]?.length ?? 0
  const data = Float32Array.from(rows.flat())
  const outputs = await session.run({
    [input]: new Tensor('float32', data, [rows.length, columns]),
  })
  return (name: string): number[] => [...((outputs[name] as Tensor).data as Float32Array)]
}

/** Missing, on a bin's bound, a hair beside it, or anywhere. */
function randomRow(features: Scorecard['features'], seed: number): number[] {
  const random = createRandom(seed)
  return features.map((feature) => {
    const bounds = feature.bins.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]))
    const bound = bounds.length === 0 ? 0 : random.pick(bounds)
    return random.pick([
      Number.NaN,
      bound,
      bound * (1 + 1e-7),
      bound * (1 - 1e-7),
      bound * 2 * random.next(),
    ])
  })
}

describe('ONNX files', () => {
  it('a file that the writer made is opened by ONNX Runtime and computes', async () => {
    const model = encodeModel({
      ...about,
      inputs: [{ name: 'x', columns: 2 }],
      outputs: [{ name: 'y', columns: 2 }],
      constants: [{ name: 'half', type: 'float', shape: [2], values: [0.5, 0.25] }],
      nodes: [
        {
          op: 'Scaler',
          domain: 'ai.onnx.ml',
          inputs: ['x'],
          outputs: ['scaled'],
          attributes: { offset: floatList([1, 2]), scale: floatList([10, 100]) },
        },
        { op: 'Mul', inputs: ['scaled', 'half'], outputs: ['y'] },
      ],
    })
    const output = await run(model, 'x', [
      [3, 4],
      [1, 2],
    ])
    expect(output('y')).toEqual([10, 50, 0, 0])
  })

  it('[R98] scorecard: ONNX and TypeScript agree to 1e-5 over 1,000 random rows, missing values and bounds included', async () => {
    const rows = Array.from({ length: 1000 }, (_, seed) => randomRow(card.features, seed))
    const output = await run(scorecardOnnx(card, about), 'features', rows)
    const plain = rows.map((row) => scoreRow(card, row))
    expect(output('points')).toEqual(plain.flatMap(({ points }) => points))
    expect(output('score')).toEqual(plain.map(({ score }) => score))
    const worst = output('probability').map((p, at) =>
      Math.abs(p - (plain[at]?.probability ?? NaN)),
    )
    expect(Math.max(...worst)).toBeLessThan(1e-5)
    expect(new Set(output('score')).size).toBeGreaterThan(50)
  })

  it('[R98] text classifier: ONNX and TypeScript agree to 1e-5 over 1,000 texts and an empty one', async () => {
    const random = createRandom(5)
    const weight = (scale: number): number => Number(random.normal(0, scale).toFixed(4))
    const model: TextClassifier = {
      idf: Array.from({ length: 512 }, () => 1 + random.int(0, 50) / 10),
      weights: Array.from({ length: 7 }, () => Array.from({ length: 512 }, () => weight(8))),
      bias: Array.from({ length: 7 }, () => weight(1)),
    }
    const texts = ['', ...generateTexts(1000, random).map(({ text }) => text)]
    const rows = texts.map((text) => {
      const terms = termWeights(text, 512)
      return Array.from({ length: 512 }, (_, bucket) => terms.get(bucket) ?? 0)
    })
    const output = await run(classifierOnnx(model, about), 'terms', rows)
    const plain = texts.flatMap((text) => classifyText(model, text))
    const worst = output('probabilities').map((p, at) => Math.abs(p - (plain[at] as number)))
    expect(worst).toHaveLength(1001 * 7)
    expect(Math.max(...worst)).toBeLessThan(1e-5)
    expect(tfIdf('', model.idf).size).toBe(0)
    expect(plain.slice(0, 7)).toEqual(softmax(model.bias))
  })
})
