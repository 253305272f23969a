import { beginPart, newDraft, toResult } from '#core/decision/draft.ts'
import { Layout } from '#core/decision/layout.ts'
import { bind, tryUnit, type PartProgram } from '#core/decision/program.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { compileRules } from '#core/decision/rules.ts'
import { compileTable } from '#core/decision/table.ts'
import { TerminalError } from '#core/errors.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { hashJson } from '#core/hash.ts'
import { isForbiddenKey, type Json, type JsonObject } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'

/** `at`: ms since the epoch. @throws TerminalError TABLE_NOT_UNIQUE, TABLE_ANY_DIFFERS */
export type CompiledDecision = (input: JsonObject, at: number) => DecisionResult

/** What the function and the state machine of a decision share. */
export interface DecisionProgram {
  readonly decision: { readonly id: string; readonly version: string }
  readonly parts: readonly PartProgram[]
  readonly layout: Layout
}

type PartCompilers = {
  readonly [K in DecisionPart['kind']]: (
    part: Extract<DecisionPart, { kind: K }>,
    layout: Layout,
  ) => PartProgram
}

const compilers: PartCompilers = {
  rules: compileRules,
  table: compileTable,
  expression: (part, layout) => {
    const value = bind(parseLogic(part.value), layout)
    return { id: part.id, units: [], first: false, conclude: (_, frame, env) => value(frame, env) }
  },
}

/**
 * Parts run in order; each sees the input and the parts before it. The most severe outcome stands.
 * @throws LogicError where logic does not compile, TerminalError DECISION_FIELD_FORBIDDEN
 */
export function compileDecision(decision: Decision): CompiledDecision {
  const program = compileProgram(decision)
  const { parts, layout } = program
  return (input, at) => {
    const env = { at }
    const frame = layout.start(input)
    const draft = newDraft()
    parts.forEach((part, index) => {
      beginPart(draft)
      for (const unit of part.units) if (!tryUnit(part, unit, draft, frame, env)) break
      layout.settle(frame, index, part.conclude(draft, frame, env))
    })
    return toResult(draft, program.decision, layout.values(frame))
  }
}

export function compileProgram(decision: Decision): DecisionProgram {
  for (const field of decision.parts.flatMap(writtenFields)) {
    if (isForbiddenKey(field)) throw new TerminalError('DECISION_FIELD_FORBIDDEN', { field })
  }
  const layout = new Layout(decision.parts.map((part) => part.id))
  return {
    decision: { id: decision.id, version: contentVersion(decision) },
    parts: decision.parts.map((part) => compilePart(part, layout)),
    layout,
  }
}

const compilePart = (part: DecisionPart, layout: Layout): PartProgram =>
  // The kind selects the compiler of that kind; the compiler cannot see that the two belong together.
  (compilers[part.kind] as (part: DecisionPart, layout: Layout) => PartProgram)(part, layout)

function writtenFields(part: DecisionPart): readonly string[] {
  if (part.kind === 'rules') {
    return part.rules.flatMap((rule) =>
      rule.then.flatMap((action) => (action.do === 'set' ? [action.field] : [])),
    )
  }
  if (part.kind !== 'table') return []
  return part.outputs
    .map(({ expression }) => expression)
    .filter((field) => typeof field === 'string')
}

/** Twelve hex digits over what the decision means: names and tests are no part of it. */
const contentVersion = ({ id, parts, input }: Decision): string =>
  // Parsed documents are JSON; optional members that are undefined are left out of the canonical form.
  hashJson({ id, parts, input } as unknown as Json).slice(0, 12)
