import type { DecisionResult } from '#core/decision/result.ts'
import type { Json } from '#core/json.ts'
import { request } from './http.ts'

/** Of the draft, or of a published version. */
export const evaluateDecision = (
  id: string,
  input: Json,
  version: number | 'draft' = 'draft',
): Promise<DecisionResult> =>
  request('POST', `/decisions/${id}/evaluate`, { body: { input, version } })
