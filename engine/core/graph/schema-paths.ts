import { isObject, type JsonSchema } from '#core/json.ts'

/** Whether a value of the schema can have something at the path; true where the schema does not say. */
export function hasPath(schema: JsonSchema, path: readonly string[]): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(alternatives))
    return (alternatives as JsonSchema[]).some((option) => hasPath(option, path))
  if (schema['$ref'] !== undefined || schema['allOf'] !== undefined) return true
  const { type, properties, additionalProperties, items } = schema
  if (type === 'array') return isObject(items) ? hasPath(items as JsonSchema, rest) : true
  if (type !== undefined && type !== 'object' && !Array.isArray(type)) return false
  if (isObject(properties) && Object.hasOwn(properties, key)) {
    const inner = properties[key]
    return isObject(inner) ? hasPath(inner as JsonSchema, rest) : true
  }
  return additionalProperties !== false
}

/** What stands at the path in a value of the schema; `{}`, which is anything, where the schema does not say. */
export function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema {
  const [key, ...rest] = path
  if (key === undefined) return schema
  const alternatives = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(alternatives))
    return unionOf(
      (alternatives as JsonSchema[])
        .filter((option) => hasPath(option, path))
        .map((option) => schemaAt(option, path)),
    )
  const { type, properties, items } = schema
  if (type === 'array') return isObject(items) ? schemaAt(items as JsonSchema, rest) : {}
  const inner = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  return isObject(inner) ? schemaAt(inner as JsonSchema, rest) : {}
}

/** A value of any of the schemas. */
export function unionOf(schemas: readonly JsonSchema[]): JsonSchema {
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  const [only, ...others] = distinct
  if (only === undefined || distinct.some((schema) => Object.keys(schema).length === 0)) return {}
  return others.length === 0 ? only : { anyOf: distinct }
}
