import { giveOutcome, type Draft } from '#core/decision/draft.ts'
import type { Layout } from '#core/decision/layout.ts'
import { bind, type PartProgram } from '#core/decision/program.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'

export type NestedPart = Extract<DecisionPart, { kind: 'decision' }>

/** Evaluates another decision on inputs of its own; the value is its outcome and its values. */
export function compileNested(
  part: NestedPart,
  layout: Layout,
  evaluate: (input: JsonObject, env: Env) => DecisionResult,
): PartProgram {
  const inputs = Object.entries(part.inputs).map(([name, logic]) => ({
    name,
    value: bind(parseLogic(logic), layout),
  }))
  const { joins = true } = part
  return {
    id: part.id,
    units: [],
    first: false,
    conclude: (draft, frame, env) => {
      const input = Object.fromEntries(inputs.map(({ name, value }) => [name, value(frame, env)]))
      const result = evaluate(input, env)
      if (joins) join(draft, part.id, result)
      return { ...result.values, outcome: result.outcome }
    },
  }
}

/** What the other decision decided counts as this one's own; sources and rules are named below the part. */
function join(draft: Draft, part: string, result: DecisionResult): void {
  if (result.outcome !== null) giveOutcome(draft, result.outcome)
  const below = (id: string): string => `${part}.${id}`
  draft.reasons.push(...result.reasons.map((each) => ({ ...each, source: below(each.source) })))
  draft.conditions.push(...result.conditions)
  draft.flags.push(...result.flags.filter((flag) => !draft.flags.includes(flag)))
  draft.limit += result.adjust.limit
  draft.rate += result.adjust.rate
  const inside = (each: { readonly part: string; readonly rule: string }) => ({
    part,
    rule: `${each.part}.${each.rule}`,
  })
  draft.fired.push(...result.fired.map((each) => ({ ...each, ...inside(each) })))
  draft.unknown.push(...result.unknown.map((each) => ({ ...each, ...inside(each) })))
}
