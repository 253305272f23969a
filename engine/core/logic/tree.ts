import type { Json } from '#core/json.ts'

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

/** The parts of a tree that read the same data as the tree itself. */
export function sameScope(tree: Tree): readonly Tree[] {
  if (tree.kind === 'list') return tree.items
  if (tree.kind === 'path') return tree.fallback ? [tree.fallback] : []
  if (tree.kind === 'value') return []
  return tree.args.filter((_, index) => !startsAnew(tree.operator, index))
}
