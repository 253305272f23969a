import type { NestedDecisions } from '#core/decision/compile.ts'
import { attempted } from '#core/decision/explain/attempted.ts'
import {
  joined,
  leversOf,
  type Candidates,
  type WorkedEdge,
} from '#core/decision/explain/candidates.ts'
import { placesOf } from '#core/decision/explain/places.ts'
import { withValue } from '#core/decision/explain/with-value.ts'
import type { DecisionResult, Outcome } from '#core/decision/result.ts'
import { outcomes, severity } from '#core/decision/severity.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { read } from '#core/logic/path.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

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
      /**
       * Whether everything smaller was tried. Of comparisons that are worked out only changes of one input are, and of
       * those none that bend, as a remainder does.
       */
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
  /** The decisions that this one asks. @default none */
  readonly nested?: NestedDecisions | undefined
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
 * of the thresholds are tried, also of what is worked out from an input and of the decisions that this one asks; what
 * is found was evaluated.
 */
export function counterfactual(
  decision: Decision,
  input: JsonObject,
  { at, nested = () => undefined, mutable, to, most = 3, budget = 20_000 }: CounterfactualOptions,
): Counterfactual {
  const all = placesOf(decision, nested)
  const evaluate = (changed: JsonObject) => attempted(() => all.evaluate(changed, at))
  const wanted = to ?? sought(all.evaluate(input, at).outcome)
  const levers = leversOf(all)
  const looks = { left: Math.floor(budget / 2) }
  const turned = levers.turning(levers.worked, input, at, looks)
  const found = search({
    input,
    evaluate: (changed) => {
      const result = evaluate(changed)
      return result && wanted.includes(result.outcome) ? result : null
    },
    axes: joined([levers.plain, turned])
      .filter(({ path, schema }) =>
        mutable ? mutable.includes(path.join('.')) : schema['x-immutable'] !== true,
      )
      .map((axis) => movesOf(axis, input))
      .filter((moves) => moves.length > 0),
    most,
    budget,
  })
  const { worked } = levers
  const sure = (changed: number): boolean =>
    looks.left > 0 && (worked.length === 0 || (changed < 2 && !worked.some(bends)))
  return found.found
    ? { ...found, smallest: found.smallest && sure(found.changes.length) }
    : { ...found, complete: found.complete && looks.left > 0 }
}

/** Along which a comparison may turn more than once. */
const bending: ReadonlySet<string> = new Set([
  'modulo',
  'abs',
  'power',
  'is_odd',
  'is_even',
  'if_then',
  'time_part',
])
const bends = ({ left, right }: WorkedEdge): boolean => hasBend(left) || hasBend(right)
const hasBend = (tree: Tree): boolean =>
  (tree.kind === 'call' && bending.has(tree.operator)) || sameScope(tree).some(hasBend)

interface Search {
  readonly input: JsonObject
  /** The result where it is as wanted. */
  readonly evaluate: (input: JsonObject) => DecisionResult | null
  readonly axes: readonly (readonly Move[])[]
  readonly most: number
  readonly budget: number
}

function search({ input, evaluate, axes, most, budget }: Search): Counterfactual {
  let tried = 0
  let complete = true
  for (let size = 1; size <= Math.min(most, axes.length); size += 1) {
    const { combined, whole } = combinations(axes, size, budget - tried)
    complete &&= whole
    for (const moves of combined.toSorted((a, b) => cost(a) - cost(b))) {
      tried += 1
      const result = evaluate(applied(input, moves))
      if (result === null) continue
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

const applied = (input: JsonObject, moves: readonly Move[]): JsonObject =>
  moves.reduce((changed, { path, value }) => withValue(changed, path, value), input)
