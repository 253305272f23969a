import { report, reportLogic, reportTwice } from '#core/decision/report.ts'
import { otherwise } from '#core/decision/switch.ts'
import { logicOf, validateReferences } from '#core/decision/validate-references.ts'
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
  scorecard: validateScorecard,
  switch: validateSwitch,
  decision: (part, path) => [
    ...validateLogic(part, path),
    ...Object.keys(part.inputs).flatMap((name) => validateWritten(name, `${path}/inputs/${name}`)),
  ],
  output: (part, path) => [
    ...validateLogic(part, path),
    ...reportTwice(
      part.fields.map(({ name }) => name),
      (index) => `${path}/fields/${index}/name`,
    ),
    ...part.fields.flatMap(({ name }, index) =>
      validateWritten(name, `${path}/fields/${index}/name`),
    ),
  ],
}

const validateLogic = (part: DecisionPart, path: string): Finding[] =>
  logicOf(part, path).flatMap(([logic, place]) => reportLogic(logic, place))

const validateWritten = (field: string, path: string): Finding[] =>
  isForbiddenKey(field) || field.trim() === ''
    ? [report('DECISION_FIELD_FORBIDDEN', path, { params: { field } })]
    : []

function validateScorecard(
  part: Extract<DecisionPart, { kind: 'scorecard' }>,
  path: string,
): Finding[] {
  const { characteristics, cutoffs } = part
  const from = cutoffs?.approveFrom
  const below = cutoffs?.declineBelow
  return [
    ...validateLogic(part, path),
    ...reportTwice(
      characteristics.map(({ id }) => id),
      (index) => `${path}/characteristics/${index}/id`,
    ),
    ...characteristics.flatMap(({ id, name, bins }, index) => [
      ...validateWritten(id, `${path}/characteristics/${index}/id`),
      ...reportTwice(
        bins.map((bin) => bin.id),
        (bin) => `${path}/characteristics/${index}/bins/${bin}/id`,
      ),
      ...(bins.length === 0
        ? [
            report('CHARACTERISTIC_WITHOUT_BINS', `${path}/characteristics/${index}`, {
              params: { characteristic: name || id },
            }),
          ]
        : []),
    ]),
    ...(from !== undefined && below !== undefined && below > from
      ? [report('CUTOFFS_CROSS', `${path}/cutoffs`, { params: { from, below } })]
      : []),
  ]
}

function validateSwitch(part: Extract<DecisionPart, { kind: 'switch' }>, path: string): Finding[] {
  return [
    ...validateLogic(part, path),
    ...reportTwice(
      part.cases.map(({ id }) => id),
      (index) => `${path}/cases/${index}/id`,
    ),
  ]
}

/** A part that hangs on a switch must name a switch of the decision, and cases that it has. */
function validateOnly(
  { only }: DecisionPart,
  parts: readonly DecisionPart[],
  path: string,
): Finding[] {
  if (!only) return []
  const found = parts.find(({ id }) => id === only.switch)
  if (found?.kind !== 'switch')
    return [report('SWITCH_UNKNOWN', `${path}/only/switch`, { params: { switch: only.switch } })]
  const known: readonly string[] = [...found.cases.map(({ id }) => id), otherwise]
  return only.cases.flatMap((each, index) =>
    known.includes(each)
      ? []
      : [
          report('CASE_UNKNOWN', `${path}/only/cases/${index}`, {
            params: { case: each, switch: found.name },
          }),
        ],
  )
}

const validateOutputs = ({ parts }: Decision): Finding[] =>
  parts.flatMap((part, index) =>
    part.kind === 'output' && parts.findIndex(({ kind }) => kind === 'output') < index
      ? [report('OUTPUT_TWICE', `/parts/${index}`)]
      : [],
  )

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
    ...decision.parts.flatMap((part, index) =>
      validateOnly(part, decision.parts, `/parts/${index}`),
    ),
    ...validateOutputs(decision),
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
