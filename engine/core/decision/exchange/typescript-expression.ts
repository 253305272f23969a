import { operatorForms } from '#core/decision/exchange/operator-sources.ts'
import type { Json } from '#core/json.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { literal, quoted } from '#core/logic/source-text.ts'
import type { Tree } from '#core/logic/tree.ts'

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
}

export const needed = ({ used }: Writing, name: string): string => {
  used.add(name)
  return name
}

export const slot = (id: string): string => `parts[${quoted(id)}]`

/** @throws Unwritable for operators that have no form in a module, LogicError */
export const written = (logic: Json, writing: Writing): string =>
  expression(parseLogic(logic), writing)

export function expression(tree: Tree, writing: Writing): string {
  switch (tree.kind) {
    case 'value':
      return literal(tree.value)
    case 'list':
      return `[${tree.items.map((item) => expression(item, writing)).join(', ')}]`
    case 'path':
      return path(tree, writing)
    case 'call':
      return call(tree, writing)
  }
}

function call(tree: Extract<Tree, { kind: 'call' }>, writing: Writing): string {
  const { operator, args, binds } = tree
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
    const inner = expression(body, { ...writing, bound })
    return `${name}(${expression(list, writing)}, (${parameters.join(', ')}) => ${inner})`
  }
  if (operators[operator].form.kind === 'clock') return `${name}(env)`
  return `${name}(${args.map((arg) => expression(arg, writing)).join(', ')})`
}

function path(tree: Extract<Tree, { kind: 'path' }>, writing: Writing): string {
  const { fallback } = tree
  const [root, ...rest] = tree.path
  if (root === undefined) return whole(writing)
  const its = writing.bound?.get(root)
  const isPart = writing.parts.has(root)
  const from = its ?? (isPart ? `(${slot(root)} ?? null)` : 'input')
  const keys = its !== undefined || isPart || root === 'input' ? rest : tree.path
  if (keys.length === 0) return from
  const asked = [from, ...keys.map(quoted)].join(', ')
  return fallback
    ? `${needed(writing, 'getOr')}(() => ${expression(fallback, writing)}, ${asked})`
    : `${needed(writing, 'get')}(${asked})`
}

/** All that logic sees, as one object. */
function whole({ bound }: Writing): string {
  const its = [...(bound ?? [])].map(([name, its]) => `${quoted(name)}: ${its}`)
  return `({ ${['...(input as JsonObject)', '...parts', 'input', ...its].join(', ')} })`
}
