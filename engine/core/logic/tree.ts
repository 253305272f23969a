import { plainText, type Json } from '#core/json.ts'

/** Logic after parsing. `place` is a JSON pointer into the logic as stored. */
export type Tree =
  | { readonly kind: 'value'; readonly value: Json; readonly place: string }
  /** Own properties from the data down; an empty path is the data itself. */
  | {
      readonly kind: 'path'
      readonly path: readonly string[]
      readonly fallback: Tree | null
      readonly place: string
    }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly place: string }
  | {
      readonly kind: 'call'
      readonly operator: string
      readonly args: readonly Tree[]
      /** Of a scoped operator: the name by which its second argument knows an element. */
      readonly binds?: string
      /** Of an operator of JsonLogic: its one argument gives the list of those that it takes. */
      readonly spread?: true
      readonly place: string
    }

/** JsonLogic's iterations: the second argument is evaluated with the item as its data. */
const iterations: ReadonlySet<string> = new Set(['map', 'filter', 'reduce', 'all', 'none', 'some'])

/** Whether an argument starts from other data than its call: from an item, or from the error that came before. */
export const startsAnew = (operator: string, index: number): boolean =>
  operator === 'try' ? index > 0 : index === 1 && iterations.has(operator)

/** The name of the element of a filter that text writes with bare names: `_item`, `_item2` in one within it, … */
export const elementNameAt = (depth: number): string =>
  depth === 0 ? '_item' : `_item${depth + 1}`
export const isElementName = (name: string): boolean => /^_item\d*$/.test(name)

/** The parts of a tree that read the same data as the tree itself, with paths that climb to it out of iterations. */
export function sameScope(tree: Tree): readonly Tree[] {
  if (tree.kind === 'list') return tree.items
  if (tree.kind === 'path') return tree.fallback ? [tree.fallback] : []
  if (tree.kind === 'value') return []
  return tree.args.flatMap((arg, index) =>
    startsAnew(tree.operator, index) ? climbing(arg, 1) : [arg],
  )
}

/** `{ "val": [[2], "a", "b"] }`: how many scopes it climbs, and what it reads there; null for anything else. */
export function climbOf(
  tree: Tree,
): { readonly up: number; readonly keys: readonly string[] } | null {
  if (tree.kind !== 'call' || tree.operator !== 'val') return null
  const [levels, ...keys] = tree.args
  const [up] = levels?.kind === 'list' ? levels.items : []
  if (up?.kind !== 'value' || typeof up.value !== 'number') return null
  return {
    up: Math.abs(up.value),
    keys: keys.map((key) => (key.kind === 'value' ? plainText(key.value) : '')),
  }
}

/** Paths that climb out of so many iterations: two scopes each, the element and what is said of it. */
function climbing(tree: Tree, iterations: number): readonly Tree[] {
  if (tree.kind === 'value') return []
  if (tree.kind === 'list') return tree.items.flatMap((item) => climbing(item, iterations))
  if (tree.kind === 'path') return tree.fallback ? climbing(tree.fallback, iterations) : []
  const climb = climbOf(tree)
  if (climb)
    return climb.up === 2 * iterations
      ? [{ kind: 'path', path: climb.keys, fallback: null, place: tree.place }]
      : []
  return tree.args.flatMap((arg, index) =>
    climbing(arg, startsAnew(tree.operator, index) ? iterations + 1 : iterations),
  )
}
