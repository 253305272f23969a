import { attempted } from '#core/decision/explain/attempted.ts'
import { joined, type Levers } from '#core/decision/explain/candidates.ts'
import { reasonNotReached } from '#core/decision/explain/explain.ts'
import { nearestMiss } from '#core/decision/explain/misses.ts'
import { isPassedOver, type Place, type Places } from '#core/decision/explain/places.ts'
import type { WrittenPart, WrittenUnit } from '#core/decision/explain/units.ts'
import { withValue } from '#core/decision/explain/with-value.ts'
import type { DecisionPart } from '#core/graph/decision.ts'
import { canonicalJson, type JsonObject } from '#core/json.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'
import type { Tree } from '#core/logic/tree.ts'

/** A rule, row, bin or cut-off that a case is wanted for. */
export interface Goal {
  readonly name: string
  readonly unit: WrittenUnit
  /** Where it stands: the place, and in it the part. */
  readonly place: number
  readonly part: number
  /** What must hold besides: that its part and its decision are come to. */
  readonly gates: readonly { readonly place: number; readonly tree: Tree }[]
  /** How far an input is from it; a `total` of 0 meets it. */
  readonly distance: (input: JsonObject) => { readonly total: number }
}

/** Every unit that can be met at all, in the order of the places and parts. */
export const goalsOf = (all: Places, at: number): Goal[] =>
  all.places.flatMap((place, number) =>
    place.written.flatMap(({ units }, part) =>
      units
        .filter((unit) => reasonNotReached(unit, { at }, false) === null)
        .map((unit) => goalOf(all, { number, place, part, unit }, at)),
    ),
  )

interface Standing {
  readonly number: number
  readonly place: Place
  readonly part: number
  readonly unit: WrittenUnit
}

function goalOf(all: Places, { number, place, part: index, unit }: Standing, at: number): Goal {
  const part = place.decision.parts[index] as DecisionPart
  const { units, first } = place.written[index] as WrittenPart
  const env = { at }
  const before = first
    ? units
        .slice(0, units.indexOf(unit))
        .map(({ condition }) => compileTree(condition, plainReading))
    : []
  const gates = gatesOf(all.places, number, part)
  return {
    name: [...place.names, part.name, unit.name].join(': '),
    unit,
    place: number,
    part: index,
    gates,
    distance: (input) => {
      const visits = attempted(() => all.visit(input, at))
      if (visits === null) return { total: Infinity }
      const closed = gates.reduce((sum, gate) => {
        const seen = visits[gate.place]
        return sum + (seen ? farFrom(gate.tree, seen.scope, env) : 1)
      }, 0)
      const visit = visits[number]
      // A closed gate says nothing of what is behind it.
      if (!visit || isPassedOver(part, visit.result)) return { total: 1e6 + closed }
      const far = farFrom(unit.condition, visit.scope, env)
      if (far > 0) return { total: 1_000 + far }
      const taken = before.filter((met) => attempted(() => met(visit.scope, env)) === true).length
      if (taken > 0) return { total: taken }
      const fired =
        unit.silent ||
        visit.result.fired.some((each) => each.part === part.id && each.rule === unit.id)
      return { total: fired ? 0 : 1 }
    },
  }
}

/** Comparisons that would have to come out otherwise, and how far they are from it. */
function farFrom(tree: Tree, scope: JsonObject, env: { readonly at: number }): number {
  const miss = nearestMiss(tree, scope, env)
  if (miss === null) return 1e5
  return miss.comparisons.length * 10 + miss.distance / (1 + miss.distance)
}

/** The cases of switches that the part, and the parts that ask for its decision, hang on. */
function gatesOf(places: readonly Place[], number: number, part: DecisionPart): Goal['gates'] {
  const { asked } = places[number] as Place
  const outer = asked ? gatesOf(places, asked.by, asked.part) : []
  const { only } = part
  if (!only) return outer
  const chosen: Tree = { kind: 'path', path: [only.switch], fallback: null, place: '' }
  const cases: Tree = { kind: 'value', value: only.cases, place: '' }
  return [
    ...outer,
    {
      place: number,
      tree: { kind: 'call', operator: 'in_list', args: [chosen, cases], place: '' },
    },
  ]
}

/** Inputs that are followed at once, and how often each is changed at most. */
const width = 5
const depth = 6
/** Evaluations for one goal. */
const mostFor = 1_500

interface SearchOptions {
  readonly levers: Levers
  readonly at: number
  /** Counts evaluations down. */
  readonly budget: { left: number }
  readonly from: readonly JsonObject[]
}

/** An input that meets the goal, found by changing one input after the other towards it; null where none was found. */
export function search(goal: Goal, { levers, at, budget, from }: SearchOptions): JsonObject | null {
  const { place, unit, gates } = goal
  const hangsOn = [{ place, tree: unit.condition }, ...gates]
  const reads = new Set(
    hangsOn.flatMap(({ place: where, tree }) =>
      levers.origins.readBy(where, tree).map((path) => path.join('.')),
    ),
  )
  const plain = levers.plain.filter(({ path }) => reads.has(path.join('.')))
  const worked = levers.worked.filter((edge) =>
    edge.reads.some((path) => reads.has(path.join('.'))),
  )
  const own = { left: Math.min(budget.left, mostFor) }
  const begun = own.left
  const measured = (input: JsonObject) => {
    own.left -= 1
    return { input, total: goal.distance(input).total }
  }
  const seen = new Set<string>()
  let front = from.map(measured)
  let found: JsonObject | null = null
  for (let round = 0; round <= depth && found === null; round += 1) {
    front = front.toSorted((a, b) => a.total - b.total).slice(0, width)
    found = front.find(({ total }) => total === 0)?.input ?? null
    if (found !== null || own.left <= 0) break
    const next = [...front]
    for (const { input } of front) {
      const key = canonicalJson(input)
      if (seen.has(key)) continue
      seen.add(key)
      for (const { path, values } of joined([plain, levers.turning(worked, input, at, own)]))
        for (const value of values)
          if (own.left > 0) next.push(measured(withValue(input, path, value)))
    }
    front = next
  }
  budget.left -= begun - own.left
  return found ?? front.find(({ total }) => total === 0)?.input ?? null
}
