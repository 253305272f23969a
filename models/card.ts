import { z } from 'zod'
import { scorecard } from './scorecard/scorecard.ts'
import { classifierCard } from './text/classifier.ts'

const calibrationBand = z.object({
  rows: z.number(),
  predicted: z.number(),
  observed: z.number(),
})
const share = z.number().min(0).max(1)

/** What both kinds of card say of a model. */
const about = {
  format: z.literal(1),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string(),
  purpose: z.string(),
  /** A constant of the training script, yyyy-MM-dd. */
  date: z.string(),
  /** `sha256:` and the hex digest of model.onnx. */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  data: z.object({
    synthetic: z.boolean(),
    statement: z.string(),
    generator: z.string(),
    seed: z.number(),
    trainingRows: z.number(),
    holdoutRows: z.number(),
  }),
  limits: z.array(z.string()),
}

export const scorecardModelCard = z.object({
  ...about,
  kind: z.literal('scorecard'),
  target: z.string(),
  scorecard,
  /** A suggestion; the lender's decision holds the ones that count. */
  cutOffs: z.object({ approveFrom: z.number(), declineBelow: z.number() }),
  metrics: z.object({
    training: z.object({ auc: share, gini: z.number(), ks: share }),
    holdout: z.object({
      auc: share,
      gini: z.number(),
      ks: share,
      badRate: share,
      calibrationError: share,
      calibration: z.array(calibrationBand),
      bands: z.array(z.object({ category: z.string(), share, badRate: share })),
    }),
    meanScore: z.number(),
  }),
})

const textClassifierCard = z.object({
  ...about,
  kind: z.literal('text-classifier'),
  classifier: classifierCard,
  metrics: z.object({
    /** Share that is right before anything is rejected. */
    accuracy: share,
    rejected: share,
    /** Share that is right among those not rejected. */
    accuracyOfAccepted: share,
    /** Of kinds of text that training never saw: those that end as `other`. */
    strangersToOther: share,
    calibrationError: share,
    /** Rows are the truth, columns the answer, both in the order of the labels. */
    confusion: z.array(z.array(z.number())),
  }),
})

export const modelCard = z.discriminatedUnion('kind', [scorecardModelCard, textClassifierCard])

export type ModelCard = z.output<typeof modelCard>
export type ScorecardModelCard = z.output<typeof scorecardModelCard>
export type TextClassifierCard = z.output<typeof textClassifierCard>
