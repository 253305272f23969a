import { z } from 'zod'

/** What the page shows of a card; fields that it does not know pass by. */
const about = {
  title: z.string(),
  purpose: z.string(),
  date: z.string(),
  limits: z.array(z.string()).default([]),
  data: z.object({
    synthetic: z.boolean(),
    statement: z.string(),
    generator: z.string().optional(),
    seed: z.number().optional(),
    trainingRows: z.number().optional(),
    holdoutRows: z.number().optional(),
  }),
}
const bin = z.object({ label: z.string(), points: z.number(), woe: z.number(), share: z.number() })
const feature = z.object({
  name: z.string(),
  title: z.string(),
  unit: z.string().default(''),
  iv: z.number(),
  bins: z.array(bin),
  missing: bin.optional(),
})

const scorecardCard = z.object({
  ...about,
  kind: z.literal('scorecard'),
  target: z.string(),
  cutOffs: z.object({ approveFrom: z.number(), declineBelow: z.number() }).optional(),
  scorecard: z.object({
    scale: z.object({ pdo: z.number(), score: z.number(), odds: z.number() }),
    features: z.array(feature),
    bands: z.array(
      z.object({ category: z.string(), title: z.string(), from: z.number().nullable() }),
    ),
  }),
  metrics: z.object({
    holdout: z.object({
      auc: z.number(),
      gini: z.number(),
      ks: z.number(),
      badRate: z.number(),
      calibrationError: z.number(),
      calibration: z
        .array(z.object({ rows: z.number(), predicted: z.number(), observed: z.number() }))
        .default([]),
      bands: z
        .array(z.object({ category: z.string(), share: z.number(), badRate: z.number() }))
        .default([]),
    }),
    meanScore: z.number(),
  }),
})
const classifierCard = z.object({
  ...about,
  kind: z.literal('text-classifier'),
  classifier: z.object({ labels: z.array(z.string()), rejectBelow: z.number() }),
  metrics: z.object({
    accuracy: z.number(),
    rejected: z.number(),
    accuracyOfAccepted: z.number(),
    strangersToOther: z.number(),
    confusion: z.array(z.array(z.number())),
  }),
})

/** A card of either kind; a card that fits neither is shown as it is. */
export const shownCard = z.discriminatedUnion('kind', [scorecardCard, classifierCard])
export type ShownCard = z.output<typeof shownCard>
export type ScorecardCard = z.output<typeof scorecardCard>
export type ClassifierCard = z.output<typeof classifierCard>
export type Feature = z.output<typeof feature>
