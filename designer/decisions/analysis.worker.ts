import { analyseDecision } from '#core/decision/analysis/analyse.ts'
import { validateDecision } from '#core/decision/validate.ts'
import type { Finding } from '#core/graph/finding.ts'
import { answerDrafts } from './answer-drafts.ts'

answerDrafts<null, readonly Finding[]>((decision, _, nested) => [
  ...validateDecision(decision),
  ...analyseDecision(decision, nested),
])
