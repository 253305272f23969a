import type { Decision } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'
import { createThread, useThread } from './draft-thread.ts'
import { evaluateDraft, type DraftOutcomes } from './try-draft.ts'

const ask = createThread<JsonObject, DraftOutcomes>(
  () => new Worker(new URL('./outcomes.worker.ts', import.meta.url), { type: 'module' }),
)

/** What the draft decides for the sample and for its tests, from a worker of its own: it never waits for a proof. */
export const useOutcomes = (decision: Decision, sample: JsonObject): DraftOutcomes =>
  useThread(ask, {
    decision,
    question: sample,
    first: () => ({ sample: evaluateDraft({ ...decision, parts: [] }, {}), tests: [] }),
  }).answer
