import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { toJson } from '#core/logic/coerce.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** What one part of the logic came to. */
export interface Trace {
  /** JSON pointer into the logic. */
  readonly place: string
  /** The operator, `var` with a path, or null for a value that is written out. */
  readonly operator: string | null
  readonly path: string | null
  readonly value: Json
  /** Paths whose absence made this part null; empty where it is not null, or null for another reason. */
  readonly missing: readonly string[]
  /** The parts that were evaluated, in order. */
  readonly parts: readonly Trace[]
}

/**
 * Evaluates once more, keeping every sub-result. The value is that of `compileLogic`; it is a second compilation,
 * so evaluating without a trace pays nothing for it.
 * @throws LogicError where the logic does not compile
 */
export function evaluateTraced(logic: Logic, scope: Json, env: Env): Trace {
  return tracing(parseLogic(logic))(scope, env)
}

/** To be traced again and again. @throws LogicError where the logic does not compile */
export function tracing(tree: Tree): (scope: Json, env: Env) => Trace {
  let open: Trace[] = []
  const evaluate = compileTree(tree, {
    ...plainReading,
    observe: (part, inner) => (data, now) => {
      const outside = open
      const parts: Trace[] = []
      open = parts
      let result: Json = null
      try {
        result = inner(data, now)
        return result
      } finally {
        // Also of a part that throws: a `try` around it goes on.
        open = outside
        const value = toJson(result)
        outside.push({ ...named(part), value, missing: missingFor(part, value, parts), parts })
      }
    },
  })
  return (scope, env) => {
    const root: Trace[] = []
    open = root
    evaluate(scope, env)
    return root[0] as Trace
  }
}

const named = (tree: Tree): Pick<Trace, 'place' | 'operator' | 'path'> => ({
  place: tree.place,
  operator: tree.kind === 'call' ? tree.operator : tree.kind === 'path' ? 'var' : null,
  path: tree.kind === 'path' ? tree.path.join('.') : null,
})

function missingFor(tree: Tree, value: Json, parts: readonly Trace[]): readonly string[] {
  if (value !== null) return []
  const below = parts.flatMap((part) => part.missing)
  const own = tree.kind === 'path' && tree.path.length > 0 ? [tree.path.join('.')] : []
  return [...new Set([...own, ...below])]
}
