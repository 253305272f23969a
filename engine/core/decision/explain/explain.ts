import type { NestedDecisions } from '#core/decision/compile.ts'
import {
  comparisonOf,
  leavesOf,
  nearer,
  nearestMiss,
  type Comparison,
  type Miss,
} from '#core/decision/explain/misses.ts'
import {
  isPassedOver,
  partIn,
  placesOf,
  type Place,
  type Visit,
} from '#core/decision/explain/places.ts'
import type { WrittenPart, WrittenUnit } from '#core/decision/explain/units.ts'
import type { DecisionResult, Outcome } from '#core/decision/result.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { read } from '#core/logic/path.ts'
import { treeReferences } from '#core/logic/references.ts'

/** How a rule, a row, a bin or a cut-off fared, and why. */
export interface UnitExplanation {
  /** Dotted where it stands in another decision that this one asks: `bureau_policy.hard`. */
  readonly part: string
  readonly unit: string
  readonly name: string
  /** JSON pointer into the document that `decision` names. */
  readonly pointer: string
  readonly decision: string
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
  /** With the names of the parts that ask for it before it. */
  readonly name: string
  readonly value: Json
  readonly units: readonly UnitExplanation[]
}

/** What led to the outcome, with the values that it read. */
interface Link {
  readonly part: string
  /** Null of an expression: it has a value and no rules. */
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
  /** Those of a decision that is asked come after all parts of the one that asks. */
  readonly parts: readonly PartExplanation[]
  /** What was not met, nearest first. */
  readonly nearest: readonly UnitExplanation[]
  /** From what gave the outcome back through the parts that fed it, down to the input. */
  readonly chain: readonly Link[]
}

export interface ExplainOptions {
  /** ms since the epoch */
  readonly at: number
  /** The decisions that this one asks. @default none */
  readonly nested?: NestedDecisions
}

/**
 * Evaluates anew and says of every rule and row how it fared, in the decisions that it asks as well.
 * @throws as `compileDecision` and what it gives
 */
export function explainDecision(
  decision: Decision,
  input: JsonObject,
  { at, nested = () => undefined }: ExplainOptions,
): Explanation {
  const { places, visit } = placesOf(decision, nested)
  const visits = visit(input, at)
  const explained = places.map((place, number) => partsAt(place, visits[number] ?? null, { at }))
  const parts = explained.flat()
  const nearest = parts
    .flatMap(({ units }) => units)
    .filter(({ miss }) => miss !== null)
    .toSorted((a, b) => nearer(a.miss as Miss, b.miss as Miss))
  const { result } = visits[0] as Visit
  return { result, parts, nearest, chain: chainOf({ places, visits, explained }, result) }
}

const partsAt = (place: Place, visit: Visit | null, env: Env): PartExplanation[] =>
  place.decision.parts.map((part, index) => ({
    part: partIn(place, part.id),
    name: [...place.names, part.name].join(' › '),
    value: visit?.result.values[part.id] ?? null,
    units: unitsAt(place, index, visit && isPassedOver(part, visit.result) ? null : visit, env),
  }))

function unitsAt(
  place: Place,
  index: number,
  /** Null where the part did not run. */
  visit: Visit | null,
  env: Env,
): UnitExplanation[] {
  const { units, first } = place.written[index] as WrittenPart
  const { id } = place.decision.parts[index] as Decision['parts'][number]
  const base = { part: partIn(place, id), decision: place.decision.id, chosen: false }
  let ended = false
  return units.map((unit) => {
    const own = { ...base, unit: unit.id, name: unit.name, pointer: unit.pointer }
    const because = visit === null ? 'other case' : reasonNotReached(unit, env, ended)
    if (because !== null || visit === null)
      return { ...own, fate: 'not reached', because, comparisons: [], miss: null }
    const { scope, result } = visit
    const comparisons = leavesOf(unit.condition).map((leaf) => comparisonOf(leaf, scope, env))
    const { value } = comparisonOf(unit.condition, scope, env)
    if (value === true) {
      ended ||= first
      const chosen =
        unit.silent || result.fired.some((each) => each.part === id && each.rule === unit.id)
      return { ...own, fate: 'met', chosen, because, comparisons, miss: null }
    }
    const miss = nearestMiss(unit.condition, scope, env)
    return { ...own, fate: value === null ? 'unknown' : 'not met', because, comparisons, miss }
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

interface Explained {
  readonly places: readonly Place[]
  readonly visits: readonly (Visit | null)[]
  readonly explained: readonly (readonly PartExplanation[])[]
}

function chainOf({ places, visits, explained }: Explained, { outcome }: DecisionResult): Link[] {
  const links: Link[] = []
  const linked = new Set<string>()
  const isNew = (key: string): boolean => !linked.has(key) && linked.add(key) !== undefined
  const belowOf = (by: number, part: string): number =>
    places.findIndex(({ asked }) => asked?.by === by && asked.part.id === part)

  /** What gave the part its value, of which `rest` is read; or only what gave the outcome that is wanted. */
  const follow = (
    number: number,
    index: number,
    { wanted = null, rest = [] }: { wanted?: Outcome | null; rest?: readonly string[] },
  ): void => {
    const place = places[number] as Place
    const visit = visits[number] ?? null
    const part = place.decision.parts[index]
    const told = explained[number]?.[index]
    if (!part || !told || visit === null || isPassedOver(part, visit.result)) return
    if (part.kind === 'decision') {
      const below = belowOf(number, part.id)
      const inner = visits[below]
      if (!inner || (wanted !== null && (part.joins === false || inner.result.outcome !== wanted)))
        return
      const asked = wanted ?? (rest[0] === 'outcome' ? inner.result.outcome : null)
      const within = places[below]?.decision.parts ?? []
      const named = within.findIndex(({ id }) => id === rest[0])
      for (const at of named >= 0 ? [named] : within.keys())
        follow(below, at, { wanted: asked, rest: rest.slice(1) })
      return
    }
    const { units, expressions } = place.written[index] as WrittenPart
    for (const unit of told.units) {
      const source = units.find(({ pointer }) => pointer === unit.pointer)
      const gives = wanted === null ? !source?.silent : source?.outcomes.includes(wanted)
      if (!unit.chosen || !gives || !isNew(`${number} ${unit.pointer}`)) continue
      const compared = unit.comparisons.flatMap(({ operands }) =>
        operands.flatMap(({ path }) => (path === null ? [] : [path.split('.')])),
      )
      add(number, { ...told, unit: unit.unit, name: unit.name }, compared)
    }
    if (wanted === null && expressions.length > 0 && isNew(`${number} value ${part.id}`))
      add(
        number,
        { ...told, unit: null },
        expressions.flatMap((each) => treeReferences(each)),
      )
  }
  const add = (
    number: number,
    { part, unit, name }: Pick<Link, 'part' | 'unit' | 'name'>,
    paths: readonly (readonly string[])[],
  ): void => {
    const place = places[number] as Place
    const visit = visits[number] as Visit
    const known = new Map(paths.map((path) => [path.join('.'), path]))
    const values = [...known].map(([path, keys]) => ({
      path,
      value: (read(visit.scope, keys) ?? null) as Json,
      from: place.decision.parts.find(({ id }) => id === keys[0])?.id ?? null,
    }))
    links.push({
      part,
      unit,
      name,
      values: values.map((value) => ({ ...value, from: value.from && partIn(place, value.from) })),
    })
    for (const { path, from } of values)
      if (from === null) upward(number, path.split('.'))
      else
        follow(
          number,
          place.decision.parts.findIndex(({ id }) => id === from),
          { rest: path.split('.').slice(1) },
        )
  }
  /** A field of what a decision was given comes from the parts that its asker gave it from. */
  const upward = (number: number, [root = '', next]: readonly string[]): void => {
    const { asked } = places[number] as Place
    const given = asked?.part.inputs[root === 'input' ? (next ?? '') : root]
    if (!asked || given === undefined) return
    const { parts } = (places[asked.by] as Place).decision
    for (const [from = '', ...rest] of treeReferences(parseLogic(given))) {
      const index = parts.findIndex(({ id }) => id === from)
      if (index >= 0) follow(asked.by, index, { rest })
    }
  }
  if (outcome !== null)
    for (const index of places[0]?.decision.parts.keys() ?? [])
      follow(0, index, { wanted: outcome })
  return links
}
