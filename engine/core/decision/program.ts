import type { Narrowing } from '#core/decision/narrowing.ts'
import type { Draft } from '#core/decision/draft.ts'
import type { Frame, Layout } from '#core/decision/layout.ts'
import { toJson } from '#core/logic/coerce.ts'
import { compileTree, usesImported } from '#core/logic/compile.ts'
import { tracing } from '#core/logic/evaluate-traced.ts'
import type { Env, Evaluate } from '#core/logic/evaluation.ts'
import type { Tree } from '#core/logic/tree.ts'
import type { Json } from '#core/json.ts'

/** A rule or a row. */
export interface Unit {
  readonly id: string
  /** What its test asks, besides whether it is in force. */
  readonly condition: Tree
  /** Whether it is in force; null where it always is. */
  readonly inForce: ((env: Env) => boolean) | null
  /** Met only where it gives true; null where that is unknown. */
  readonly test: Evaluate
  hit(draft: Draft, frame: Frame, env: Env): void
  /** What kept the test from being known. */
  missing(frame: Frame, env: Env): readonly string[]
}

/** A part of a decision, ready to run. Parts of every kind have this one shape. */
export interface PartProgram {
  readonly id: string
  /** Whether it runs at all; absent where it always does. */
  readonly runs?: (frame: Frame, env: Env) => boolean
  readonly units: readonly Unit[]
  /** Finds the units that can be met or unknown; null or absent where all are to be tried. */
  readonly narrow?: Narrowing | null
  /** Whether the first unit that is hit ends the part. */
  readonly first: boolean
  /** The part's value, once its units have been tried. */
  conclude(draft: Draft, frame: Frame, env: Env): Json
}

/** What the function and the state machine of a decision share. */
export interface DecisionProgram {
  readonly decision: { readonly id: string; readonly version: string }
  readonly parts: readonly PartProgram[]
  readonly layout: Layout
  /** The part whose value is the decision's output; null where there is none. */
  readonly output: string | null
}

/** Compiles logic to read from a decision's frame. */
export function bind(tree: Tree, layout: Layout): Evaluate {
  const evaluate = compileTree(tree, layout.reading)
  return usesImported(tree) ? (frame, env) => toJson(evaluate(frame, env)) : evaluate
}

/** The paths that made a tree null: evaluated anew with a trace, which is made when it is first needed. */
export const missingPaths = (
  tree: Tree,
  layout: Layout,
): ((frame: Frame, env: Env) => readonly string[]) => {
  let trace: ReturnType<typeof tracing> | undefined
  return (frame, env) => (trace ??= tracing(tree))(layout.scope(frame), env).missing
}

/** Tries one unit; true where the part is to go on. */
export const tryUnit = (
  part: PartProgram,
  unit: Unit,
  draft: Draft,
  frame: Frame,
  env: Env,
): boolean => take(part, unit, unit.test(frame, env), { draft, frame, env })

interface At {
  readonly draft: Draft
  readonly frame: Frame
  readonly env: Env
}

function take(part: PartProgram, unit: Unit, met: Json, { draft, frame, env }: At): boolean {
  if (met === true) {
    unit.hit(draft, frame, env)
    return !part.first
  }
  if (met === null) {
    draft.unknown.push({ part: part.id, rule: unit.id, missing: unit.missing(frame, env) })
  }
  return true
}

/** Tries the units of a part in order. */
export function tryUnits(part: PartProgram, draft: Draft, frame: Frame, env: Env): void {
  const { units } = part
  if (!part.narrow) {
    for (const unit of units) if (!tryUnit(part, unit, draft, frame, env)) return
    return
  }
  const { places, verdicts } = part.narrow(frame)
  const at = { draft, frame, env }
  for (let i = 0; i < places.length; i += 1) {
    const unit = units[places[i] as number] as Unit
    const verdict = verdicts[i]
    if (!take(part, unit, verdict === undefined ? unit.test(frame, env) : verdict, at)) return
  }
}
