import { compileTree, plainReading, usesImported } from '#core/logic/compile.ts'
import { sameScope, startsAnew, type Tree } from '#core/logic/tree.ts'
import { reader } from '#core/logic/path.ts'
import type { Json, JsonSchema } from '#core/json.ts'

/** What is known of a node's value on a way: of some of its fields what they are computed from. */
export interface Known {
  /** By `fieldKey`. */
  readonly fields: ReadonlyMap<string, Tree>
  /** What is read besides is missing, or may be anything that the schema allows. */
  readonly others: 'missing' | 'free'
  readonly schema: JsonSchema
  readonly port: string
}

/** By name what a way has brought. */
export type Values = ReadonlyMap<string, Known>

export const fieldKey = (path: readonly string[]): string => JSON.stringify(path)

export const constant = (value: Json): Tree => ({ kind: 'value', value, place: '' })
export const pathOf = (path: readonly string[]): Tree => ({
  kind: 'path',
  path,
  fallback: null,
  place: '',
})

/** What a path reads: written in terms of the input and of values that no logic of the flow computes. */
export type Follow = (path: readonly string[]) => Tree

/** A value read further down. Null where it is computed, so that its fields are not known. */
export function below(tree: Tree, rest: readonly string[]): Tree | null {
  if (rest.length === 0) return tree
  if (tree.kind === 'path' && !tree.fallback) return pathOf([...tree.path, ...rest])
  if (tree.kind === 'value') return constant(reader(rest)(tree.value, { at: NaN }))
  if (tree.kind !== 'call' || tree.operator !== 'context') return null
  const [name, ...deeper] = rest
  for (let index = 0; index + 1 < tree.args.length; index += 2) {
    const [key, value] = [tree.args[index], tree.args[index + 1]]
    if (key?.kind !== 'value') return null
    if (key.value === name && value) return below(value, deeper)
  }
  return constant(null)
}

/** The field of a value; undefined where nothing is known of it. */
export function fieldOf({ fields, others }: Known, rest: readonly string[]): Tree | undefined {
  for (let length = rest.length; length >= 0; length -= 1) {
    const tree = fields.get(fieldKey(rest.slice(0, length)))
    if (tree) return below(tree, rest.slice(length)) ?? undefined
  }
  return others === 'missing' && rest.length > 0 ? constant(null) : undefined
}

/**
 * Logic with every path followed to where its value comes from. Bodies of iterations stay as they are: what they read
 * of other nodes is then taken for free, which allows more than can be.
 */
export function followed(tree: Tree, follow: Follow): Tree {
  if (tree.kind === 'value') return tree
  if (tree.kind === 'list')
    return { ...tree, items: tree.items.map((item) => followed(item, follow)) }
  if (tree.kind === 'path')
    return tree.fallback || tree.path.length === 0 ? tree : follow(tree.path)
  const anew = (index: number): boolean =>
    startsAnew(tree.operator, index) || (tree.binds !== undefined && index === 1)
  const scoped = tree.args.some((_, index) => anew(index))
  const args = tree.args.map((arg, index) => (anew(index) ? arg : followed(arg, follow)))
  const all = { ...tree, args }
  const worked = !scoped && args.length > 0 && args.every(isConstant) && !usesImported(all)
  return worked ? constant(compileTree(all, plainReading)({}, { at: NaN })) : all
}

const isConstant = (tree: Tree): boolean =>
  tree.kind === 'value' || (tree.kind === 'list' && tree.items.every(isConstant))

/** Every path that a tree reads, bodies of iterations included. */
export function pathsIn(tree: Tree): (readonly string[])[] {
  const inner = tree.kind === 'call' ? tree.args : sameScope(tree)
  return [...(tree.kind === 'path' ? [tree.path] : []), ...inner.flatMap(pathsIn)]
}

/** Whether one of two paths leads through the other. */
export const related = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((key, index) => index >= other.length || key === other[index])
