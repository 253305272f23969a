import { canonicalJson, isObject, type Json } from '#core/json.ts'
import type { Logic } from '#core/graph/flow.ts'
import { renameRoot } from '#core/logic/references.ts'

/** Whether some path in the logic begins with the name; what an iteration calls so itself is another. */
export function readsName(logic: Json, name: Json): boolean {
  if (Array.isArray(logic)) return (logic as readonly Json[]).some((part) => readsName(part, name))
  if (!isObject(logic)) return false
  const written = logic['var']
  const path: unknown = Array.isArray(written) ? written[0] : written
  if (typeof path === 'string' && path.split('.')[0] === name) return true
  if (logic['as'] === name && Object.hasOwn(logic, 'do')) return false
  return Object.values(logic as Record<string, Json>).some((part) => readsName(part, name))
}

/**
 * What a comparison of two elements sorts by, where it compares the same thing of both: the logic over the first, and
 * whether the second stands on the left.
 */
export function sortingBy(sides: {
  readonly a: Logic
  readonly b: Logic
  readonly x: string
  readonly y: string
}): { readonly key: Logic; readonly turned: boolean } | null {
  const { a, b, x, y } = sides
  const turned = readsName(a, y)
  const [key, other] = turned ? [b, a] : [a, b]
  const same = canonicalJson(renameRoot(other, y, x) as Json) === canonicalJson(key as Json)
  return x !== y && same && readsName(key, x) && !readsName(key, y) && !readsName(other, x)
    ? { key, turned }
    : null
}
