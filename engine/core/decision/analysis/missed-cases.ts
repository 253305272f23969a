import { conditionIn } from '#core/decision/analysis/condition-in.ts'
import { exampleOf, textOf } from '#core/decision/analysis/example.ts'
import { outcomeOf } from '#core/decision/analysis/idle-rules.ts'
import { pointOf } from '#core/decision/analysis/point.ts'
import type { Patched, Told } from '#core/decision/analysis/told-rules.ts'
import { undecidedWords } from '#core/decision/analysis/undecided.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import { freshId } from '#core/decision/fresh-id.ts'
import { report } from '#core/decision/report.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { describe } from '#core/logic/describe.ts'

/** More are not told: who has closed these sees the next. */
const mostTold = 20

/** Cases that no rule takes: thresholds of which rules stop short, and of rules that should decide each case any. */
export function missedCases(told: Told): Finding[] {
  const { analysis, part, rules, path } = told
  const { gaps, dimensions } = { gaps: analysis.gaps(), dimensions: analysis.space.dimensions }
  const decides = rules.some(({ then }) =>
    then.some(
      (action) =>
        action.do === 'set' || (action.do === 'outcome' && action.outcome.startsWith('approve')),
    ),
  )
  const found: Finding[] = []
  let open: string | null = gaps.complete ? null : 'large'
  for (const box of gaps.free) {
    if (found.length === mostTold) break
    const point = pointOf(dimensions, box)
    if (!point && !decides) continue
    const witness = witnessIn(dimensions, box)
    if (!witness.real) {
      open ??= witness.because
      continue
    }
    const condition = conditionIn(dimensions, box)
    const fix = condition === null ? null : closing(told, condition)
    const params = { rules: part.name, example: exampleOf(witness.input) }
    const details = { severity: 'info', ...(fix && { fix }) } as const
    found.push(
      point
        ? report('RULES_GAP_POINT', `${path}/rules`, {
            ...details,
            params: { ...params, value: textOf(point.value) },
          })
        : report('RULES_GAP', `${path}/rules`, {
            ...details,
            params: { ...params, where: condition === null ? params.example : describe(condition) },
          }),
    )
  }
  if (open !== null && decides && found.length === 0)
    found.push(
      report('RULES_GAPS_UNDECIDED', `${path}/rules`, {
        severity: 'info',
        params: { rules: part.name, because: undecidedWords(open) },
      }),
    )
  return found
}

/** A rule for the cases that none takes: a person decides them, where rules give outcomes. */
function closing({ part, rules, path }: Told, when: Logic): Fix {
  const name = 'Not covered'
  const then: Exclude<Patched, undefined>[] = rules.some((rule) => outcomeOf(rule) !== null)
    ? [
        { do: 'outcome', outcome: 'refer' },
        { do: 'reason', code: 'NOT_COVERED', text: 'No rule covers the case; a person decides' },
      ]
    : []
  return {
    title: 'Add the missing rule',
    patch: [
      {
        op: 'add',
        path: `${path}/rules/-`,
        value: {
          id: freshId(
            'rule',
            part.rules.map(({ id }) => id),
          ),
          name,
          when: when as Exclude<Patched, undefined>,
          then,
          priority: 0,
          enabled: true,
        },
      },
    ],
  }
}
