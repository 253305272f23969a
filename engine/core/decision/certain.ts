import type { Json } from '#core/json.ts'
import { literal } from '#core/logic/source-text.ts'
import { instantOf } from '#core/logic/times.ts'
import type { Tree } from '#core/logic/tree.ts'

export type CertainType = 'number' | 'string' | 'boolean'

/** Where a program has the values that a condition reads. */
export interface Places {
  /** The variable with the path's value; the text holds only where the value is of the type. */
  typed(path: readonly string[], type: CertainType): string
  /** The variable with the path's value, whatever it is. */
  any(path: readonly string[]): string
}

class Uncertain extends Error {}

const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const
const isSign = (operator: string): operator is keyof typeof signs => Object.hasOwn(signs, operator)

/**
 * A condition as JavaScript that is true or false, and right wherever the values are of the types that it asks of its
 * places: nothing is unknown then. Null for a condition that has no such form.
 */
export function certainCondition(tree: Tree, places: Places): string | null {
  try {
    return condition(tree, places)
  } catch (error) {
    if (error instanceof Uncertain) return null
    throw error
  }
}

function condition(tree: Tree, places: Places): string {
  if (tree.kind === 'value' && typeof tree.value === 'boolean') return String(tree.value)
  if (tree.kind === 'path') return places.typed(pathOf(tree), 'boolean')
  if (tree.kind !== 'call' || tree.binds !== undefined) throw new Uncertain()
  const { operator, args } = tree
  const [first, second, third] = args as [Tree, Tree, Tree]
  const together = (sign: string): string =>
    args.length === 1
      ? condition(first, places)
      : `(${args.map((arg) => condition(arg, places)).join(` ${sign} `)})`
  if (operator === 'all_of') return args.length === 0 ? 'true' : together('&&')
  if (operator === 'any_of') return args.length === 0 ? 'false' : together('||')
  // What is certain is never replaced.
  if (operator === 'coalesce' && args.length > 0) return condition(first, places)
  if (operator === 'not' && args.length === 1) return `!(${condition(first, places)})`
  if (operator === 'is_missing' && args.length === 1) return `${places.any(pathOf(first))} === null`
  if (operator === 'is_present' && args.length === 1) return `${places.any(pathOf(first))} !== null`
  if (operator === 'between' && args.length === 3) {
    const type = ordered(typeOf([first, second, third]))
    const [value, low, high] = args.map((arg) => operand(arg, type, places))
    return `(${value} >= ${low} && ${value} <= ${high})`
  }
  if (args.length !== 2) throw new Uncertain()
  if (operator === 'in_list') return membership(first, second, places)
  const type = typeOf([first, second])
  const [left, right] = args.map((arg) => operand(arg, type, places))
  if (operator === 'eq') return `${left} === ${right}`
  if (operator === 'ne') return `${left} !== ${right}`
  if (!isSign(operator)) throw new Uncertain()
  ordered(type)
  return `${left} ${signs[operator]} ${right}`
}

/** Truths have no order. */
function ordered(type: CertainType): CertainType {
  if (type === 'boolean') throw new Uncertain()
  return type
}

/** A set is asked faster than more of them one by one. */
const mostMembers = 12

function membership(value: Tree, list: Tree, places: Places): string {
  const members = writtenList(list)
  if (members.length === 0 || members.length > mostMembers) throw new Uncertain()
  const type = typeOf(members)
  const asked = operand(value, type, places)
  return `(${members.map((member) => `${asked} === ${operand(member, type, places)}`).join(' || ')})`
}

function writtenList(tree: Tree): readonly Tree[] {
  if (tree.kind === 'list') return tree.items
  if (tree.kind !== 'value' || !Array.isArray(tree.value)) throw new Uncertain()
  return (tree.value as readonly Json[]).map((value) => ({ kind: 'value', value, place: '' }))
}

/** The type of what is written out; numbers where nothing is. */
function typeOf(trees: readonly Tree[]): CertainType {
  const types = trees.flatMap((tree) => (tree.kind === 'value' ? [typeof tree.value] : []))
  const [type = 'number'] = types
  if (types.some((each) => each !== type)) throw new Uncertain()
  if (type !== 'number' && type !== 'string' && type !== 'boolean') throw new Uncertain()
  return type
}

function operand(tree: Tree, type: CertainType, places: Places): string {
  if (tree.kind === 'path') return places.typed(pathOf(tree), type)
  if (tree.kind !== 'value' || typeof tree.value !== type) throw new Uncertain()
  if (type === 'number' && !Number.isFinite(tree.value)) throw new Uncertain()
  // Times are compared as instants.
  if (typeof tree.value === 'string' && instantOf(tree.value) !== null) throw new Uncertain()
  return literal(tree.value)
}

function pathOf(tree: Tree): readonly string[] {
  if (tree.kind !== 'path' || tree.fallback || tree.path.length === 0) throw new Uncertain()
  return tree.path
}
