import { compileDecision } from '#core/decision/compile.ts'
import { candidatesOf, type Candidates } from '#core/decision/explain/candidates.ts'
import type { DecisionResult, Outcome } from '#core/decision/result.ts'
import { outcomes, severity } from '#core/decision/severity.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { read } from '#core/logic/path.ts'

interface Change {
  readonly path: string
  readonly from: Json
  readonly to: Json
}

export type Counterfactual =
  | {
      readonly found: true
      readonly changes: readonly Change[]
      readonly result: DecisionResult
      /** Whether everything smaller was tried. */
      readonly smallest: boolean
    }
  /** `complete`: all changes of up to `most` inputs to candidate values were tried. */
  | {
      readonly found: false
      readonly most: number
      readonly tried: number
      readonly complete: boolean
    }

export interface CounterfactualOptions {
  /** ms since the epoch */
  readonly at: number
  /** Dotted paths that may change. @default all that the schema does not mark `x-immutable` */
  readonly mutable?: readonly string[]
  /** @default none, and outcomes milder than the present one; of an approval or none, any other */
  readonly to?: readonly (Outcome | null)[]
  /** Inputs that change together. @default 3 */
  readonly most?: number
  /** Evaluations. @default 20000 */
  readonly budget?: number
}

/**
 * The change of the fewest inputs, and of these the smallest, that brings another outcome. Only values on either side
 * of the thresholds are tried; what is found was evaluated.
 */
export function counterfactual(
  decision: Decision,
  input: JsonObject,
  { at, mutable, to, most = 3, budget = 20_000 }: CounterfactualOptions,
): Counterfactual {
  const evaluate = compileDecision(decision)
  const before = evaluate(input, at).outcome
  const wanted = to ?? sought(before)
  const axes = candidatesOf(decision)
    .filter(({ path, schema }) =>
      mutable ? mutable.includes(path.join('.')) : schema['x-immutable'] !== true,
    )
    .map((axis) => movesOf(axis, input))
    .filter((moves) => moves.length > 0)
  let tried = 0
  let complete = true
  for (let size = 1; size <= Math.min(most, axes.length); size += 1) {
    const { combined, whole } = combinations(axes, size, budget - tried)
    complete &&= whole
    for (const moves of combined.toSorted((a, b) => cost(a) - cost(b))) {
      tried += 1
      const result = attempt(evaluate, applied(input, moves), at)
      if (result === null || !wanted.includes(result.outcome)) continue
      const changes = moves.map(({ path, from, value }) => ({
        path: path.join('.'),
        from,
        to: value,
      }))
      return { found: true, changes, result, smallest: complete }
    }
    if (!whole) break
  }
  return { found: false, most, tried, complete }
}

const sought = (outcome: Outcome | null): readonly (Outcome | null)[] => {
  const milder = outcomes.filter((each) => severity(each) < severity(outcome))
  if (milder.length === 0) return outcomes.filter((each) => each !== outcome)
  return [null, ...milder]
}

interface Move {
  readonly path: readonly string[]
  readonly from: Json
  readonly value: Json
  readonly distance: number
}

const cost = (moves: readonly Move[]): number =>
  moves.reduce((sum, { distance }) => sum + distance, 0)

function movesOf({ path, schema, values }: Candidates, input: JsonObject): readonly Move[] {
  const from = read(input, path) ?? null
  const numbers = [...values, from].filter((value) => typeof value === 'number')
  const { minimum, maximum } = schema
  const low = typeof minimum === 'number' ? minimum : Math.min(...numbers)
  const high = typeof maximum === 'number' ? maximum : Math.max(...numbers)
  return values
    .filter((value) => value !== from)
    .map((value) => ({
      path,
      from,
      value,
      distance:
        typeof value === 'number' && typeof from === 'number' && high > low
          ? Math.abs(value - from) / (high - low)
          : 1,
    }))
    .toSorted((a, b) => a.distance - b.distance)
}

/** One move on each of `size` axes; `whole` where all of them fit. */
function combinations(
  axes: readonly (readonly Move[])[],
  size: number,
  most: number,
): { combined: (readonly Move[])[]; whole: boolean } {
  const combined: (readonly Move[])[] = []
  const extend = (chosen: readonly Move[], next: number): boolean => {
    if (chosen.length === size) {
      if (combined.length >= most) return false
      combined.push(chosen)
      return true
    }
    for (let axis = next; axis <= axes.length - (size - chosen.length); axis += 1)
      for (const move of axes[axis] ?? []) if (!extend([...chosen, move], axis + 1)) return false
    return true
  }
  const whole = extend([], 0)
  return { combined, whole }
}

/** A change that breaks a hit policy is no way to another outcome. */
function attempt(
  evaluate: (input: JsonObject, at: number) => DecisionResult,
  input: JsonObject,
  at: number,
): DecisionResult | null {
  try {
    return evaluate(input, at)
  } catch {
    return null
  }
}

const applied = (input: JsonObject, moves: readonly Move[]): JsonObject =>
  moves.reduce((changed, { path, value }) => withValue(changed, path, value), input)

export function withValue(into: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return into
  const inner = into[key]
  return {
    ...into,
    [key]:
      rest.length === 0
        ? value
        : withValue(isObject(inner) ? (inner as JsonObject) : {}, rest, value),
  }
}
