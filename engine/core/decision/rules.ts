import { giveOutcome, setField, type Draft } from '#core/decision/draft.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { narrowing } from '#core/decision/narrowing.ts'
import { bind, missingPaths, type PartProgram, type Unit } from '#core/decision/program.ts'
import type { Outcome, Reason } from '#core/decision/result.ts'
import { moreSevere } from '#core/decision/severity.ts'
import { validity } from '#core/decision/validity.ts'
import type { DecisionPart, Rule, RuleAction } from '#core/graph/decision.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'

export type RulesPart = Extract<DecisionPart, { kind: 'rules' }>

/** The rules of a set in the order in which they are tried: higher priority first, else as written. */
export const inOrder = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter((rule) => rule.enabled).toSorted((a, b) => b.priority - a.priority)

/** All rules that are met act. The part's value is the fields that they set, and their `outcome`. */
export function compileRules(part: RulesPart, layout: Layout): PartProgram {
  const rules = inOrder(part.rules)
  const units = rules.map((rule) => compileRule(part.id, rule, layout))
  const sets = rules.some(({ then }) => then.some((action) => action.do === 'set'))
  return {
    id: part.id,
    first: false,
    units,
    narrow: narrowing(units, { layout, first: false }),
    conclude: sets
      ? ({ part: { outcome, fields } }) => ({ outcome, ...fields })
      : ({ part: { outcome } }) => ({ outcome }),
  }
}

type Act = (draft: Draft, frame: Frame, env: Env) => void

function compileRule(part: string, rule: Rule, layout: Layout): Unit {
  const condition = parseLogic(rule.when)
  const inForce = validity(rule)
  const test = bind(condition, layout)
  const { outcome, reasons, others } = effectsOf(part, rule)
  const acts = others.map((action) => compileAction(part, rule, action, layout))
  // One object for all evaluations: most of what a result holds is written in the document.
  const fired = Object.freeze({ part, rule: rule.id, name: rule.name })
  return {
    id: rule.id,
    condition,
    inForce,
    test: inForce ? (frame, env) => inForce(env) && test(frame, env) : test,
    hit: (draft, frame, env) => {
      draft.fired.push(fired)
      if (outcome !== null) giveOutcome(draft, outcome)
      for (let i = 0; i < reasons.length; i += 1) draft.reasons.push(reasons[i] as Reason)
      for (let i = 0; i < acts.length; i += 1) (acts[i] as Act)(draft, frame, env)
    },
    missing: missingPaths(condition, layout),
  }
}

type Other = Exclude<RuleAction, { do: 'outcome' | 'reason' }>

/** What a rule always gives, and the actions that are left. */
function effectsOf(part: string, rule: Rule) {
  let outcome: Outcome | null = null
  const reasons: Reason[] = []
  const others: Other[] = []
  const source = `${part}.${rule.id}`
  for (const action of rule.then)
    if (action.do === 'outcome') outcome = moreSevere(outcome, action.outcome)
    else if (action.do === 'reason')
      reasons.push(Object.freeze({ code: action.code, text: action.text, source }))
    else others.push(action)
  return { outcome, reasons, others }
}

function compileAction(part: string, rule: Rule, action: Other, layout: Layout): Act {
  switch (action.do) {
    case 'set': {
      const value = bind(parseLogic(action.value), layout)
      return (draft, frame, env) => setField(draft, action.field, value(frame, env))
    }
    case 'condition':
      return (draft) => draft.conditions.push(action.text)
    case 'flag':
      return (draft) => {
        if (!draft.flags.includes(action.flag)) draft.flags.push(action.flag)
      }
    case 'adjust': {
      const tree = parseLogic(action.by)
      const by = bind(tree, layout)
      const missing = missingPaths(tree, layout)
      return (draft, frame, env) => {
        const amount = by(frame, env)
        if (typeof amount === 'number') draft[action.target] += amount
        else draft.unknown.push({ part, rule: rule.id, missing: missing(frame, env) })
      }
    }
  }
}
