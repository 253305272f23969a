import { getInitialMicrosteps } from 'xstate'
import { compileProgram, type NestedDecisions } from '#core/decision/compile.ts'
import { decisionMachine, type DecisionContext } from '#core/decision/machine.ts'
import type { Outcome } from '#core/decision/result.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'

/** What one state of a decision's machine did before it was left. */
export interface DecisionStep {
  /** The state's name in the machine. */
  readonly state: string
  readonly part: string
  /** The rule or row that was tried; null where the part came to its value. */
  readonly rule: string | null
  readonly fate: 'met' | 'unmet' | 'unknown' | 'concluded' | 'failed'
  /** Where unknown: the paths that were missing. */
  readonly missing: readonly string[]
  /** The part's value, once it has one. */
  readonly value: Json
  /** Where failed: why. */
  readonly problem: string | null
  /** As decided so far, this step included. */
  readonly outcome: Outcome | null
  readonly reasons: readonly string[]
}

/**
 * The way of one input through the decision's XState machine, one microstep at a time and from the first to the last,
 * so that one can go forward and back in it. At `at`, ms since the epoch.
 * @throws LogicError, TerminalError as `decisionMachine`
 */
export function decisionSteps(
  decision: Decision,
  input: JsonObject,
  { at, nested }: { readonly at: number; readonly nested?: NestedDecisions },
): DecisionStep[] {
  const machine = decisionMachine(decision, nested)
  const { parts } = compileProgram(decision, nested)
  const snapshots = getInitialMicrosteps(machine, { input, at }).map(([snapshot]) => snapshot)
  const values = snapshots.at(-1)?.output?.values ?? {}

  const stepOf = (state: string, meta: StateMeta, context: DecisionContext): DecisionStep => {
    const { part, rule = null } = meta
    const base = { state, part, rule, missing: [], value: null, problem: null, ...soFar(context) }
    if (context.failure !== null)
      return { ...base, fate: 'failed', problem: context.failure.message }
    if (rule === null) return { ...base, fate: 'concluded', value: values[part] ?? null }
    const unit = parts.find(({ id }) => id === part)?.units.find(({ id }) => id === rule)
    const met = unit?.test(context.frame, context.env) ?? null
    const missing = met === null ? (unit?.missing(context.frame, context.env) ?? []) : []
    return { ...base, fate: met === null ? 'unknown' : met === true ? 'met' : 'unmet', missing }
  }
  return snapshots.slice(0, -1).flatMap((snapshot, index) => {
    const state = String(snapshot.value)
    const meta = snapshot.getMeta()[`${machine.id}.${state}`] as StateMeta | undefined
    if (meta === undefined) return []
    const after = snapshots[index + 1]?.context ?? snapshot.context
    return [{ ...stepOf(state, meta, snapshot.context), ...soFar(after) }]
  })
}

interface StateMeta {
  readonly part: string
  readonly rule?: string
}

const soFar = ({ draft }: DecisionContext): Pick<DecisionStep, 'outcome' | 'reasons'> => ({
  outcome: draft.outcome,
  reasons: draft.reasons.map(({ code }) => code),
})
