import type { Json } from '#core/json.ts'
import type { Evaluate } from '#core/logic/evaluation.ts'
import type { OperatorId } from '#core/logic/operators.ts'
import { instantOf } from '#core/logic/times.ts'

type AgainstNumber = (value: Evaluate, c: number) => Evaluate

/** Most conditions compare a value with a written number: one type test and one comparison. */
const againstNumber: Partial<Record<OperatorId, AgainstNumber>> = {
  lt: (value, c) => (data, env) => {
    const v = value(data, env)
    return typeof v === 'number' ? v < c : null
  },
  lte: (value, c) => (data, env) => {
    const v = value(data, env)
    return typeof v === 'number' ? v <= c : null
  },
  gt: (value, c) => (data, env) => {
    const v = value(data, env)
    return typeof v === 'number' ? v > c : null
  },
  gte: (value, c) => (data, env) => {
    const v = value(data, env)
    return typeof v === 'number' ? v >= c : null
  },
}

/** An operator whose right side is written out, in a faster form of the same meaning; null where there is none. */
export function comparisonWith(
  operator: OperatorId,
  value: Evaluate,
  right: Json,
): Evaluate | null {
  if (typeof right === 'number') {
    const special = againstNumber[operator]
    if (special) return special(value, right)
  }
  if (isTime(right)) return null
  if (operator === 'eq' && (typeof right === 'string' || typeof right === 'number')) {
    const type = typeof right
    return (data, env) => {
      const v = value(data, env)
      return typeof v === type ? v === right : null
    }
  }
  if (operator === 'in_list' && Array.isArray(right)) return membership(value, right)
  return null
}

/** A list of texts or of numbers becomes a set. */
function membership(value: Evaluate, list: readonly Json[]): Evaluate | null {
  const type = typeof list[0]
  if (
    (type !== 'string' && type !== 'number') ||
    list.some((item) => typeof item !== type || isTime(item))
  )
    return null
  const set = new Set(list)
  return (data, env) => {
    const v = value(data, env)
    return typeof v === type ? set.has(v) : null
  }
}

/** A time is equal to the same one with another offset. */
const isTime = (value: Json): boolean => typeof value === 'string' && instantOf(value) !== null
