import { z } from 'zod'
import { decisionResultSchema, outcomeSchema } from '#core/decision/result-schema.ts'
import { jsonValue } from '#core/graph/flow.ts'

/** Why a step's decision came out so, in the shapes of `#core/decision/explain`. */
const comparison = z.object({
  pointer: z.string(),
  operator: z.string().nullable(),
  operands: z.array(z.object({ path: z.string().nullable(), value: jsonValue })).readonly(),
  value: jsonValue,
  missing: z.array(z.string()).readonly(),
})
const miss = z.object({
  comparisons: z
    .array(comparison.extend({ wanted: z.boolean(), by: z.number().nullable() }))
    .readonly(),
  distance: z.number(),
})
const unit = z.object({
  part: z.string().meta({ description: 'Dotted where it stands in a decision that is asked' }),
  unit: z.string(),
  name: z.string(),
  pointer: z.string(),
  decision: z.string(),
  fate: z.enum(['met', 'not met', 'unknown', 'not reached']),
  chosen: z.boolean(),
  because: z.enum(['disabled', 'not in force', 'earlier row', 'other case']).nullable(),
  comparisons: z.array(comparison).readonly(),
  miss: miss.nullable(),
})
const explanation = z.object({
  result: decisionResultSchema,
  parts: z
    .array(
      z.object({
        part: z.string(),
        name: z.string(),
        value: jsonValue,
        units: z.array(unit).readonly(),
      }),
    )
    .readonly(),
  nearest: z.array(unit).readonly(),
  chain: z
    .array(
      z.object({
        part: z.string(),
        unit: z.string().nullable(),
        name: z.string(),
        values: z
          .array(z.object({ path: z.string(), value: jsonValue, from: z.string().nullable() }))
          .readonly(),
      }),
    )
    .readonly(),
})
const counterfactual = z.discriminatedUnion('found', [
  z.object({
    found: z.literal(true),
    changes: z
      .array(z.object({ path: z.string(), from: jsonValue, to: jsonValue }))
      .readonly()
      .meta({ description: 'The change of the fewest inputs that brings another outcome' }),
    result: decisionResultSchema,
    smallest: z.boolean(),
  }),
  z.object({
    found: z.literal(false),
    most: z.int(),
    tried: z.int(),
    complete: z.boolean(),
  }),
])

export const explanationQuery = z.object({
  /** The outcome that is sought. Without it any milder one; of an approval any other. */
  to: outcomeSchema.optional(),
  /** Dotted paths that may change, by commas. Without it all that the schema does not mark `x-immutable`. */
  mutable: z.string().min(1).optional(),
})

export const stepExplanation = z.object({
  decision: z.object({ id: z.string(), name: z.string() }),
  /** ms since the epoch: the time by which it was decided. */
  at: z.number(),
  /** Whether what is explained is what the step gave: a node type may do more than to ask its decision. */
  agrees: z.boolean(),
  why: explanation,
  other: counterfactual,
})
export type StepExplanation = z.output<typeof stepExplanation>
export type ExplanationQuery = z.output<typeof explanationQuery>
