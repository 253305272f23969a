import { assign, setup } from 'xstate'
import { compileProgram, type NestedDecisions } from '#core/decision/compile.ts'
import { beginPart, newDraft, toResult, type Draft } from '#core/decision/draft.ts'
import type { Frame } from '#core/decision/layout.ts'
import type { DecisionProgram, PartProgram, Unit } from '#core/decision/program.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { MetisError } from '#core/errors.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { JsonObject } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import type { MessageCode } from '#core/messages/catalogue.ts'

/** What the machine carries; plain data, never changed in place. */
export interface DecisionContext {
  readonly draft: Draft
  readonly frame: Frame
  readonly env: Env
  /** A table that broke its hit policy. */
  readonly failure: { readonly code: MessageCode; readonly message: string } | null
}
interface DecisionMachineInput {
  readonly input: JsonObject
  readonly at: number
}

const base = setup({
  types: {
    context: {} as DecisionContext,
    input: {} as DecisionMachineInput,
    output: {} as DecisionResult | null,
  },
})
type Config = Parameters<typeof base.createMachine>[0]
type States = NonNullable<Config['states']>
type State = States[string]
interface Scope {
  readonly context: DecisionContext
}

/**
 * The decision as an XState machine: a state for each rule and row, left by `always` transitions, so that it can be
 * stepped through. Its output is the function's result; where the function throws, it ends in `failed` without one.
 * `meta` of a state names the part and the rule.
 */
export function decisionMachine(decision: Decision, nested: NestedDecisions = () => undefined) {
  const program = compileProgram(decision, nested)
  const { layout } = program
  const states: Record<string, State> = {}
  program.parts.forEach((part, index) => {
    part.units.forEach((unit, u) => {
      states[stateOf(index, u)] = unitState(part, unit, {
        next: stateOf(index, after(part, u)),
        end: endOf(index),
      })
    })
    if (part.runs) states[gateOf(index)] = gateState(program, part, index)
    states[endOf(index)] = endState(program, index)
  })
  return base.createMachine({
    id: decision.id,
    initial: startOf(program, 0),
    context: ({ input }) => ({
      draft: newDraft(),
      frame: layout.start(input.input),
      env: { at: input.at },
      failure: null,
    }),
    states: { ...states, done: { type: 'final' }, failed: { type: 'final' } },
    output: ({ context }) =>
      context.failure
        ? null
        : toResult(context.draft, program, layout.values(context.frame, context.draft.fields)),
  })
}

const gateOf = (part: number): string => `part_${part}_gate`
const firstOf = (part: PartProgram, index: number): string =>
  stateOf(index, part.units.length > 0 ? 0 : null)
const endOf = (part: number): string => `part_${part}_end`
const stateOf = (part: number, unit: number | null): string =>
  unit === null ? endOf(part) : `part_${part}_${unit}`
const after = (part: PartProgram, unit: number): number | null =>
  unit + 1 < part.units.length ? unit + 1 : null
const startOf = ({ parts }: DecisionProgram, index: number): string => {
  const part = parts[index]
  if (!part) return 'done'
  return part.runs ? gateOf(index) : firstOf(part, index)
}

/** Goes on to the part, or past it where its switch chose another case. */
const gateState = (program: DecisionProgram, part: PartProgram, index: number): State => ({
  always: [
    {
      guard: ({ context }: Scope) => part.runs?.(context.frame, context.env) ?? true,
      target: firstOf(part, index),
    },
    { target: startOf(program, index + 1) },
  ],
})

/** A copy with the change made to it: earlier snapshots stay what they were. */
const changed = (draft: Draft, change: (copy: Draft) => void): Draft => {
  const copy = structuredClone(draft)
  change(copy)
  return copy
}

function unitState(part: PartProgram, unit: Unit, to: { next: string; end: string }): State {
  const gives = (value: boolean | null) => (scope: Scope) =>
    unit.test(scope.context.frame, scope.context.env) === value
  return {
    meta: { part: part.id, rule: unit.id },
    always: [
      {
        guard: gives(true),
        target: part.first ? to.end : to.next,
        actions: assign({
          draft: ({ context: { draft, frame, env } }: Scope) =>
            changed(draft, (copy) => unit.hit(copy, frame, env)),
        }),
      },
      {
        guard: gives(null),
        target: to.next,
        actions: assign({
          draft: ({ context: { draft, frame, env } }: Scope) =>
            changed(draft, (copy) => {
              copy.unknown.push({ part: part.id, rule: unit.id, missing: unit.missing(frame, env) })
            }),
        }),
      },
      { target: to.next },
    ],
  }
}

function endState(program: DecisionProgram, index: number): State {
  const part = program.parts[index] as PartProgram
  return {
    meta: { part: part.id },
    entry: assign(({ context }: Scope) => {
      const draft = structuredClone(context.draft)
      const frame = [...context.frame]
      try {
        program.layout.settle(frame, index, part.conclude(draft, frame, context.env))
      } catch (error) {
        if (!(error instanceof MetisError)) throw error
        return { failure: { code: error.code, message: error.message } }
      }
      beginPart(draft)
      return { draft, frame }
    }),
    always: [
      { guard: ({ context }: Scope) => context.failure !== null, target: 'failed' },
      { target: startOf(program, index + 1) },
    ],
  }
}
