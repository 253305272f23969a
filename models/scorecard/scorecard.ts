import { z } from 'zod'

/** A bin takes the values above the previous bin's `upTo` up to and with its own; null is no bound. */
const scorecardBin = z.object({
  label: z.string(),
  upTo: z.number().nullable(),
  goods: z.number(),
  bads: z.number(),
  woe: z.number(),
  /** Whole points, as a printed scorecard has them. */
  points: z.number(),
  /** Share of the training rows: the baseline of the population stability index. */
  share: z.number(),
})

const scorecardFeature = z.object({
  name: z.string(),
  title: z.string(),
  /** What one is: rupees a month, months, a ratio. */
  unit: z.string(),
  /** A required feature that is missing is an error; otherwise the missing bin gives its points. */
  required: z.boolean(),
  /** In the order of their codes 0, 1, 2…; absent for a number. */
  categories: z.array(z.string()).optional(),
  iv: z.number(),
  beta: z.number(),
  bins: z.array(scorecardBin).min(1),
  missing: scorecardBin,
  /** Mean points of the training rows: what contributions are measured against. */
  averagePoints: z.number(),
  /** Said of a factor that raises, lowers, or has no value. */
  reasons: z.object({ raises: z.string(), lowers: z.string(), missing: z.string() }),
})

export const scorecard = z.object({
  scale: z.object({ pdo: z.number(), score: z.number(), odds: z.number() }),
  alpha: z.number(),
  features: z.array(scorecardFeature).min(1),
  /** From the best down; a score takes the first band whose `from` it reaches, the last has none. */
  bands: z
    .array(z.object({ category: z.string(), title: z.string(), from: z.number().nullable() }))
    .min(1),
})

export type ScorecardBin = z.output<typeof scorecardBin>
export type ScorecardFeature = z.output<typeof scorecardFeature>
export type Scorecard = z.output<typeof scorecard>
