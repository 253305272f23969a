import type { Logic } from '#core/graph/flow.ts'
import { isObject, plainText, type Json, type JsonObject } from '#core/json.ts'
import { isOperation, isScoped, parseLogic } from '#core/logic/parse.ts'
import { segments } from '#core/logic/path.ts'
import { isElementName, sameScope, startsAnew, type Tree } from '#core/logic/tree.ts'

/**
 * The paths that the logic reads from its scope, each once, in order of appearance. Paths inside an iteration
 * start from the item and are not among them; a path that is computed is unknown until it runs.
 * @throws LogicError where the logic does not compile
 */
export const references = (logic: Logic): string[][] => collected(logic, false)

/**
 * Those of which it is certain that the scope is meant: without the bare names in a filter, which are fields of its
 * element first.
 * @throws LogicError where the logic does not compile
 */
export const certainReferences = (logic: Logic): string[][] => collected(logic, true)

function collected(logic: Logic, certain: boolean): string[][] {
  const seen = new Map<string, string[]>()
  for (const path of treeReferences(parseLogic(logic), certain)) seen.set(path.join('.'), [...path])
  return [...seen.values()]
}

/** As `references`, of a tree; a path may come more than once. */
export function treeReferences(tree: Tree, certain = false): readonly (readonly string[])[] {
  if (certain && tree.kind === 'path' && isElementName(tree.path[0] ?? '')) return []
  const below = belowIn(tree, certain)
  if (tree.kind === 'path') return tree.path.length > 0 ? [tree.path, ...below] : below
  if (tree.kind !== 'call') return below
  if (tree.operator === 'missing') return [...tree.args.flatMap(writtenPaths), ...below]
  if (tree.operator === 'exists') return [...writtenKeys(tree.args), ...below]
  if (tree.operator === 'missing_some')
    return [...tree.args.slice(1).flatMap(writtenPaths), ...below]
  return below
}

/** What the parts of a tree read, without the name that the tree itself gives to an element. */
function belowIn(tree: Tree, certain: boolean): readonly (readonly string[])[] {
  if (tree.kind !== 'call' || tree.binds === undefined)
    return sameScope(tree).flatMap((each) => treeReferences(each, certain))
  const [list, body] = tree.args as readonly [Tree, Tree]
  const own = tree.operator === 'grown_each' ? [tree.binds, 'partial'] : [tree.binds]
  return [
    ...treeReferences(list, certain),
    ...treeReferences(body, certain).filter(([root]) => !own.includes(root ?? '')),
  ]
}

const writtenKeys = (keys: readonly Tree[]): readonly (readonly string[])[] =>
  keys.length > 0 && keys.every((key) => key.kind === 'value')
    ? [keys.map(({ value }) => plainText(value))]
    : []

const writtenPaths = (tree: Tree): readonly (readonly string[])[] => {
  if (tree.kind === 'list') return tree.items.flatMap(writtenPaths)
  return tree.kind === 'value' && typeof tree.value === 'string' ? [segments(tree.value)] : []
}

/** The same logic with the first name of its paths changed from `from` to `to`; everything else stays as written. */
export function renameRoot(logic: Logic, from: string, to: string): Logic {
  const renamed = (path: Json): Json =>
    path === from
      ? to
      : typeof path === 'string' && path.startsWith(`${from}.`)
        ? to + path.slice(from.length)
        : path

  /** Names of paths, in any depth of lists, and logic between them. */
  const names = (part: Json): Json =>
    Array.isArray(part) ? part.map(names) : isObject(part) ? visit(part) : renamed(part)

  /** The body's own name for an element hides one that is written alike. */
  const scopedArgs = (written: Json): Json => {
    const [list = null, body = null] = written as readonly Json[]
    if (!isObject(body) || body['as'] === from) return [visit(list), body]
    return [visit(list), { ...body, do: visit(body['do'] ?? null) }]
  }

  /** Within so many iterations only what climbs out of all of them is meant. */
  const renameClimbs = (part: Json, iterations: number): Json => {
    if (Array.isArray(part)) return part.map((each) => renameClimbs(each as Json, iterations))
    if (isObject(part) && Object.hasOwn(part, 'do'))
      return { ...(part as JsonObject), do: renameClimbs(part['do'] as Json, iterations) }
    if (!isOperation(part)) return part
    const operator = Object.keys(part)[0] as string
    const written = part[operator] as Json
    if (!Array.isArray(written)) return { [operator]: renameClimbs(written, iterations) }
    const [levels, first, ...rest] = written as readonly Json[]
    if (operator === 'val' && Array.isArray(levels))
      return Math.abs(Number(levels[0])) === 2 * iterations && first === from
        ? { val: [levels, to, ...rest] }
        : part
    return {
      [operator]: written.map((arg, index) =>
        renameClimbs(arg as Json, startsAnew(operator, index) ? iterations + 1 : iterations),
      ),
    }
  }

  const visit = (part: Json): Json => {
    if (Array.isArray(part)) return part.map(visit)
    if (!isOperation(part)) return part
    const operator = Object.keys(part)[0] as string
    if (operator === 'preserve') return part
    const written = part[operator] as Json
    if (isScoped(operator)) return { [operator]: scopedArgs(written) }
    const args: readonly Json[] = Array.isArray(written) ? (written as readonly Json[]) : [written]
    const change = (arg: Json, index: number): Json => {
      if (operator === 'var') return index === 0 && !isObject(arg) ? renamed(arg) : visit(arg)
      if (operator === 'val' || operator === 'exists')
        return index === 0 && arg === from ? to : visit(arg)
      if (operator === 'missing') return names(arg)
      if (operator === 'missing_some') return index === 1 ? names(arg) : visit(arg)
      return startsAnew(operator, index) ? renameClimbs(arg, 1) : visit(arg)
    }
    const changed = args.map(change)
    return { [operator]: Array.isArray(written) ? changed : (changed[0] as Json) }
  }
  return visit(logic)
}
