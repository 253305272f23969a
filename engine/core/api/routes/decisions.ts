import { z } from 'zod'
import { idParams } from '#core/api/routes/documents.ts'
import { version } from '#core/api/routes/runs.ts'
import { route } from '#core/api/route.ts'
import { decisionResultSchema } from '#core/decision/result-schema.ts'
import { jsonValue } from '#core/graph/flow.ts'

export const evaluateDecision = route({
  method: 'post',
  path: '/decisions/:id/evaluate',
  summary: 'Evaluate the newest version, `version`, or the draft on an input; nothing is kept.',
  params: idParams,
  body: z.strictObject({ input: jsonValue, version: version.optional() }),
  responses: { 200: decisionResultSchema },
  problems: [404, 409, 422],
})
