import type { Json } from '#core/json.ts'

/**
 * The coercions of JavaScript on JSON values, as JsonLogic's own operators have them.
 * Data cannot change them: an own `toString` or `valueOf` is not looked at.
 */
type Primitive = null | boolean | number | string | undefined

function primitive(value: Json | undefined): Primitive {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? joined(value, ',') : '[object Object]'
}

export const text = (value: Json | undefined): string => String(primitive(value))
export const number = (value: Json | undefined): number => Number(primitive(value))

/** Like Array.join: what is missing leaves nothing. */
export const joined = (values: readonly Json[], separator: string): string =>
  values.map((value) => (value === null || value === undefined ? '' : text(value))).join(separator)

/** `==` */
export function looselyEqual(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [isReference(a), isReference(b)]
  if (left && right) return a === b
  // A reference never equals null, whatever its text.
  if ((left && isAbsent(b)) || (right && isAbsent(a))) return false
  // oxlint-disable-next-line eqeqeq -- this is the operator that the double equals stands for
  return primitive(a) == primitive(b)
}

const isAbsent = (value: Json | undefined): boolean => value === null || value === undefined
const isReference = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null

/** `<` on texts by code unit, on everything else as numbers. */
export function less(a: Json | undefined, b: Json | undefined): boolean {
  const [x, y] = [primitive(a), primitive(b)]
  return typeof x === 'string' && typeof y === 'string' ? x < y : Number(x) < Number(y)
}
export function lessOrEqual(a: Json | undefined, b: Json | undefined): boolean {
  const [x, y] = [primitive(a), primitive(b)]
  return typeof x === 'string' && typeof y === 'string' ? x <= y : Number(x) <= Number(y)
}

/** An empty list is false; otherwise as in JavaScript. */
export const truthy = (value: Json | undefined): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value)

/** `substr(start, length)`; a negative length leaves that many off the end. */
export function substring(
  source: Json | undefined,
  start: Json | undefined,
  length: Json | undefined,
) {
  const from = (value: string, begin: number, count: number) => {
    const at = begin < 0 ? Math.max(value.length + begin, 0) : begin
    return value.slice(at, Math.max(at, at + count))
  }
  const whole = (value: Json | undefined) => Math.trunc(number(value)) || 0
  const all = text(source)
  if (length === undefined) return from(all, whole(start), all.length)
  if (number(length) < 0) {
    const rest = from(all, whole(start), all.length)
    // JavaScript adds a text or a list to a number as text, which is no count.
    const isText = typeof length === 'string' || typeof length === 'object'
    return from(rest, 0, isText ? 0 : Math.trunc(rest.length + number(length)))
  }
  return from(all, whole(start), whole(length))
}

/** What JSON makes of a result: no NaN, no infinity, nothing undefined. */
export function toJson(value: Json | undefined): Json {
  if (value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJson)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]))
}
