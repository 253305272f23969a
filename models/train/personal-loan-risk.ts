import { scorecardOnnx } from '../onnx/scorecard-graph.ts'
import type { Bytes } from '../onnx/protobuf.ts'
import type { ScorecardModelCard } from '../card.ts'
import type { ScoreScale } from '../scorecard/scale.ts'
import { categoryOf, scoreRow } from '../scorecard/score.ts'
import type { Scorecard } from '../scorecard/scorecard.ts'
import type { Column } from './feature-bins.ts'
import { auc, calibration, calibrationError, gini, ks } from './metrics.ts'
import { featureNames, featureTexts } from './personal-loan-features.ts'
import { employmentTypes, generatePortfolio, type Loan } from './portfolio.ts'
import { fitWoeModel, scaleToPoints } from './scorecard.ts'

const about = { name: 'personal-loan-risk', version: '1.0.0' } as const
const seed = 20_260_101
const scale: ScoreScale = { pdo: 20, score: 600, odds: 50 }

/** By probability of default: about 2 %, 4 %, 7.5 % and 14 % at the bounds. */
const bands: Scorecard['bands'] = [
  { category: 'A', title: 'Very low risk', from: 600 },
  { category: 'B', title: 'Low risk', from: 580 },
  { category: 'C', title: 'Moderate risk', from: 560 },
  { category: 'D', title: 'High risk', from: 540 },
  { category: 'E', title: 'Very high risk', from: null },
]

const columns = (loans: readonly Loan[]): Column[] =>
  featureNames.map((name) => ({
    name,
    values: loans.map((loan) => loan[name]),
    ...(name === 'employmentType' ? { categories: employmentTypes } : {}),
  }))

const round = (value: number): number => Number(value.toFixed(4))

function measure(card: Scorecard, loans: readonly Loan[]) {
  const results = loans.map((loan) =>
    scoreRow(
      card,
      featureNames.map((name) => loan[name]),
    ),
  )
  const target = loans.map(({ bad }) => bad)
  const probabilities = results.map(({ probability }) => probability)
  const area = auc(target, probabilities)
  return {
    target,
    probabilities,
    scores: results.map(({ score }) => score),
    rank: { auc: round(area), gini: round(gini(area)), ks: round(ks(target, probabilities)) },
  }
}

function bandShares(card: Scorecard, scores: readonly number[], target: readonly boolean[]) {
  return card.bands.map(({ category }) => {
    const ours = target.filter((_, row) => categoryOf(card, scores[row] as number) === category)
    return {
      category,
      share: round(ours.length / target.length),
      badRate: round(ours.filter(Boolean).length / Math.max(1, ours.length)),
    }
  })
}

/** Trains the scorecard of the personal-loan template on the synthetic portfolio. */
export function trainPersonalLoanRisk(rows = 20_000): {
  model: Bytes
  card: Omit<ScorecardModelCard, 'hash'>
} {
  const loans = generatePortfolio(rows, seed)
  const training = loans.slice(0, Math.floor(rows * 0.7))
  const holdout = loans.slice(training.length)
  const data = columns(training)
  const woe = fitWoeModel(
    data,
    training.map(({ bad }) => bad),
  )
  if (woe.alarms.length > 0)
    throw new Error(`the target leaks into ${woe.alarms.map(({ feature }) => feature).join(', ')}`)
  const card: Scorecard = {
    scale,
    alpha: Number(woe.model.intercept.toFixed(6)),
    features: scaleToPoints(woe, data, featureTexts, scale),
    bands,
  }
  const seen = measure(card, training)
  const unseen = measure(card, holdout)
  const deciles = calibration(unseen.target, unseen.probabilities)
  return {
    model: scorecardOnnx(card, about),
    card: {
      format: 1,
      kind: 'scorecard',
      ...about,
      title: 'Personal loan risk scorecard',
      purpose: 'Probability that a personal loan is 90 days past due within 12 months.',
      date: '2026-01-15',
      data: {
        synthetic: true,
        statement:
          'Trained on synthetic applications only; no row describes a person. Retrain on your own portfolio before you lend by it.',
        generator: 'models/train/portfolio.ts',
        seed,
        trainingRows: training.length,
        holdoutRows: holdout.length,
      },
      limits: [
        'Its figures hold for the generator, not for any real population.',
        'A model never overrides a hard decline of the policy.',
        'Without bureau history the score rests on income and obligations alone: refer, do not decline.',
      ],
      target: '90 or more days past due within 12 months',
      scorecard: card,
      cutOffs: { approveFrom: 570, declineBelow: 540 },
      metrics: {
        training: seen.rank,
        holdout: {
          ...unseen.rank,
          badRate: round(unseen.target.filter(Boolean).length / unseen.target.length),
          calibrationError: round(calibrationError(deciles)),
          calibration: deciles.map((band) => ({
            rows: band.rows,
            predicted: round(band.predicted),
            observed: round(band.observed),
          })),
          bands: bandShares(card, unseen.scores, unseen.target),
        },
        meanScore: round(seen.scores.reduce((sum, score) => sum + score, 0) / seen.scores.length),
      },
    },
  }
}
