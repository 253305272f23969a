import type { Logic } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'

export interface LogicField {
  /** JSON pointer into the config. */
  readonly path: string
  readonly logic: Logic
  /** Whether it also reads what its own node would leave with now: the mark `x-own-value`. */
  readonly own: boolean
}

/** Every piece of logic in a config, found by the mark `x-logic` in its schema. */
export function logicFields(schema: JsonSchema, config: Json): LogicField[] {
  const found: LogicField[] = []
  walk(schema, config, [], found)
  return found
}

function walk(
  schema: unknown,
  value: Json | undefined,
  path: readonly (string | number)[],
  found: LogicField[],
): void {
  if (value === undefined || !isObject(schema)) return
  if (schema['x-logic'] === true) {
    found.push({ path: pointer(...path), logic: value, own: schema['x-own-value'] === true })
    return
  }
  const { properties, items, additionalProperties } = schema
  if (Array.isArray(value)) {
    for (const [index, item] of (value as Json[]).entries())
      walk(items, item, [...path, index], found)
    return
  }
  if (!isObject(value)) return
  const known = isObject(properties) ? properties : {}
  for (const [key, member] of Object.entries(value))
    walk(
      Object.hasOwn(known, key) ? known[key] : additionalProperties,
      member as Json,
      [...path, key],
      found,
    )
}
