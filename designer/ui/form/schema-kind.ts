import { isObject, plainText, type Json, type JsonSchema } from '#core/json.ts'

/** How a form shows a value. */
export type FieldKind =
  | 'logic'
  | 'schema'
  | 'ref'
  | 'file'
  | 'choice'
  | 'switch'
  | 'number'
  | 'duration'
  | 'date'
  | 'text'
  | 'longText'
  | 'texts'
  | 'items'
  | 'object'
  | 'json'

export const subschema = (value: Json | undefined): JsonSchema =>
  isObject(value) ? (value as JsonSchema) : {}

/** A schema that only adds "or null" counts as the schema it adds to. */
export function plainSchema(schema: JsonSchema): JsonSchema {
  for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
    const list = schema[key]
    if (!Array.isArray(list)) continue
    const real = (list as Json[]).map(subschema).filter((each) => each['type'] !== 'null')
    const [only] = real
    if (real.length === 1 && only !== undefined) {
      const { [key]: _, ...rest } = schema
      return plainSchema({ ...only, ...rest })
    }
  }
  const { type } = schema
  if (Array.isArray(type)) {
    const real = (type as Json[]).filter((each) => each !== 'null')
    if (real.length === 1) return { ...schema, type: real[0] ?? null }
  }
  return schema
}

export const propertiesOf = (schema: JsonSchema): [string, JsonSchema][] =>
  Object.entries(subschema(schema['properties'])).map(([name, each]) => [
    name,
    plainSchema(subschema(each)),
  ])

const isFile = (schema: JsonSchema): boolean => {
  const properties = subschema(schema['properties'])
  return schema['x-blob'] !== undefined || ('blob' in properties && 'size' in properties)
}

const textKind = (schema: JsonSchema): FieldKind => {
  const { pattern, format, maxLength } = schema
  if (typeof pattern === 'string' && pattern.includes('(ms|s|m|h|d)')) return 'duration'
  if (format === 'date') return 'date'
  const long = schema['x-multiline'] === true || (typeof maxLength === 'number' && maxLength > 300)
  return long ? 'longText' : 'text'
}

const listKind = (schema: JsonSchema): FieldKind => {
  const items = plainSchema(subschema(schema['items']))
  if (items['type'] === 'object') return 'items'
  return items['type'] === 'string' ? 'texts' : 'json'
}

const kinds: Readonly<Record<string, (schema: JsonSchema) => FieldKind>> = {
  string: textKind,
  number: () => 'number',
  integer: () => 'number',
  boolean: () => 'switch',
  array: listKind,
  object: (schema) => (propertiesOf(schema).length > 0 ? 'object' : 'json'),
}

export function kindOf(schema: JsonSchema): FieldKind {
  if (schema['x-logic'] === true) return 'logic'
  if (schema['x-schema'] === true) return 'schema'
  if (typeof schema['x-ref'] === 'string') return 'ref'
  if (isFile(schema)) return 'file'
  if (Array.isArray(schema['enum'])) return 'choice'
  return kinds[plainText(schema['type'] ?? null)]?.(schema) ?? 'json'
}

/** `minConfidence` → `Min confidence` */
export const wordsOf = (name: string): string => {
  const apart = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')
  return apart.charAt(0).toUpperCase() + apart.slice(1).toLowerCase()
}

export const titleOf = (schema: JsonSchema, name: string): string =>
  typeof schema['title'] === 'string' ? schema['title'] : wordsOf(name)
