import { isForbiddenKey, type Json } from '#core/json.ts'
import type { Evaluate } from '#core/logic/evaluation.ts'

/** `a.b.0` → its segments; the empty text is the whole data. */
export const segments = (path: string): readonly string[] => (path === '' ? [] : path.split('.'))

/** Names that some prototype answers: only an own property may, and none of the forbidden ones. */
export const isInherited = (key: string): boolean =>
  isForbiddenKey(key) ||
  key in Object.prototype ||
  key in Array.prototype ||
  key in String.prototype ||
  key in Number.prototype

/** The own property `key`, or undefined. Never reads a prototype. */
export function own(data: Json | undefined, key: string): Json | undefined {
  if (data === null || data === undefined) return undefined
  if (isForbiddenKey(key) || !Object.hasOwn(data as object, key)) return undefined
  return (data as Record<string, Json>)[key]
}

/** Follows own properties; undefined where one is missing. */
export function read(data: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data
  for (const key of path) value = own(value, key)
  return value
}

/**
 * A path as a function. Keys that no prototype has are read directly, which is the same as reading
 * an own property and several times as fast. A missing value is null.
 */
export function reader(path: readonly string[]): Evaluate {
  if (path.some(isInherited)) return (data) => read(data, path) ?? null
  const [a, b] = path as [string, string]
  if (path.length === 0) return (data) => data
  if (path.length === 1) return (data) => direct(data, a) ?? null
  if (path.length === 2) return (data) => direct(direct(data, a), b) ?? null
  return (data) => {
    let value: Json | undefined = data
    for (const key of path) value = direct(value, key)
    return value ?? null
  }
}

const direct = (data: Json | undefined, key: string): Json | undefined =>
  data === null || data === undefined ? undefined : (data as Record<string, Json>)[key]
