import type { Scorecard, ScorecardFeature } from '../scorecard/scorecard.ts'
import { scaleFactor, scaleOffset } from '../scorecard/scale.ts'
import { encodeModel, floatList, int, ints, strings, type OnnxNode } from './model.ts'
import type { Bytes } from './protobuf.ts'

interface TreeNode {
  readonly threshold: number
  readonly yes: number
  readonly no: number
}
/** A leaf's points, or a test `x <= threshold`. */
type TreePart = { readonly points: number } | TreeNode

const largestFloat = 3.4028234663852886e38

/**
 * One feature as a tree: the root sends NaN to the missing bin (no number fails `x <= largest float`),
 * the rest is a chain of the bins' upper bounds.
 */
function featureTree({ bins, missing }: ScorecardFeature): TreePart[] {
  const parts: TreePart[] = [{ threshold: largestFloat, yes: 2, no: 1 }, { points: missing.points }]
  bins.forEach((bin, at) => {
    const here = parts.length
    if (at === bins.length - 1 || bin.upTo === null) parts.push({ points: bin.points })
    else
      parts.push(
        { threshold: Math.fround(bin.upTo), yes: here + 1, no: here + 2 },
        { points: bin.points },
      )
  })
  return parts
}

/** Tree i tests feature i only and adds to target i only: the output is each feature's points. */
function pointsNode(features: readonly ScorecardFeature[]): OnnxNode {
  const parts = features.flatMap((feature, tree) =>
    featureTree(feature).map((part, node) => ({ tree, node, part })),
  )
  const leaves = parts.flatMap(({ tree, node, part }) =>
    'points' in part ? [{ tree, node, points: part.points }] : [],
  )
  const test = (of: (part: TreeNode) => number): number[] =>
    parts.map(({ part }) => ('points' in part ? 0 : of(part)))
  return {
    op: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    inputs: ['features'],
    outputs: ['points'],
    attributes: {
      n_targets: int(features.length),
      nodes_treeids: ints(parts.map(({ tree }) => tree)),
      nodes_nodeids: ints(parts.map(({ node }) => node)),
      nodes_featureids: ints(parts.map(({ tree }) => tree)),
      nodes_modes: strings(parts.map(({ part }) => ('points' in part ? 'LEAF' : 'BRANCH_LEQ'))),
      nodes_values: floatList(test(({ threshold }) => threshold)),
      nodes_truenodeids: ints(test(({ yes }) => yes)),
      nodes_falsenodeids: ints(test(({ no }) => no)),
      nodes_missing_value_tracks_true: ints(parts.map(() => 0)),
      target_treeids: ints(leaves.map(({ tree }) => tree)),
      target_nodeids: ints(leaves.map(({ node }) => node)),
      target_ids: ints(leaves.map(({ tree }) => tree)),
      target_weights: floatList(leaves.map(({ points }) => points)),
    },
  }
}

/**
 * `features` [rows, n], NaN where missing → `points` [rows, n], `score` [rows, 1],
 * `probability` of default [rows, 1].
 */
export function scorecardOnnx(
  card: Pick<Scorecard, 'features' | 'scale'>,
  about: { name: string; version: string },
): Bytes {
  const { features, scale } = card
  return encodeModel({
    ...about,
    inputs: [{ name: 'features', columns: features.length }],
    outputs: [
      { name: 'points', columns: features.length },
      { name: 'score', columns: 1 },
      { name: 'probability', columns: 1 },
    ],
    constants: [
      { name: 'axis', type: 'int64', shape: [1], values: [1] },
      { name: 'offset', type: 'float', shape: [1], values: [scaleOffset(scale)] },
      { name: 'slope', type: 'float', shape: [1], values: [-1 / scaleFactor(scale)] },
    ],
    nodes: [
      pointsNode(features),
      {
        op: 'ReduceSum',
        inputs: ['points', 'axis'],
        outputs: ['score'],
        attributes: { keepdims: int(1) },
      },
      { op: 'Sub', inputs: ['score', 'offset'], outputs: ['above'] },
      { op: 'Mul', inputs: ['above', 'slope'], outputs: ['log_odds'] },
      { op: 'Sigmoid', inputs: ['log_odds'], outputs: ['probability'] },
    ],
  })
}
