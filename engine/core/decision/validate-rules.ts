import { report, reportLogic, reportTwice } from '#core/decision/report.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import type { Rule, RuleAction } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isForbiddenKey } from '#core/json.ts'
import { parseDay } from '#core/logic/dates.ts'

export function validateRules(part: RulesPart, path: string): Finding[] {
  return [
    ...reportTwice(
      part.rules.map((rule) => rule.id),
      (index) => `${path}/rules/${index}/id`,
    ),
    ...part.rules.flatMap((rule, index) => validateRule(rule, `${path}/rules/${index}`)),
  ]
}

function validateRule(rule: Rule, path: string): Finding[] {
  const params = { rule: rule.name || rule.id }
  const findings = [
    ...reportLogic(rule.when, `${path}/when`),
    ...rule.then.flatMap((action, index) => validateAction(action, `${path}/then/${index}`)),
    ...validateDates(rule, path),
  ]
  if (rule.then.length === 0) {
    findings.push(report('RULE_WITHOUT_ACTION', `${path}/then`, { severity: 'warning', params }))
  }
  if (rule.when === null || rule.when === false || isPlain(rule.when)) {
    findings.push(report('RULE_NEVER_MET', `${path}/when`, { severity: 'warning', params }))
  }
  const outcome = adverseOutcome(rule.then)
  if (outcome && !rule.then.some(({ do: kind }) => kind === 'reason')) {
    const value = { do: 'reason', code: codeOf(rule), text: rule.name }
    findings.push(
      report('OUTCOME_WITHOUT_REASON', `${path}/then`, {
        params: { ...params, outcome },
        fix: { title: 'Add a reason', patch: [{ op: 'add', path: `${path}/then/-`, value }] },
      }),
    )
  }
  return findings
}

const isPlain = (when: Rule['when']): boolean =>
  typeof when === 'string' || typeof when === 'number'

/** A decline or referral owes the applicant a reason. */
function adverseOutcome(actions: readonly RuleAction[]): 'decline' | 'refer' | null {
  for (const action of actions) {
    if (action.do === 'outcome' && (action.outcome === 'decline' || action.outcome === 'refer')) {
      return action.outcome
    }
  }
  return null
}

const codeOf = (rule: Rule): string =>
  (rule.name || rule.id)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'REASON'

function validateAction(action: RuleAction, path: string): Finding[] {
  switch (action.do) {
    case 'set':
      return [
        ...validateField(action.field, `${path}/field`),
        ...reportLogic(action.value, `${path}/value`),
      ]
    case 'adjust':
      return reportLogic(action.by, `${path}/by`)
    case 'reason':
      return action.code.trim() === '' ? [report('REASON_WITHOUT_CODE', `${path}/code`)] : []
    default:
      return []
  }
}

function validateField(field: string, path: string): Finding[] {
  if (isForbiddenKey(field) || field.trim() === '') {
    return [report('DECISION_FIELD_FORBIDDEN', path, { params: { field } })]
  }
  return field === 'outcome' ? [report('FIELD_IS_OUTCOME', path)] : []
}

function validateDates({ validFrom, validTo, name, id }: Rule, path: string): Finding[] {
  const wrong = (['validFrom', 'validTo'] as const).flatMap((key) => {
    const date = { validFrom, validTo }[key]
    return date !== undefined && !parseDay(date)
      ? [report('RULE_DATE', `${path}/${key}`, { params: { date } })]
      : []
  })
  if (
    wrong.length === 0 &&
    validFrom !== undefined &&
    validTo !== undefined &&
    validTo < validFrom
  ) {
    const params = { rule: name || id, from: validFrom, to: validTo }
    return [report('RULE_NEVER_IN_FORCE', `${path}/validTo`, { severity: 'warning', params })]
  }
  return wrong
}
