import { compileTree, plainReading } from '#core/logic/compile.ts'
import type { Json } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

/** Two values that a condition compares: which of them is greater tells its sides apart. */
export interface Edge {
  readonly left: Tree
  readonly right: Tree
  /** −1, 0 or 1; null where the two do not compare. */
  readonly side: (scope: Json, env: Env) => number | null
}

const comparing: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte', 'eq', 'ne', 'between'])

/** Every comparison in a tree, at any depth. */
export function edgesOf(tree: Tree): readonly Edge[] {
  const inner = sameScope(tree).flatMap(edgesOf)
  if (tree.kind !== 'call' || !comparing.has(tree.operator)) return inner
  const [left, ...limits] = tree.args
  if (!left) return inner
  return [...limits.map((right) => edgeOf(left, right)), ...inner]
}

function edgeOf(left: Tree, right: Tree): Edge {
  const first = compileTree(left, plainReading)
  const second = compileTree(right, plainReading)
  return {
    left,
    right,
    side: (scope, env) => {
      const [a, b] = [first(scope, env), second(scope, env)]
      if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b)
      if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
      return null
    },
  }
}
