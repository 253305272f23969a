import { giveOutcome, setField, type Draft } from '#core/decision/draft.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { narrowing } from '#core/decision/narrowing.ts'
import { bind, missingPaths, type PartProgram, type Unit } from '#core/decision/program.ts'
import { validity } from '#core/decision/validity.ts'
import type { DecisionPart, Rule, RuleAction } from '#core/graph/decision.ts'
import type { Env, Evaluate } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'

export type RulesPart = Extract<DecisionPart, { kind: 'rules' }>

/** The rules of a set in the order in which they are tried: higher priority first, else as written. */
const inOrder = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter((rule) => rule.enabled).toSorted((a, b) => b.priority - a.priority)

/** All rules that are met act. The part's value is the fields that they set, and their `outcome`. */
export function compileRules(part: RulesPart, layout: Layout): PartProgram {
  const rules = inOrder(part.rules)
  return {
    id: part.id,
    first: false,
    units: rules.map((rule) => compileRule(part.id, rule, layout)),
    narrow: narrowing(
      rules.map((rule) => ({
        conditions: [parseLogic(rule.when)],
        whole: validity(rule) === null,
      })),
      { layout, first: false },
    ),
    conclude: (draft) => ({ outcome: draft.part.outcome, ...draft.part.fields }),
  }
}

type Act = (draft: Draft, frame: Frame, env: Env) => void

function compileRule(part: string, rule: Rule, layout: Layout): Unit {
  const condition = parseLogic(rule.when)
  const actions = rule.then.map((action) => compileAction(part, rule, action, layout))
  return {
    id: rule.id,
    test: inForce(bind(condition, layout), rule),
    hit: (draft, frame, env) => {
      draft.fired.push({ part, rule: rule.id, name: rule.name })
      for (const act of actions) act(draft, frame, env)
    },
    missing: missingPaths(condition, layout),
  }
}

function inForce(test: Evaluate, rule: Rule): Evaluate {
  const valid = validity(rule)
  return valid ? (frame, env) => valid(env) && test(frame, env) : test
}

function compileAction(part: string, rule: Rule, action: RuleAction, layout: Layout): Act {
  const source = `${part}.${rule.id}`
  switch (action.do) {
    case 'set': {
      const value = bind(parseLogic(action.value), layout)
      return (draft, frame, env) => setField(draft, action.field, value(frame, env))
    }
    case 'outcome':
      return (draft) => giveOutcome(draft, action.outcome)
    case 'reason':
      return (draft) => draft.reasons.push({ code: action.code, text: action.text, source })
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
