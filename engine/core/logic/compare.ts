import { canonicalJson, isObject, type Json } from '#core/json.ts'
import { instantOf } from '#core/logic/times.ts'

/** true, false, or null for unknown. */
export type Truth = boolean | null

/** Equality of values of one type, of times as instants; null where a value is missing or the types differ. */
export function equal(a: Json, b: Json): Truth {
  if (a === null || b === null || a === undefined || b === undefined) return null
  if (typeof a === 'string' && typeof b === 'string') return a === b || compared(a, b) === 0
  if (typeof a !== 'object') return typeof a === typeof b ? a === b : null
  if (Array.isArray(a)) return Array.isArray(b) ? same(a, b) : null
  return isObject(b) ? same(a, b) : null
}

/** Structural identity, null equal to null: two values that have the same JSON. */
export function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((value, index) => same(value, b[index] as Json))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && same(a[key] as Json, b[key] as Json))
}

/** Each value once, where it first stands. */
export function distinct(values: readonly Json[]): readonly Json[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = canonicalJson(value)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Two times with their offsets as instants, all other texts by code unit, so that ISO dates sort. */
function compared(a: string, b: string): number {
  const first = instantOf(a)
  const second = first === null ? null : instantOf(b)
  if (first !== null && second !== null) return first - second
  return a < b ? -1 : a > b ? 1 : 0
}

/** Negative, zero or positive for two numbers or two texts; else null. */
export function order(a: Json, b: Json): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) : null
}

export function lt(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a < b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) < 0 : null
}
export function lte(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a <= b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) <= 0 : null
}
export const gt = (a: Json, b: Json): Truth => lt(b, a)
export const gte = (a: Json, b: Json): Truth => lte(b, a)
export const not = (a: Json): Truth => (a === true ? false : a === false ? true : null)

/** False as soon as one is false, else null as soon as one is not true. */
export function allOf(values: readonly Json[]): Truth {
  let result: Truth = true
  for (const value of values) {
    if (value === false) return false
    if (value !== true) result = null
  }
  return result
}

/** True as soon as one is true, else null as soon as one is not false. */
export function anyOf(values: readonly Json[]): Truth {
  let result: Truth = false
  for (const value of values) {
    if (value === true) return true
    if (value !== false) result = null
  }
  return result
}

/** low ≤ value ≤ high, both ends in. */
export const between = (value: Json, low: Json, high: Json): Truth =>
  allOf([gte(value, low), lte(value, high)])

/** Whether the list holds an equal value; unknown members leave it unknown unless another one is equal. */
export function inList(value: Json, list: Json): Truth {
  if (value === null || value === undefined || !Array.isArray(list)) return null
  return anyOf(list.map((item) => equal(value, item as Json)))
}
