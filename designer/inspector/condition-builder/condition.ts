import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { isOperator, operators, type OperatorId } from '#core/logic/operators.ts'

/** One side of a test. */
export type Operand =
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'value'; readonly value: Json }
  /** A calculation, which the builder shows but does not take apart. */
  | { readonly kind: 'logic'; readonly logic: Logic }

/** A condition as the builder shows it. */
export type Condition =
  | {
      readonly kind: 'group'
      readonly join: 'all_of' | 'any_of'
      readonly items: readonly Condition[]
    }
  | { readonly kind: 'test'; readonly operator: OperatorId; readonly operands: readonly Operand[] }
  | { readonly kind: 'logic'; readonly logic: Logic }

const operation = (logic: Logic): readonly [string, readonly Json[]] | null => {
  if (!isObject(logic)) return null
  const [entry, ...more] = Object.entries(logic as Record<string, Json>)
  if (entry === undefined || more.length > 0) return null
  const [id, parts] = entry
  return [id, Array.isArray(parts) ? (parts as readonly Json[]) : [parts]]
}

const operandOf = (logic: Logic): Operand => {
  const found = operation(logic)
  if (found === null)
    return isObject(logic) || hasLogic(logic)
      ? { kind: 'logic', logic }
      : { kind: 'value', value: logic }
  const [id, [path, ...rest]] = found
  return id === 'var' && typeof path === 'string' && rest.length === 0
    ? { kind: 'field', path }
    : { kind: 'logic', logic }
}

const hasLogic = (value: Json): boolean =>
  Array.isArray(value) && value.some((each: Json) => isObject(each) || hasLogic(each))

/** Stored logic as the builder shows it; what it cannot take apart stays whole as `logic`. */
export function toCondition(logic: Logic): Condition {
  const found = operation(logic)
  if (found === null) return { kind: 'logic', logic }
  const [id, parts] = found
  if (id === 'all_of' || id === 'any_of')
    return { kind: 'group', join: id, items: parts.map(toCondition) }
  if (!isOperator(id) || operators[id].group === 'logic' || operators[id].result !== 'boolean')
    return { kind: 'logic', logic }
  return { kind: 'test', operator: id, operands: parts.map(operandOf) }
}

const fromOperand = (operand: Operand): Logic => {
  if (operand.kind === 'field') return { var: operand.path }
  return operand.kind === 'value' ? operand.value : operand.logic
}

export function fromCondition(condition: Condition): Logic {
  if (condition.kind === 'logic') return condition.logic
  if (condition.kind === 'group') return { [condition.join]: condition.items.map(fromCondition) }
  return { [condition.operator]: condition.operands.map(fromOperand) }
}

/** The operators that compare, for a field of the type. */
export const testsFor = (type: string): OperatorId[] =>
  (Object.keys(operators) as OperatorId[]).filter((id) => {
    const { group, result } = operators[id]
    if (result !== 'boolean' || group === 'logic') return false
    if (group === 'text') return type === 'text' || type === 'any'
    if (id === 'contains') return type === 'list' || type === 'text' || type === 'any'
    const ordered = ['lt', 'lte', 'gt', 'gte', 'between'].includes(id)
    if (ordered) return type !== 'boolean' && type !== 'list'
    if (id === 'in_list') return type !== 'boolean' && type !== 'list'
    return group === 'comparison'
  })

/** Operands of the operator, keeping those that there were. */
export function fitOperands(operator: OperatorId, before: readonly Operand[]): Operand[] {
  const { min, arguments: about } = operators[operator]
  return Array.from({ length: min }, (_, index): Operand => {
    const kept = before[index]
    const isList = about[index]?.type === 'list'
    const keptIsList = kept?.kind === 'value' && Array.isArray(kept.value)
    if (kept !== undefined && (kept.kind !== 'value' || isList === keptIsList)) return kept
    if (isList && kept?.kind === 'value' && kept.value !== null && kept.value !== '')
      return { kind: 'value', value: [kept.value] }
    return { kind: 'value', value: isList ? [] : null }
  })
}
