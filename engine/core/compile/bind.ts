import { recall } from '#core/compile/memory.ts'
import type { RunContext } from '#core/compile/program.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

type Reader = (context: RunContext) => Json | undefined

/** Where the names that logic reads are found in a run's context. */
export interface Names {
  /** Undefined for a name that is never in scope. */
  readonly reader: (name: string) => Reader | undefined
  /** Every name that may be in scope: for logic that reads by names known only when it runs. */
  readonly all: () => readonly string[]
}

const ofMemory =
  (slot: number): Reader =>
  (context) =>
    recall(context.memory, slot)?.value

/** In the flow itself: the run's input, the run, and what its nodes left with. */
export function flowNames(slotOf: ReadonlyMap<string, number>): Names {
  const own: Readonly<Record<string, Reader>> = {
    input: ({ input }) => input,
    run: ({ run }) => ({ ...run }) as unknown as Json,
  }
  return {
    reader(name) {
      if (Object.hasOwn(own, name)) return own[name]
      const slot = slotOf.get(name)
      return slot === undefined ? undefined : ofMemory(slot)
    },
    all: () => [...Object.keys(own), ...slotOf.keys()],
  }
}

/** In a body: what it is given, what its nodes left with; all else comes from outside and is noted in `used`. */
export function bodyNames(
  { slotOf, given }: { slotOf: ReadonlyMap<string, number>; given: readonly string[] },
  outside: Names,
  used: Set<string>,
): Names {
  const inputOf = (context: RunContext, name: string): Json | undefined =>
    isObject(context.input) && Object.hasOwn(context.input, name)
      ? (context.input[name] as Json)
      : undefined
  return {
    reader(name) {
      if (given.includes(name)) return (context) => inputOf(context, name)
      const slot = slotOf.get(name)
      if (slot !== undefined) return ofMemory(slot)
      if (!outside.reader(name)) return undefined
      used.add(name)
      return (context) => {
        const outer = inputOf(context, 'outer')
        return isObject(outer) && Object.hasOwn(outer, name) ? (outer[name] as Json) : undefined
      }
    },
    all: () => [...new Set([...given, ...slotOf.keys(), ...outside.all()])],
  }
}

/** Logic over a run's context. Only the variables that it names are looked up, so its cost does not grow with the flow. */
export function bindLogic(logic: Logic, names: Names): (context: RunContext) => Json {
  const evaluate = compileLogic(logic)
  const scope = bindScope(logic, names)
  return (context) => evaluate(scope(context), { at: context.at })
}

/** The part of the scope that the logic reads; without the value of `own`. */
export function bindScope(
  logic: Logic,
  names: Names,
  own?: string,
): (context: RunContext) => JsonObject {
  const roots = new Set<string>()
  const whole = !collectRoots(parseLogic(logic), roots)
  const wanted = whole ? names.all() : [...roots]
  return bindNames(own === undefined ? wanted : wanted.filter((name) => name !== own), names)
}

export function bindInputs(
  inputs: Readonly<Record<string, Logic>>,
  names: Names,
): (context: RunContext) => JsonObject {
  const bound = Object.entries(inputs).map(
    ([name, logic]) => [name, bindLogic(logic, names)] as const,
  )
  return (context) => Object.fromEntries(bound.map(([name, value]) => [name, value(context)]))
}

/** The values of some names, as far as they are there. */
export function bindNames(
  wanted: readonly string[],
  names: Names,
): (context: RunContext) => JsonObject {
  const readers = wanted.flatMap((name): [string, Reader][] => {
    const read = names.reader(name)
    return read ? [[name, read]] : []
  })
  return (context) => {
    const scope: Record<string, Json> = {}
    for (const [name, read] of readers) {
      const value = read(context)
      if (value !== undefined) scope[name] = value
    }
    return scope
  }
}

/** Operators of JsonLogic that look into the data by names known only when they run. */
const readsByName: ReadonlySet<string> = new Set([
  'var',
  'val',
  'exists',
  'missing',
  'missing_some',
])

/** Adds the variables that a tree starts from; false where they cannot be told. */
function collectRoots(tree: Tree, names: Set<string>): boolean {
  if (tree.kind === 'path') {
    const [root] = tree.path
    if (root === undefined) return false
    names.add(root)
  }
  if (tree.kind === 'call' && readsByName.has(tree.operator)) return false
  return sameScope(tree).every((part) => collectRoots(part, names))
}
