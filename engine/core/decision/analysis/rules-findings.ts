import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import { exampleOf } from '#core/decision/analysis/example.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import { report } from '#core/decision/report.ts'
import type { RulesPart } from '#core/decision/rules.ts'
import type { Rule } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { JsonSchema } from '#core/json.ts'

/** More pairs are not told: who has mended these sees the next. */
const mostPairs = 20

/** Rules whose conditions cannot be met, are always met, or meet where the outcomes oppose each other. */
export function rulesFindings(part: RulesPart, path: string, schema: JsonSchema): Finding[] {
  const rules = part.rules.flatMap((rule, index) => (rule.enabled ? [{ rule, index }] : []))
  const analysis = analyseConditions(
    rules.map(({ rule }) => rule.when),
    schema,
  )
  if (analysis === null) return []
  const at = (number: number): string => `${path}/rules/${rules[number]?.index ?? 0}/when`
  const nameOf = (number: number): string => {
    const rule = rules[number]?.rule
    return rule?.name || (rule?.id ?? '')
  }
  const always = new Set(analysis.always)
  const opposed: Finding[] = []
  for (const { first, second, where } of analysis.overlaps()) {
    if (opposed.length === mostPairs) break
    // A rule for everyone is the rule that the others make exceptions from.
    if (always.has(first) || always.has(second)) continue
    const outcomes = [first, second].map((number) => outcomeOf(rules[number]?.rule))
    if (!(outcomes.includes('approve') && outcomes.includes('decline'))) continue
    const witness = witnessIn(analysis.space.dimensions, where)
    if (!witness.real) continue
    opposed.push(
      report('RULES_OPPOSED', at(second), {
        severity: 'info',
        params: {
          rule: nameOf(first),
          other: nameOf(second),
          example: exampleOf(witness.input),
        },
      }),
    )
  }
  return [
    // A condition that is plainly no condition has its own finding.
    ...analysis.never.flatMap((number) =>
      typeof rules[number]?.rule.when === 'object' && rules[number].rule.when !== null
        ? [
            report('RULE_CONTRADICTS_ITSELF', at(number), {
              severity: 'warning',
              params: { rule: nameOf(number) },
            }),
          ]
        : [],
    ),
    ...analysis.always.flatMap((number) =>
      rules[number]?.rule.when === true
        ? []
        : [
            report('RULE_ALWAYS_MET', at(number), {
              severity: 'info',
              params: { rule: nameOf(number) },
            }),
          ],
    ),
    ...opposed,
  ]
}

const outcomeOf = (rule: Rule | undefined): string | undefined => {
  for (const action of rule?.then ?? []) if (action.do === 'outcome') return action.outcome
  return undefined
}
