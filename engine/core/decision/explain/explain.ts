import { compileDecision } from '#core/decision/compile.ts'
import {
  comparisonOf,
  leavesOf,
  nearer,
  nearestMiss,
  type Comparison,
  type Miss,
} from '#core/decision/explain/misses.ts'
import { writtenPart, type WrittenPart, type WrittenUnit } from '#core/decision/explain/units.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'

/** How a rule or row fared, and why. */
export interface UnitExplanation {
  readonly part: string
  readonly unit: string
  readonly name: string
  readonly pointer: string
  readonly fate: 'met' | 'not met' | 'unknown' | 'not reached'
  /** Of one that was met: whether the hit policy took it. */
  readonly chosen: boolean
  /** Of one not reached: why. */
  readonly because: 'disabled' | 'not in force' | 'earlier row' | 'other case' | null
  /** Every comparison of its condition, also those that evaluating left out. */
  readonly comparisons: readonly Comparison[]
  /** Of one not met or unknown; null elsewhere and where nothing would make it met. */
  readonly miss: Miss | null
}

interface PartExplanation {
  readonly part: string
  readonly name: string
  readonly value: Json
  readonly units: readonly UnitExplanation[]
}

/** A unit that led to the outcome, with the values that it read. */
interface Link {
  readonly part: string
  readonly unit: string | null
  readonly name: string
  /** `from`: the part that gave the value; null for the input. */
  readonly values: readonly {
    readonly path: string
    readonly value: Json
    readonly from: string | null
  }[]
}

export interface Explanation {
  readonly result: DecisionResult
  readonly parts: readonly PartExplanation[]
  /** What was not met, nearest first. */
  readonly nearest: readonly UnitExplanation[]
  /** From the units that gave the outcome back through the parts that fed them. */
  readonly chain: readonly Link[]
}

/**
 * Evaluates anew and says of every rule and row how it fared. `at`: ms since the epoch.
 * @throws as `compileDecision` and what it gives
 */
export function explainDecision(
  decision: Decision,
  input: JsonObject,
  { at }: { readonly at: number },
): Explanation {
  const result = compileDecision(decision)(input, at)
  const env = { at }
  const written = decision.parts.map((part, index) => writtenPart(part, `/parts/${index}`))
  const scope = scopeOf(decision, input, result)
  const parts = decision.parts.map((part, index) => ({
    part: part.id,
    name: part.name,
    value: result.values[part.id] ?? null,
    units: explainUnits(
      part.id,
      written[index] as WrittenPart,
      isPassedOver(part, result) ? null : scope,
      env,
      result,
    ),
  }))
  const nearest = parts
    .flatMap(({ units }) => units)
    .filter(({ miss }) => miss !== null)
    .toSorted((a, b) => nearer(a.miss as Miss, b.miss as Miss))
  return { result, parts, nearest, chain: chainOf(decision, written, parts, result) }
}

/** What every part sees: the input, and the parts that were evaluated before it. */
export function scopeOf(decision: Decision, input: JsonObject, result: DecisionResult): JsonObject {
  const values = decision.parts.map(({ id }): [string, Json] => [id, result.values[id] ?? null])
  return { ...input, ...Object.fromEntries(values), input }
}

/** Whether the switch that the part hangs on chose a case of another part. */
export const isPassedOver = ({ only }: DecisionPart, { values }: DecisionResult): boolean =>
  only !== undefined && !only.cases.some((each) => each === values[only.switch])

function explainUnits(
  part: string,
  { units, first }: WrittenPart,
  /** Null where the part did not run. */
  scope: JsonObject | null,
  env: Env,
  result: DecisionResult,
): UnitExplanation[] {
  let ended = false
  return units.map((unit) => {
    const base = { part, unit: unit.id, name: unit.name, pointer: unit.pointer, chosen: false }
    const because = scope === null ? 'other case' : reasonNotReached(unit, env, ended)
    if (because !== null || scope === null)
      return { ...base, fate: 'not reached', because, comparisons: [], miss: null }
    const comparisons = leavesOf(unit.condition).map((leaf) => comparisonOf(leaf, scope, env))
    const { value } = comparisonOf(unit.condition, scope, env)
    if (value === true) {
      ended ||= first
      const chosen = result.fired.some((each) => each.part === part && each.rule === unit.id)
      return { ...base, fate: 'met', chosen, because, comparisons, miss: null }
    }
    const miss = nearestMiss(unit.condition, scope, env)
    return { ...base, fate: value === null ? 'unknown' : 'not met', because, comparisons, miss }
  })
}

export function reasonNotReached(
  { enabled, inForce }: WrittenUnit,
  env: Env,
  ended: boolean,
): UnitExplanation['because'] {
  if (!enabled) return 'disabled'
  if (!inForce(env)) return 'not in force'
  return ended ? 'earlier row' : null
}

function chainOf(
  decision: Decision,
  written: readonly WrittenPart[],
  parts: readonly PartExplanation[],
  { outcome }: DecisionResult,
): Link[] {
  const ids = decision.parts.map(({ id }) => id)
  const links: Link[] = []
  const linked = new Set<string>()
  const follow = (index: number, taken: (unit: WrittenUnit) => boolean): void => {
    const part = parts[index] as PartExplanation
    for (const unit of part.units) {
      const source = written[index]?.units.find(({ pointer }) => pointer === unit.pointer)
      if (!unit.chosen || linked.has(unit.pointer) || !source || !taken(source)) continue
      linked.add(unit.pointer)
      add(part, unit.unit, unit.name, unit.comparisons)
    }
  }
  const add = (
    part: PartExplanation,
    unit: string | null,
    name: string,
    read: readonly Comparison[],
  ) => {
    const values = read.flatMap(({ operands }) =>
      operands.flatMap(({ path, value }) => {
        if (path === null) return []
        const [root = ''] = path.split('.')
        return [{ path, value, from: ids.includes(root) ? root : null }]
      }),
    )
    links.push({ part: part.part, unit, name, values })
    for (const from of new Set(values.map((value) => value.from)))
      if (from !== null) follow(ids.indexOf(from), () => true)
  }
  if (outcome !== null)
    for (const index of ids.keys()) follow(index, ({ outcomes }) => outcomes.includes(outcome))
  return links
}
