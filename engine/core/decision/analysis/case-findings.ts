import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import { exampleOf, textOf } from '#core/decision/analysis/example.ts'
import { pointOf } from '#core/decision/analysis/point.ts'
import { changedAt, turned } from '#core/decision/analysis/threshold.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { JsonSchema } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import type { MessageCode } from '#core/messages/catalogue.ts'

interface Case {
  readonly id: string
  readonly name: string
  readonly when: Logic
}

/** What is said of cases. */
interface CaseFinding extends Pick<Finding, 'severity' | 'params' | 'fix'> {
  readonly code: MessageCode
  readonly path: string
  /** The case that goes away without a change, where there is one. */
  readonly idle?: string
}

/** More thresholds are not told: who has mended these sees the next. */
const mostTold = 10

interface CasesAsked {
  /** Of the data that the conditions read. */
  readonly schema: JsonSchema
  /** What is taken where none is true. */
  readonly otherwise: string
  /** The JSON pointer of the list of cases. */
  readonly at: string
}

/** Cases of which the first that is true is taken, and `otherwise` where none is: what of them is never taken. */
export function caseFindings(
  cases: readonly Case[],
  { schema, otherwise, at }: CasesAsked,
): CaseFinding[] {
  const analysis = analyseConditions(
    cases.map(({ when }) => when),
    schema,
  )
  if (analysis === null) return []
  if (analysis === 'too wide')
    return [{ code: 'BRANCH_TOO_WIDE', severity: 'info', params: {}, path: at }]
  const nameOf = (number: number): string => cases[number]?.name || (cases[number]?.id ?? '')
  const idOf = (number: number): string => cases[number]?.id ?? ''
  const [always] = analysis.always
  const together = always === undefined && cases.length > 0 && analysis.coversAll()
  return [
    ...analysis.never.map((number): CaseFinding => ({
      code: 'BRANCH_CASE_NEVER',
      severity: 'warning',
      params: { case: nameOf(number) },
      path: `${at}/${number}/when`,
      idle: idOf(number),
    })),
    ...analysis.hidden.map(({ condition, by }): CaseFinding => ({
      code: 'BRANCH_CASE_HIDDEN',
      severity: 'warning',
      params: { case: nameOf(condition), earlier: by.map(nameOf).join(', ') },
      path: `${at}/${condition}/when`,
      idle: idOf(condition),
    })),
    ...(always === undefined
      ? []
      : [
          {
            code: 'BRANCH_ELSE_NEVER',
            severity: 'warning',
            params: { case: nameOf(always), port: otherwise },
            path: `${at}/${always}/when`,
          } as const,
        ]),
    ...(together
      ? [
          {
            code: 'BRANCH_CASES_ALL',
            severity: 'info',
            params: { port: otherwise },
            path: at,
          } as const,
        ]
      : []),
    ...thresholds(cases, analysis, { otherwise, at }),
  ]
}

/** Thresholds of which the cases below and above both stop short: they fall to `otherwise` alone. */
function thresholds(
  cases: readonly Case[],
  analysis: Exclude<ReturnType<typeof analyseConditions>, null | 'too wide'>,
  { otherwise, at }: Omit<CasesAsked, 'schema'>,
): CaseFinding[] {
  const { dimensions } = analysis.space
  return analysis
    .gaps()
    .free.flatMap((box): CaseFinding[] => {
      const point = pointOf(dimensions, box)
      const witness = witnessIn(dimensions, box)
      const subject = dimensions[point?.axis ?? -1]?.subject
      if (!point || !witness.real || !subject) return []
      const change = cases.flatMap(({ when, name, id }, number) => {
        const found = turned(when, { subject, value: point.value }, 'in')
        if (!found) return []
        const takes = compileLogic(changedAt(when, found))(witness.input, { at: NaN }) === true
        return takes ? [{ number, name: name || id, ...found }] : []
      })[0]
      const fix: Fix | undefined = change && {
        title: `Let “${change.name}” take ${textOf(point.value)}`,
        patch: [
          {
            op: 'replace',
            path: `${at}/${change.number}/when${change.place}`,
            // zod's JSON type is mutable, ours is not.
            value: change.value as Fix['patch'][number]['value'],
          },
        ],
      }
      return [
        {
          code: 'BRANCH_GAP_POINT',
          severity: 'info',
          params: {
            port: otherwise,
            value: textOf(point.value),
            example: exampleOf(witness.input),
          },
          path: change ? `${at}/${change.number}/when` : at,
          ...(fix && { fix }),
        },
      ]
    })
    .slice(0, mostTold)
}
