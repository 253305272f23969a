import { freshId } from '#core/decision/fresh-id.ts'
import type { Rule, RuleAction } from '#core/graph/decision.ts'
import type { Part } from './edit.ts'

type Rules = Part<'rules'>

/** The rules as the engine tries them: higher priority first, else as written. Disabled ones keep their place. */
export const asTried = (rules: readonly Rule[]): Rule[] =>
  rules.toSorted((a, b) => b.priority - a.priority)

export const blankAction: {
  readonly [K in RuleAction['do']]: () => Extract<RuleAction, { do: K }>
} = {
  outcome: () => ({ do: 'outcome', outcome: 'refer' }),
  reason: () => ({ do: 'reason', code: '', text: '' }),
  condition: () => ({ do: 'condition', text: '' }),
  set: () => ({ do: 'set', field: '', value: null }),
  adjust: () => ({ do: 'adjust', target: 'limit', by: 0 }),
  flag: () => ({ do: 'flag', flag: '' }),
}

/** A new rule that does nothing yet, tried last. */
export function addRule(part: Rules, name: string): Rules {
  const id = freshId(
    'rule',
    part.rules.map((rule) => rule.id),
  )
  const lowest = asTried(part.rules).at(-1)?.priority ?? 0
  const rule: Rule = {
    id,
    name,
    when: null,
    then: [blankAction.outcome(), blankAction.reason()],
    priority: Math.min(0, lowest),
    enabled: true,
  }
  return { ...part, rules: [...part.rules, rule] }
}

export const changeRule = (part: Rules, id: string, change: (rule: Rule) => Rule): Rules => ({
  ...part,
  rules: part.rules.map((rule) => (rule.id === id ? change(rule) : rule)),
})

export const removeRule = (part: Rules, id: string): Rules => ({
  ...part,
  rules: part.rules.filter((rule) => rule.id !== id),
})

export function copyRule(part: Rules, id: string, name: string): Rules {
  const index = part.rules.findIndex((rule) => rule.id === id)
  const rule = part.rules[index]
  if (rule === undefined) return part
  const fresh = freshId(
    'rule',
    part.rules.map((each) => each.id),
  )
  return { ...part, rules: part.rules.toSpliced(index + 1, 0, { ...rule, id: fresh, name }) }
}

/**
 * Moves a rule to a place among the rules as they are tried. Where its priority would carry it
 * elsewhere it takes that of its new neighbour, so that what one sees is what is tried.
 */
export function moveRule(part: Rules, id: string, to: number): Rules {
  const tried = asTried(part.rules)
  const from = tried.findIndex((rule) => rule.id === id)
  const rule = tried[from]
  const target = Math.max(0, Math.min(tried.length - 1, to))
  if (rule === undefined || target === from) return part
  const others = tried.toSpliced(from, 1)
  const above = others[target - 1]?.priority ?? Infinity
  const below = others[target]?.priority ?? -Infinity
  const priority = Math.max(below, Math.min(above, rule.priority))
  return { ...part, rules: others.toSpliced(target, 0, { ...rule, priority }) }
}
