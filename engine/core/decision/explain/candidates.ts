import { atomOf } from '#core/decision/analysis/atom.ts'
import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { attempted } from '#core/decision/explain/attempted.ts'
import { edgesOf, type Edge } from '#core/decision/explain/edges.ts'
import { originsIn, type Origins } from '#core/decision/explain/origins.ts'
import type { Place, Places, Visit } from '#core/decision/explain/places.ts'
import { flipsAlong, listedValues, scaleOf, stepOf } from '#core/decision/explain/scale.ts'
import { withValue } from '#core/decision/explain/with-value.ts'
import type { Json, JsonObject, JsonSchema } from '#core/json.ts'
import { operators, isOperator } from '#core/logic/operators.ts'
import { read } from '#core/logic/path.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

type Path = readonly string[]

/** An input that the decision hangs on, with the values that are worth trying: both sides of each threshold. */
export interface Candidates {
  readonly path: Path
  readonly schema: JsonSchema
  readonly values: readonly Json[]
}

/** A comparison of which a side is worked out, by the decision or by one that it asks. */
export interface WorkedEdge extends Edge {
  readonly place: number
  /** The inputs that it hangs on. */
  readonly reads: readonly Path[]
}

export interface Levers {
  /** Of the inputs that are themselves compared with constants. */
  readonly plain: readonly Candidates[]
  readonly worked: readonly WorkedEdge[]
  readonly origins: Origins
  /** A value for every input that matters, so that what is not looked for is there as well. */
  readonly base: (at: number) => JsonObject
  /** The comparisons with a worked-out side within a tree. */
  readonly workedIn: (place: number, tree: Tree) => readonly WorkedEdge[]
  /**
   * What an input is worth trying with so that a worked-out comparison turns, the other inputs staying as they are.
   * `left` of the budget counts evaluations.
   */
  readonly turning: (
    edges: readonly WorkedEdge[],
    input: JsonObject,
    at: number,
    budget: { left: number },
  ) => readonly Candidates[]
}

const combining: ReadonlySet<string> = new Set(['all_of', 'any_of', 'not'])

export function leversOf({ places, visit }: Places): Levers {
  const origins = originsIn(places)
  const trees = places.flatMap(({ written }, place) =>
    written
      .flatMap(({ units, expressions }) => [
        ...units.map(({ condition }) => condition),
        ...expressions,
      ])
      .map((tree) => ({ place, tree })),
  )
  const nestedSchemas = new Map<string, JsonSchema>()
  const readAs = new Map<string, string>()
  for (const { place, tree } of trees) noteTypes(place, tree)
  const schemaOf = (path: Path): JsonSchema => ({
    ...nestedSchemas.get(path.join('.')),
    ...schemaAtPath((places[0] as Place).decision.input, path),
  })

  function noteTypes(place: number, tree: Tree): void {
    if (tree.kind === 'call' && isOperator(tree.operator)) {
      const { arguments: types } = operators[tree.operator]
      for (const [index, arg] of tree.args.entries()) {
        const origin = arg.kind === 'path' ? origins.inputOf(place, arg.path) : null
        const type = types[Math.min(index, types.length - 1)]?.type
        if (origin && (type === 'date' || type === 'number')) readAs.set(origin.join('.'), type)
      }
    }
    if (tree.kind === 'path') {
      const origin = origins.inputOf(place, tree.path)
      const { decision, asked } = places[place] as Place
      const [root, ...rest] = tree.path
      if (origin && asked)
        nestedSchemas.set(
          origin.join('.'),
          schemaAtPath(decision.input, root === 'input' ? rest : tree.path),
        )
    }
    sameScope(tree).forEach((part) => noteTypes(place, part))
  }

  const plainConstants = new Map<string, { path: Path; constants: Json[] }>()
  const collect = (place: number, tree: Tree, isCondition: boolean): void => {
    // Of a path among the arguments of an operation it is not asked whether it is true.
    const atom = tree.kind === 'path' && !isCondition ? null : atomOf(tree)
    const path = atom?.subject.kind === 'path' ? origins.inputOf(place, atom.subject.path) : null
    if (atom && path && path.length > 0) {
      const key = path.join('.')
      const known = plainConstants.get(key) ?? { path, constants: [] }
      known.constants.push(...atom.constants)
      plainConstants.set(key, known)
    }
    const combines = tree.kind === 'call' && combining.has(tree.operator)
    for (const part of sameScope(tree)) collect(place, part, combines && isCondition)
  }
  for (const { place, tree } of trees) collect(place, tree, true)
  const plain = [...plainConstants.values()].flatMap(({ path, constants }) => {
    const schema = schemaOf(path)
    const values = valuesOf(constants, schema)
    return values.length === 0 ? [] : [{ path, schema, values }]
  })

  const isConstant = (tree: Tree): boolean =>
    tree.kind === 'value' || (tree.kind === 'list' && tree.items.every(isConstant))
  const isInput = (place: number, tree: Tree): boolean =>
    tree.kind === 'path' && origins.inputOf(place, tree.path) !== null
  /** A value that changes only where a comparison of its part does, which is a threshold of its own. */
  const isDiscrete = (place: number, tree: Tree): boolean => {
    if (isConstant(tree)) return true
    if (tree.kind !== 'path') return false
    const [root, next] = tree.path
    const part = places[place]?.decision.parts.find(({ id }) => id === root)
    if (part?.kind === 'scorecard' || part?.kind === 'switch') return true
    if (part?.kind === 'rules' || part?.kind === 'decision') return next === 'outcome'
    return (
      part?.kind === 'table' &&
      part.rows.every(({ then }) => then.every((cell) => typeof cell !== 'object' || cell === null))
    )
  }
  const workedIn = (place: number, tree: Tree): WorkedEdge[] =>
    edgesOf(tree).flatMap((edge) => {
      const { left, right } = edge
      const simple =
        (isInput(place, left) && isConstant(right)) ||
        (isConstant(left) && isInput(place, right)) ||
        (isDiscrete(place, left) && isDiscrete(place, right))
      if (simple) return []
      const reads = [...origins.readBy(place, left), ...origins.readBy(place, right)]
      const once = new Map(reads.map((path) => [path.join('.'), path]))
      return once.size === 0 ? [] : [{ ...edge, place, reads: [...once.values()] }]
    })

  const scaleAt = (path: Path, from: Json, today: number) => {
    const type = readAs.get(path.join('.'))
    return scaleOf(schemaOf(path), from, {
      day: type === 'date',
      number: type === 'number',
      today,
    })
  }
  const worked = trees.flatMap(({ place, tree }) => workedIn(place, tree))
  const base = (at: number): JsonObject => {
    const begun = worked
      .flatMap(({ reads }) => reads)
      .reduce<JsonObject>((input, path) => {
        const scale = scaleAt(path, null, at)
        const value = scale ? scale.at(scale.start) : (listedValues(schemaOf(path))[0] ?? null)
        return withValue(input, path, value)
      }, {})
    return plain.reduce(
      (input, { path, values }) => withValue(input, path, values.at(-1) ?? null),
      begun,
    )
  }

  const turning: Levers['turning'] = (edges, input, at, budget) => {
    const found = new Map<string, { path: Path; schema: JsonSchema; values: Set<Json> }>()
    const visits = new Map<string, readonly (Visit | null)[] | null>()
    const visited = (path: Path, value: Json) => {
      const key = JSON.stringify([path, value])
      let known = visits.get(key)
      if (known === undefined) {
        known = attempted(() => visit(withValue(input, path, value), at))
        visits.set(key, known)
      }
      return known
    }
    for (const { place, reads, side } of edges)
      for (const path of reads) {
        const key = path.join('.')
        const schema = schemaOf(path)
        const from = read(input, path) ?? null
        const known = found.get(key) ?? { path, schema, values: new Set(listedValues(schema)) }
        found.set(key, known)
        const scale = scaleAt(path, from, at)
        if (scale === null || budget.left <= 0) continue
        const steps = flipsAlong(
          scale,
          (step) => {
            const seen = visited(path, scale.at(step))?.[place]
            return seen ? attempted(() => side(seen.scope, { at })) : null
          },
          budget,
        )
        for (const step of steps) known.values.add(scale.at(step))
      }
    return [...found.values()].flatMap(({ values, ...axis }) =>
      values.size === 0 ? [] : [{ ...axis, values: [...values] }],
    )
  }
  return {
    plain,
    worked,
    origins,
    base,
    workedIn,
    turning,
  }
}

/** One list for each input. */
export function joined(lists: readonly (readonly Candidates[])[]): readonly Candidates[] {
  const all = new Map<string, Candidates>()
  for (const each of lists.flat()) {
    const key = each.path.join('.')
    const known = all.get(key)
    all.set(key, { ...each, values: [...new Set([...(known?.values ?? []), ...each.values])] })
  }
  return [...all.values()]
}

function valuesOf(constants: readonly Json[], schema: JsonSchema): Json[] {
  const listed = listedValues(schema)
  if (listed.length > 0) return [...listed]
  if (constants.length > 0 && constants.every((c) => typeof c === 'boolean')) return [true, false]
  const numbers = constants.filter((value) => typeof value === 'number')
  const days = constants.filter((value) => typeof value === 'string' && isDay(value))
  if (numbers.length === 0 && days.length === constants.length)
    return [...new Set(days.flatMap((day) => daysAround(day as string)))]
  if (numbers.length === 0) return [...new Set(constants.filter((value) => value !== null))]
  const { minimum, maximum } = schema
  const sides = numbers.flatMap((number) => {
    const step = stepOf(number, schema)
    return [number - step, number, number + step].map((value) => Number(value.toPrecision(15)))
  })
  return [...new Set(sides)].filter(
    (value) =>
      (typeof minimum !== 'number' || value >= minimum) &&
      (typeof maximum !== 'number' || value <= maximum) &&
      (schema['type'] !== 'integer' || Number.isInteger(value)),
  )
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
const daysAround = (day: string): string[] =>
  [-1, 0, 1].map((more) => new Date(Date.parse(day) + more * 86_400_000).toISOString().slice(0, 10))
