import type { Outcome } from '#core/decision/result.ts'
import { moreSevere, severity } from '#core/decision/severity.ts'
import type { Rule, RuleAction } from '#core/graph/decision.ts'

/** What a rule does in vain: wherever it is met, the rules that are named do as much already. */
interface Idle {
  readonly rule: number
  readonly by: readonly number[]
  /** `all`: nothing of the rule changes anything. `outcome`: a graver one always stands. */
  readonly what: 'all' | 'outcome'
}

/** `rules` in the order in which they are tried; `taken` tells which of some rules take all cases of one. */
export function idleRules(
  rules: readonly Rule[],
  taken: (rule: number, others: readonly number[]) => readonly number[] | null,
): Idle[] {
  const gives = rules.map(outcomeOf)
  const graver = (one: number, other: number): boolean =>
    severity(gives[one] ?? null) > severity(gives[other] ?? null)
  // One of a time or a tenant may not be in force.
  const sure = rules.flatMap(({ validFrom, validTo, tenant }, number) =>
    validFrom === undefined && validTo === undefined && tenant === undefined ? [number] : [],
  )
  const doing = (number: number, action: RuleAction): number[] =>
    action.do === 'outcome'
      ? sure.filter(
          (other) => graver(other, number) || (other < number && gives[other] === gives[number]),
        )
      : sure.filter(
          (other) => other < number && rules[other]?.then.some((each) => isSame(each, action)),
        )
  return rules.flatMap((rule, number): Idle[] => {
    const each = rule.then.map((action) => taken(number, doing(number, action)))
    if (each.length > 0 && !each.includes(null)) {
      const by = [...new Set(each.flatMap((some) => some ?? []))]
      return [{ rule: number, by: by.toSorted((a, b) => a - b), what: 'all' }]
    }
    if ((gives[number] ?? null) === null) return []
    const by = taken(
      number,
      sure.filter((other) => graver(other, number)),
    )
    return by === null ? [] : [{ rule: number, by, what: 'outcome' }]
  })
}

/** Of several outcomes the gravest counts. */
export const outcomeOf = (rule: Rule): Outcome | null =>
  rule.then.reduce<Outcome | null>(
    (gravest, action) => (action.do === 'outcome' ? moreSevere(gravest, action.outcome) : gravest),
    null,
  )

/** Whether an action of an earlier rule makes this one superfluous. Adjustments add up. */
function isSame(earlier: RuleAction, action: RuleAction): boolean {
  if (earlier.do === 'set') return action.do === 'set' && earlier.field === action.field
  if (earlier.do === 'flag') return action.do === 'flag' && earlier.flag === action.flag
  if (earlier.do === 'condition') return action.do === 'condition' && earlier.text === action.text
  if (earlier.do === 'reason')
    return action.do === 'reason' && earlier.code === action.code && earlier.text === action.text
  return false
}
