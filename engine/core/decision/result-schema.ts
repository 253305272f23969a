import { z } from 'zod'
import { outcomes } from '#core/decision/severity.ts'
import { jsonValue } from '#core/graph/flow.ts'

export const outcomeSchema = z.enum(outcomes)

export const reasonSchema = z.object({
  code: z.string(),
  text: z.string(),
  source: z.string().meta({ description: 'The rule, row, model or check that gave it' }),
  contribution: z
    .number()
    .exactOptional()
    .meta({ description: 'Points against the average applicant' }),
})

/** The shape of `DecisionResult`, for ports and their types. */
export const decisionResultSchema = z.object({
  decision: z.object({ id: z.string(), version: z.string() }).exactOptional(),
  outcome: outcomeSchema.nullable(),
  reasons: z.array(reasonSchema).readonly(),
  conditions: z.array(z.string()).readonly(),
  flags: z.array(z.string()).readonly(),
  adjust: z.object({ limit: z.number(), rate: z.number() }),
  values: z.record(z.string(), jsonValue),
  fired: z.array(z.object({ part: z.string(), rule: z.string(), name: z.string() })).readonly(),
  unknown: z
    .array(
      z.object({ part: z.string(), rule: z.string(), missing: z.array(z.string()).readonly() }),
    )
    .readonly(),
  output: jsonValue.exactOptional(),
})
