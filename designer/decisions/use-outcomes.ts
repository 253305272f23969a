import type { JsonObject } from '#core/json.ts'
import { createThread, useThread, type Draft } from './draft-thread.ts'
import { evaluateDraft, type DraftOutcomes } from './try-draft.ts'

const ask = createThread<JsonObject, DraftOutcomes>(
  () => new Worker(new URL('./outcomes.worker.ts', import.meta.url), { type: 'module' }),
)

/** What the draft decides for the sample and for its tests, from a worker of its own: it never waits for a proof. */
export const useOutcomes = (draft: Draft, sample: JsonObject): DraftOutcomes =>
  useThread(ask, {
    ...draft,
    question: sample,
    first: () => ({ sample: evaluateDraft({ ...draft.decision, parts: [] }, {}), tests: [] }),
  }).answer
