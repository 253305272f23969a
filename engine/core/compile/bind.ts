import { recall } from '#core/compile/memory.ts'
import type { RunContext } from '#core/compile/program.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

type Slots = ReadonlyMap<string, number>

/** Logic over a run's context. Only the variables that it names are looked up, so its cost does not grow with the flow. */
export function bindLogic(logic: Logic, slotOf: Slots): (context: RunContext) => Json {
  const evaluate = compileLogic(logic)
  const scope = bindScope(logic, slotOf)
  return (context) => evaluate(scope(context), { at: context.at })
}

/** The part of the scope that the logic reads. */
export function bindScope(logic: Logic, slotOf: Slots): (context: RunContext) => JsonObject {
  const names = new Set<string>()
  const whole = !collectRoots(parseLogic(logic), names)
  return scopeOf(whole ? ['input', 'run', ...slotOf.keys()] : [...names], slotOf)
}

export function bindInputs(
  inputs: Readonly<Record<string, Logic>>,
  slotOf: Slots,
): (context: RunContext) => JsonObject {
  const bound = Object.entries(inputs).map(
    ([name, logic]) => [name, bindLogic(logic, slotOf)] as const,
  )
  return (context) => Object.fromEntries(bound.map(([name, value]) => [name, value(context)]))
}

function scopeOf(names: readonly string[], slotOf: Slots): (context: RunContext) => JsonObject {
  const readers = names.flatMap((name): [string, (context: RunContext) => Json | undefined][] => {
    if (name === 'input') return [[name, (context) => context.input]]
    if (name === 'run') return [[name, ({ run }) => ({ ...run })]]
    const slot = slotOf.get(name)
    return slot === undefined ? [] : [[name, (context) => recall(context.memory, slot)?.value]]
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
const readsByName: ReadonlySet<string> = new Set(['var', 'missing', 'missing_some'])

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
