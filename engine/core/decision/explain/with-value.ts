import { isObject, type Json, type JsonObject } from '#core/json.ts'

/** A copy with the value at a path; what lies on the way is made where it is no object. */
export function withValue(into: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return into
  const inner = into[key]
  return {
    ...into,
    [key]:
      rest.length === 0
        ? value
        : withValue(isObject(inner) ? (inner as JsonObject) : {}, rest, value),
  }
}
