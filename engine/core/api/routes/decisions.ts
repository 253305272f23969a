import { z } from 'zod'
import { idParams } from '#core/api/routes/documents.ts'
import { version } from '#core/api/routes/runs.ts'
import { route } from '#core/api/route.ts'
import { jsonValue } from '#core/graph/flow.ts'

/** The wire form of `DecisionResult`. */
export const decisionResultView = z.object({
  outcome: z.enum(['approve', 'approve_with_conditions', 'refer', 'decline']).nullable(),
  reasons: z
    .array(
      z.object({
        code: z.string(),
        text: z.string(),
        source: z.string(),
        contribution: z.number().optional(),
      }),
    )
    .readonly(),
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
})

export const evaluateDecision = route({
  method: 'post',
  path: '/decisions/:id/evaluate',
  summary: 'Evaluate the newest version, `version`, or the draft on an input; nothing is kept.',
  params: idParams,
  body: z.strictObject({ input: jsonValue, version: version.optional() }),
  responses: { 200: decisionResultView },
  problems: [404, 409, 422],
})
