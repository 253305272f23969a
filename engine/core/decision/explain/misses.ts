import { attempted } from '#core/decision/explain/attempted.ts'
import type { Json } from '#core/json.ts'
import { tracing } from '#core/logic/evaluate-traced.ts'
import type { Env } from '#core/logic/evaluation.ts'
import type { Tree } from '#core/logic/tree.ts'

/** A test inside a condition: whatever is no and, or or not. */
export interface Comparison {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly operator: string | null
  /** What it compares, in order; the path where it is one. */
  readonly operands: readonly { readonly path: string | null; readonly value: Json }[]
  readonly value: Json
  readonly missing: readonly string[]
}

/** What kept a condition from being met: the fewest comparisons that would have to come out otherwise. */
export interface Miss {
  readonly comparisons: readonly (Comparison & {
    /** The other way round, as under a `not`. */
    readonly wanted: boolean
    /** How far the numbers are apart; null where there is no such measure. */
    readonly by: number | null
  })[]
  /** Sum of the distances, each relative to what is needed; 1 where there is no measure. */
  readonly distance: number
}

const junctions: ReadonlySet<string> = new Set(['all_of', 'any_of', 'not'])

/** The comparisons of a condition, in order of writing. */
export const leavesOf = (tree: Tree): readonly Tree[] =>
  tree.kind === 'call' && junctions.has(tree.operator)
    ? tree.args.flatMap(leavesOf)
    : tree.kind === 'value'
      ? []
      : [tree]

export function comparisonOf(tree: Tree, scope: Json, env: Env): Comparison {
  // One that evaluating left out may fail; then it says nothing.
  const trace = attempted(() => tracing(tree)(scope, env))
  if (trace === null)
    return { pointer: tree.place, operator: null, operands: [], value: null, missing: [] }
  const operands = trace.parts.map(({ path, value }) => ({ path, value }))
  const { operator, value, missing } = trace
  const own = tree.kind === 'path' ? [{ path: trace.path, value }] : operands
  return { pointer: tree.place, operator, operands: own, value, missing }
}

/** Null where nothing that could come out otherwise would make it so. */
export function nearestMiss(tree: Tree, scope: Json, env: Env, wanted = true): Miss | null {
  if (tree.kind === 'value') return tree.value === wanted ? nothing : null
  if (tree.kind !== 'call' || !junctions.has(tree.operator)) {
    const comparison = comparisonOf(tree, scope, env)
    if (comparison.value === wanted) return nothing
    const by = distanceOf(comparison)
    return {
      comparisons: [{ ...comparison, wanted, by: by?.absolute ?? null }],
      distance: by?.relative ?? 1,
    }
  }
  const way = tree.operator === 'not' ? !wanted : wanted
  const parts = tree.args.map((arg) => nearestMiss(arg, scope, env, way))
  if (tree.operator === 'not') return parts[0] ?? null
  if ((tree.operator === 'all_of') === wanted) {
    if (parts.includes(null)) return null
    const misses = parts.filter((part) => part !== null)
    return {
      comparisons: misses.flatMap(({ comparisons }) => comparisons),
      distance: misses.reduce((sum, { distance }) => sum + distance, 0),
    }
  }
  return parts.filter((part) => part !== null).toSorted(nearer)[0] ?? null
}

const nothing: Miss = { comparisons: [], distance: 0 }

/** Fewer comparisons first, then the smaller distance. */
export const nearer = (a: Miss, b: Miss): number =>
  a.comparisons.length - b.comparisons.length || a.distance - b.distance

function distanceOf({
  operator,
  operands,
}: Comparison): { absolute: number; relative: number } | null {
  const [value, low, high] = operands.map((operand) => operand.value)
  if (typeof value !== 'number' || typeof low !== 'number') return null
  if (operator === 'between' && typeof high === 'number') {
    const bound = value < low ? low : high
    return { absolute: Math.abs(value - bound), relative: relative(value, bound) }
  }
  return { absolute: Math.abs(value - low), relative: relative(value, low) }
}

const relative = (value: number, needed: number): number =>
  Math.abs(value - needed) / Math.max(Math.abs(needed), 1)
