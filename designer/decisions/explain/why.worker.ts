import type { JsonObject } from '#core/json.ts'
import { answerDrafts } from '../answer-drafts.ts'
import { whyOf, type Why } from './why.ts'

answerDrafts<JsonObject, Why>((decision, sample, nested) => whyOf(decision, sample, nested))
