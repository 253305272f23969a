import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import { exampleOf, textOf } from '#core/decision/analysis/example.ts'
import { idleRules, outcomeOf } from '#core/decision/analysis/idle-rules.ts'
import { mergeableRules } from '#core/decision/analysis/merge-rules.ts'
import { areWider, pointOf } from '#core/decision/analysis/point.ts'
import { turned } from '#core/decision/analysis/threshold.ts'
import { missedCases } from '#core/decision/analysis/missed-cases.ts'
import type { Patched, Told } from '#core/decision/analysis/told-rules.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import type { Overlap } from '#core/decision/analysis/overlap.ts'
import { report } from '#core/decision/report.ts'
import { inOrder, type RulesPart } from '#core/decision/rules.ts'
import { severity } from '#core/decision/severity.ts'
import type { Rule } from '#core/graph/decision.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { JsonSchema } from '#core/json.ts'

/** More of a kind are not told: who has mended these sees the next. */
const mostTold = 20

/** What the conditions of a rule set miss, contradict or say in vain, each with a case or what mends it. */
export function rulesFindings(part: RulesPart, path: string, schema: JsonSchema): Finding[] {
  const rules = inOrder(part.rules)
  const analysis = analyseConditions(
    rules.map(({ when }) => when),
    schema,
  )
  if (analysis === null) return []
  if (analysis === 'too wide')
    return [
      report('RULES_TOO_WIDE', `${path}/rules`, { severity: 'info', params: { rules: part.name } }),
    ]
  const places = new Map(part.rules.map((rule, index) => [rule, index]))
  const told: Told = {
    part,
    rules,
    analysis,
    path,
    pathOf: (number) => `${path}/rules/${places.get(rules[number] as Rule) ?? 0}`,
    nameOf: (number) => rules[number]?.name || (rules[number]?.id ?? ''),
  }
  return [
    ...neverOrAlways(told),
    ...clashes(told),
    ...inVain(told),
    ...mergeable(told),
    ...missedCases(told),
  ]
}

const removal = ({ pathOf, nameOf }: Told, rule: number): Fix => ({
  title: `Remove “${nameOf(rule)}”`,
  patch: [{ op: 'remove', path: pathOf(rule) }],
})

function neverOrAlways(told: Told): Finding[] {
  const { analysis, rules, pathOf, nameOf } = told
  return [
    // A condition that is plainly no condition has its own finding.
    ...analysis.never.flatMap((number) =>
      typeof rules[number]?.when === 'object' && rules[number].when !== null
        ? [
            report('RULE_CONTRADICTS_ITSELF', `${pathOf(number)}/when`, {
              severity: 'warning',
              params: { rule: nameOf(number) },
              fix: removal(told, number),
            }),
          ]
        : [],
    ),
    ...analysis.always.flatMap((number) =>
      rules[number]?.when === true
        ? []
        : [
            report('RULE_ALWAYS_MET', `${pathOf(number)}/when`, {
              severity: 'info',
              params: { rule: nameOf(number) },
              fix: {
                title: 'Say so: no condition',
                patch: [{ op: 'replace', path: `${pathOf(number)}/when`, value: true }],
              },
            }),
          ],
    ),
  ]
}

/** Rules that can both be met and want opposite things, or differ on a threshold that both take. */
function clashes(told: Told): Finding[] {
  const { analysis, rules, pathOf, nameOf } = told
  const always = new Set(analysis.always)
  const found: Finding[] = []
  for (const overlap of analysis.overlaps()) {
    if (found.length === mostTold) break
    const { first, second, where } = overlap
    // A rule for everyone is the rule that the others make exceptions from.
    if (always.has(first) || always.has(second)) continue
    const outcomes = [first, second].map((number) => outcomeOf(rules[number] as Rule))
    const opposed = outcomes.includes('approve') && outcomes.includes('decline')
    const touch = touching(told, overlap)
    const differ = !outcomes.includes(null) && outcomes[0] !== outcomes[1]
    if (!opposed && !(touch && differ)) continue
    const witness = witnessIn(analysis.space.dimensions, where)
    if (!witness.real) continue
    const params = {
      rule: nameOf(first),
      other: nameOf(second),
      example: exampleOf(witness.input),
    }
    const details = { severity: 'info', params, ...(touch?.fix && { fix: touch.fix }) } as const
    found.push(
      opposed
        ? report('RULES_OPPOSED', `${pathOf(second)}/when`, details)
        : report('RULES_TOUCH', `${pathOf(second)}/when`, details),
    )
  }
  return found
}

/** A threshold that both take and nothing else of its axis; the milder rule may stop short of it. */
function touching(
  { analysis, rules, pathOf, nameOf }: Told,
  { first, second, where }: Overlap,
): { readonly fix: Fix | null } | null {
  const { dimensions, regions } = analysis.space
  const point = pointOf(dimensions, where)
  if (!point || !areWider([regions[first] ?? [], regions[second] ?? []], point.axis)) return null
  const { subject } = dimensions[point.axis] ?? {}
  if (!subject) return null
  const [a, b] = [first, second].map((number) => severity(outcomeOf(rules[number] as Rule)))
  const milder = (a ?? 0) < (b ?? 0) ? first : second
  const change = turned((rules[milder] as Rule).when, { subject, value: point.value }, 'out')
  return {
    fix: change && {
      title: `Let “${nameOf(milder)}” stop short of ${textOf(point.value)}`,
      patch: [
        {
          op: 'replace',
          path: `${pathOf(milder)}/when${change.place}`,
          value: change.value as Patched,
        },
      ],
    },
  }
}

/** Rules that change nothing, and outcomes that never stand. */
function inVain(told: Told): Finding[] {
  const { analysis, rules, pathOf, nameOf } = told
  return idleRules(rules, analysis.taken)
    .slice(0, mostTold)
    .map(({ rule, by, what }) => {
      const params = {
        rule: nameOf(rule),
        others: by.map((other) => `“${nameOf(other)}”`).join(', '),
      }
      if (what === 'all')
        return report('RULE_HIDDEN', `${pathOf(rule)}/when`, {
          severity: 'warning',
          params,
          fix: removal(told, rule),
        })
      const actions = (rules[rule] as Rule).then
      const patch = actions
        .flatMap(({ do: kind }, index) => (kind === 'outcome' ? [index] : []))
        .toReversed()
        .map((index) => ({ op: 'remove' as const, path: `${pathOf(rule)}/then/${index}` }))
      return report('RULE_OUTCOME_HIDDEN', `${pathOf(rule)}/when`, {
        severity: 'info',
        params: { ...params, outcome: outcomeOf(rules[rule] as Rule) ?? '' },
        ...(patch.length < actions.length && { fix: { title: 'Remove the outcome', patch } }),
      })
    })
}

function mergeable({ analysis, rules, pathOf, nameOf }: Told): Finding[] {
  return mergeableRules(rules, analysis.space)
    .slice(0, mostTold)
    .map((merge) => {
      const [first, second] = merge.rules
      const change =
        'when' in merge
          ? { path: `${pathOf(first)}/when`, value: merge.when as Patched }
          : { path: `${pathOf(first)}/then`, value: merge.then as unknown as Patched }
      return report(
        'when' in merge ? 'RULES_MERGE' : 'RULES_SAME_CONDITION',
        `${pathOf(second)}/when`,
        {
          severity: 'info',
          params: { rule: nameOf(first), other: nameOf(second) },
          fix: {
            title: `Merge into “${nameOf(first)}”`,
            patch: [
              { op: 'replace', ...change },
              { op: 'remove', path: pathOf(second) },
            ],
          },
        },
      )
    })
}
