import { report, reportLogic, reportTwice } from '#core/decision/report.ts'
import { validateReferences } from '#core/decision/validate-references.ts'
import { validateRules } from '#core/decision/validate-rules.ts'
import { validateTable } from '#core/decision/validate-table.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isForbiddenKey, isObject } from '#core/json.ts'

type PartValidators = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    path: string,
  ) => Finding[]
}

const validators: PartValidators = {
  rules: validateRules,
  table: validateTable,
  expression: (part, path) => reportLogic(part.value, `${path}/value`),
}

/**
 * What is wrong with a decision. Without an error it compiles, and no rule declines or refers without a reason.
 * Places are JSON pointers into the document.
 */
export function validateDecision(decision: Decision): Finding[] {
  const ids = decision.parts.map((part) => part.id)
  return [
    ...reportTwice(ids, (index) => `/parts/${index}/id`),
    ...decision.parts.flatMap((part, index) => validatePart(part, `/parts/${index}`)),
    ...decision.parts.flatMap((part, index) => validateName(part.id, decision, index)),
    ...validateReferences(decision),
  ]
}

const validatePart = (part: DecisionPart, path: string): Finding[] =>
  // The kind selects the validator of that kind; the compiler cannot see that the two belong together.
  (validators[part.kind] as (part: DecisionPart, path: string) => Finding[])(part, path)

function validateName(id: string, { input }: Decision, index: number): Finding[] {
  const path = `/parts/${index}/id`
  if (isForbiddenKey(id))
    return [report('DECISION_FIELD_FORBIDDEN', path, { params: { field: id } })]
  const { properties } = input
  return isObject(properties) && Object.hasOwn(properties, id)
    ? [report('PART_HIDES_INPUT', path, { severity: 'warning', params: { part: id } })]
    : []
}
