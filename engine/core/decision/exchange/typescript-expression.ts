import { importedCalls, operatorForms } from '#core/decision/exchange/operator-sources.ts'
import { importedName } from '#core/decision/exchange/typescript-runtime.ts'
import type { Json } from '#core/json.ts'
import { usesImported } from '#core/logic/compile.ts'
import { isImported } from '#core/logic/imported.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { literal, quoted } from '#core/logic/source-text.ts'
import { climbOf, startsAnew, type Tree } from '#core/logic/tree.ts'

/** What cannot be written, found while writing. */
export class Unwritable extends Error {
  readonly what: string
  constructor(what: string) {
    super(what)
    this.what = what
  }
}

export interface Writing {
  /** The decision's parts; a path that begins with one reads its value. */
  readonly parts: ReadonlySet<string>
  /** What the module needs of operators and helpers. */
  readonly used: Set<string>
  /** How what an iteration calls so is called in the module. */
  readonly bound?: ReadonlyMap<string, string>
  /** Within an iteration of JsonLogic paths start from its element, `data`. */
  readonly anew?: boolean
}

export const needed = ({ used }: Writing, name: string): string => {
  used.add(name)
  return name
}

export const slot = (id: string): string => `parts[${quoted(id)}]`

/** @throws Unwritable for operators that have no form in a module, LogicError */
export const written = (logic: Json, writing: Writing): string =>
  expression(parseLogic(logic), writing)

/** What JsonLogic's own operators give may be no JSON, such as NaN. */
export const expression = (tree: Tree, writing: Writing): string =>
  usesImported(tree) ? `${needed(writing, 'toJson')}(${part(tree, writing)})` : part(tree, writing)

function part(tree: Tree, writing: Writing): string {
  switch (tree.kind) {
    case 'value':
      return literal(tree.value)
    case 'list':
      return `[${tree.items.map((item) => part(item, writing)).join(', ')}]`
    case 'path':
      return path(tree, writing)
    case 'call':
      return call(tree, writing)
  }
}

function call(tree: Extract<Tree, { kind: 'call' }>, writing: Writing): string {
  const { operator, args, binds } = tree
  if (isImported(operator)) return imported(tree, writing)
  if (!isOperator(operator) || !Object.hasOwn(operatorForms, operator))
    throw new Unwritable(`“${operator}”`)
  const name = needed(writing, operator)
  if (binds !== undefined) {
    const [list, body] = args as readonly [Tree, Tree]
    const names = operator === 'grown_each' ? [binds, 'partial'] : [binds]
    // What is nearer hides what is further out, and the element hides what came before it.
    const bound = new Map(writing.bound)
    for (const each of names.toReversed()) bound.set(each, `its_${each}`)
    const parameters = binds === 'partial' ? ['its_partial'] : names.map((each) => `its_${each}`)
    const inner = part(body, { ...writing, bound })
    return `${name}(${part(list, writing)}, (${parameters.join(', ')}) => ${inner})`
  }
  if (operators[operator].form.kind === 'clock') return `${name}(env)`
  return `${name}(${args.map((arg) => part(arg, writing)).join(', ')})`
}

function imported(tree: Extract<Tree, { kind: 'call' }>, writing: Writing): string {
  const { operator, args, spread } = tree
  const unwritten = ['try', 'throw'].includes(operator) || spread || climbOf(tree)
  if (unwritten) throw new Unwritable(`“${operator}”`)
  const name = needed(writing, importedName(operator))
  if (Object.hasOwn(importedCalls, operator))
    return `${name}([${args.map((arg) => part(arg, writing)).join(', ')}], ${whole(writing)})`
  const given = args.map((arg, index) => {
    const anew = startsAnew(operator, index)
    const { parts, used } = writing
    const inner = part(arg, anew ? { parts, used, anew } : writing)
    return `(${anew ? 'data: Json' : ''}) => ${inner}`
  })
  return `${name}([${given.join(', ')}])(null, env)`
}

function path(tree: Extract<Tree, { kind: 'path' }>, writing: Writing): string {
  const { fallback } = tree
  const [root, ...rest] = tree.path
  if (root === undefined) return whole(writing)
  const its = writing.bound?.get(root)
  const isPart = writing.parts.has(root)
  const around = writing.anew ? 'data' : isPart ? `(${slot(root)} ?? null)` : 'input'
  const from = its ?? around
  const isNamed = its !== undefined || (!writing.anew && (isPart || root === 'input'))
  const keys = isNamed ? rest : tree.path
  if (keys.length === 0) return from
  const asked = [from, ...keys.map(quoted)].join(', ')
  return fallback
    ? `${needed(writing, 'getOr')}(() => ${part(fallback, writing)}, ${asked})`
    : `${needed(writing, 'get')}(${asked})`
}

/** All that logic sees, as one object. */
function whole({ bound, anew }: Writing): string {
  const its = [...(bound ?? [])].map(([name, value]) => `${quoted(name)}: ${value}`)
  if (anew) return its.length === 0 ? 'data' : `({ ...(data as JsonObject), ${its.join(', ')} })`
  return `({ ${['...(input as JsonObject)', '...parts', 'input', ...its].join(', ')} })`
}
