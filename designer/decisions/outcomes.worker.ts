import type { JsonObject } from '#core/json.ts'
import { answerDrafts } from './answer-drafts.ts'
import { draftOutcomes, type DraftOutcomes } from './try-draft.ts'

answerDrafts<JsonObject, DraftOutcomes>((decision, sample, nested) =>
  draftOutcomes(decision, sample, { nested }),
)
