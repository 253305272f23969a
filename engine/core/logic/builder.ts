import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { isOperator, operators, type OperatorId } from '#core/logic/operators.ts'
import { isOperation } from '#core/logic/parse.ts'

/** A value that is written out, or the path of one. */
export type BuilderOperand =
  | { readonly kind: 'literal'; readonly value: BuilderLiteral }
  | { readonly kind: 'path'; readonly path: string }
type BuilderScalar = null | boolean | number | string
type BuilderLiteral = BuilderScalar | readonly BuilderScalar[]

interface BuilderCondition {
  readonly kind: 'condition'
  /** The path on the left side. */
  readonly left: string
  readonly operator: OperatorId
  /** None for `is_missing`, two for `between`. */
  readonly right: readonly BuilderOperand[]
}

interface BuilderGroup {
  readonly kind: 'group'
  readonly match: 'all' | 'any' | 'none'
  readonly items: readonly BuilderItem[]
}

/** A condition as a form shows it: groups of conditions, nested. */
export type BuilderItem = BuilderCondition | BuilderGroup

/** Operators that a condition offers: they test their first argument. */
export const conditionOperators: readonly OperatorId[] = (
  Object.keys(operators) as OperatorId[]
).filter((id) => {
  const { group, result, max } = operators[id]
  return result === 'boolean' && group !== 'logic' && group !== 'scope' && max <= 3
})

const groups = { all: 'all_of', any: 'any_of' } as const

export function fromBuilder(item: BuilderItem): Logic {
  if (item.kind === 'condition') {
    const right = item.right.map((operand): Json =>
      operand.kind === 'path' ? { var: operand.path } : operand.value,
    )
    return { [item.operator]: [{ var: item.left }, ...right] }
  }
  const items = item.items.map(fromBuilder)
  if (item.match === 'none') return { not: [{ any_of: items }] }
  return { [groups[item.match]]: items }
}

/** The form of a condition, or null where it is more than the form can show. `fromBuilder` gives the logic back. */
export function toBuilder(logic: Logic): BuilderItem | null {
  if (!isOperation(logic)) return null
  const [operator, written] = Object.entries(logic)[0] as [string, Json]
  const args = argumentsOf(written)
  if (operator === 'all_of') return toGroup('all', args)
  if (operator === 'any_of') return toGroup('any', args)
  if (operator === 'not') return toNone(args)
  if (!isOperator(operator) || !conditionOperators.includes(operator)) return null
  const [left, ...right] = args.map(toOperand)
  const { min, max } = operators[operator]
  if (left?.kind !== 'path' || args.length < min || args.length > max) return null
  if (right.some((operand) => operand === null)) return null
  return { kind: 'condition', left: left.path, operator, right: right as BuilderOperand[] }
}

const argumentsOf = (written: Json): readonly Json[] =>
  Array.isArray(written) ? (written as readonly Json[]) : [written]

function toGroup(match: BuilderGroup['match'], args: readonly Json[]): BuilderGroup | null {
  const items = args.map(toBuilder)
  return items.every((item) => item !== null) ? { kind: 'group', match, items } : null
}

function toNone([arg]: readonly Json[]): BuilderGroup | null {
  if (arg === undefined || !isOperation(arg) || !Object.hasOwn(arg, 'any_of')) return null
  return toGroup('none', argumentsOf(arg['any_of'] as Json))
}

function toOperand(arg: Json): BuilderOperand | null {
  if (isScalar(arg)) return { kind: 'literal', value: arg }
  if (Array.isArray(arg)) {
    const list = arg as readonly Json[]
    return list.every(isScalar) ? { kind: 'literal', value: list } : null
  }
  if (!isObject(arg) || !isOperation(arg as Json) || !Object.hasOwn(arg, 'var')) return null
  const path = argumentsOf(arg['var'] as Json)
  return path.length === 1 && typeof path[0] === 'string' ? { kind: 'path', path: path[0] } : null
}

const isScalar = (value: Json): value is BuilderScalar =>
  value === null || typeof value !== 'object'
