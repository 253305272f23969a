import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { isScoped } from '#core/logic/parse.ts'
import { elementNameAt, isElementName } from '#core/logic/tree.ts'

/** A function of a text or of a document: a call is its body with the arguments in place. */
export interface FeelOwnFunction {
  readonly parameters: readonly string[]
  /** Null where that would be too large, or would give a name of the arguments another meaning. */
  call(args: readonly Logic[]): Logic | null
  /** Names that the body reads of what is around it. */
  readonly reads: ReadonlySet<string>
}

/** Values, operations and arguments; functions that call functions grow with each. */
const largest = 20_000

/** `paths` are the parameters as the body reads them, where that is another name. */
export function ownFunction(
  parameters: readonly string[],
  body: Logic,
  paths: readonly string[] = parameters,
): FeelOwnFunction {
  const reads = rootsIn(body)
  for (const path of paths) reads.delete(path)
  return {
    parameters,
    reads,
    call(args) {
      try {
        return new Substitution().into(
          body,
          new Map(paths.map((path, i) => [path, args[i] ?? null])),
        )
      } catch (error) {
        if (error instanceof NotPossible) return null
        throw error
      }
    },
  }
}

class NotPossible extends Error {}

/** The names with which paths begin, without those that iterations within give. */
function rootsIn(logic: Logic): Set<string> {
  if (Array.isArray(logic))
    return new Set((logic as readonly Logic[]).flatMap((each) => [...rootsIn(each)]))
  if (!isObject(logic)) return new Set()
  const object = logic as JsonObject
  const [operator = ''] = Object.keys(object)
  const [first, second] = argumentsOf(object, operator)
  if (operator === 'var') {
    const path = first ?? object['var']
    return new Set([
      ...(typeof path === 'string' ? [rootOf(path)] : []),
      ...rootsIn(second ?? null),
    ])
  }
  if (!isScoped(operator) || !isObject(second))
    return new Set(Object.values(object).flatMap((part) => [...rootsIn(part)]))
  const inside = rootsIn((second['do'] ?? null) as Json)
  if (typeof second['as'] === 'string') inside.delete(second['as'])
  if (operator === 'grown_each') inside.delete('partial')
  return new Set([...rootsIn(first ?? null), ...inside])
}

const argumentsOf = (logic: JsonObject, operator: string): readonly Json[] =>
  Array.isArray(logic[operator]) ? (logic[operator] as readonly Json[]) : []

const rootOf = (path: string): string => path.split('.')[0] ?? ''

class Substitution {
  #size = 0

  into(logic: Logic, args: ReadonlyMap<string, Logic>): Logic {
    this.#size += 1
    if (this.#size > largest) throw new NotPossible()
    if (Array.isArray(logic))
      return (logic as readonly Logic[]).map((each) => this.into(each, args))
    if (!isObject(logic)) return logic
    const object = logic as JsonObject
    const [operator = ''] = Object.keys(object)
    if (operator === 'var') return this.#path(object['var'] ?? null, args)
    const [list, body] = argumentsOf(object, operator)
    if (isScoped(operator) && isObject(body))
      return { [operator]: [this.into(list ?? null, args), this.#body(operator, body, args)] }
    return Object.fromEntries(
      Object.entries(object).map(([key, part]) => [key, this.into(part, args)]),
    )
  }

  #path(written: Json, args: ReadonlyMap<string, Logic>): Logic {
    const [path, otherwise] = Array.isArray(written) ? (written as readonly Json[]) : [written]
    if (typeof path !== 'string') return { var: written }
    const [root = '', ...rest] = path.split('.')
    const given = args.get(root)
    if (otherwise !== undefined) {
      // Only a name that an iteration gives comes before another: it is never an argument, but may be renamed.
      const renamed = isObject(given) ? given['var'] : undefined
      const first = typeof renamed === 'string' ? [renamed, ...rest].join('.') : path
      return { var: [first, this.into(otherwise, args)] }
    }
    if (given === undefined) return { var: path }
    this.#size += sizeOf(given)
    const { var: known } = isObject(given) ? (given as JsonObject) : {}
    if (typeof known === 'string') return { var: [known, ...rest].join('.') }
    return rest.reduce<Logic>((from, name) => ({ field_of: [from, name] }), given)
  }

  /** The body's own name hides an argument of that name, and is another where an argument reads such a one. */
  #body(operator: string, body: Record<string, unknown>, args: ReadonlyMap<string, Logic>): Json {
    const name = String(body['as'])
    const inner = new Map(args)
    inner.delete(name)
    const taken = new Set([...inner.values()].flatMap((each) => [...rootsIn(each)]))
    if (operator === 'grown_each' && taken.has('partial')) throw new NotPossible()
    const as = taken.has(name)
      ? freshName(name, new Set([...taken, ...rootsIn(body['do'] as Json)]))
      : name
    if (as !== name) inner.set(name, { var: as })
    return { as, do: this.into((body['do'] ?? null) as Json, inner) }
  }
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const fresh = isElementName(name) ? elementNameAt(n) : `${name}_${n + 1}`
    if (!taken.has(fresh)) return fresh
  }
}

const sizeOf = (logic: Logic): number =>
  typeof logic === 'object' && logic !== null
    ? Object.values(logic as JsonObject).reduce<number>((sum, each) => sum + sizeOf(each), 1)
    : 1
