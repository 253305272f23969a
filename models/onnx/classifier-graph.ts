import type { TextClassifier } from '../text/classifier.ts'
import { encodeModel, int } from './model.ts'
import type { Bytes } from './protobuf.ts'

/** `terms` [rows, buckets], see `termWeights` → `probabilities` [rows, labels]: idf, unit length, linear, softmax. */
export function classifierOnnx(
  { idf, weights, bias }: TextClassifier,
  about: { name: string; version: string },
): Bytes {
  return encodeModel({
    ...about,
    inputs: [{ name: 'terms', columns: idf.length }],
    outputs: [{ name: 'probabilities', columns: bias.length }],
    constants: [
      { name: 'idf', type: 'float', shape: [idf.length], values: idf },
      { name: 'weights', type: 'float', shape: [bias.length, idf.length], values: weights.flat() },
      { name: 'bias', type: 'float', shape: [bias.length], values: bias },
    ],
    nodes: [
      { op: 'Mul', inputs: ['terms', 'idf'], outputs: ['weighted'] },
      {
        op: 'LpNormalization',
        inputs: ['weighted'],
        outputs: ['unit'],
        attributes: { axis: int(1), p: int(2) },
      },
      {
        op: 'Gemm',
        inputs: ['unit', 'weights', 'bias'],
        outputs: ['logits'],
        attributes: { transB: int(1) },
      },
      {
        op: 'Softmax',
        inputs: ['logits'],
        outputs: ['probabilities'],
        attributes: { axis: int(1) },
      },
    ],
  })
}
