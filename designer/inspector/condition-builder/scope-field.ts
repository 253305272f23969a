import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'

/** Something that an expression can read. */
export interface ScopeField {
  /** As expressions write it: `bureau.score`. */
  readonly path: string
  readonly title: string
  readonly type: ValueType
  /** False where it may be missing on some path to here. */
  readonly certain: boolean
  /** The values it can have, where the schema lists them. */
  readonly options?: readonly Json[]
  /** The schema, for a hover or a narrower form. */
  readonly schema?: JsonSchema
}

/** Tells the paths that hold a list, for the reading of FEEL text. */
export const listsAmong = (fields: readonly ScopeField[]): ((path: string) => boolean) => {
  const lists = new Set(fields.flatMap(({ path, type }) => (type === 'list' ? [path] : [])))
  return (path) => lists.has(path)
}

const typeOf = (schema: JsonSchema): ValueType => {
  const { type, format } = schema
  const types = Array.isArray(type) ? (type as Json[]).filter((each) => each !== 'null') : [type]
  const [only] = types
  if (types.length > 1) return 'any'
  if (only === 'number' || only === 'integer') return 'number'
  if (only === 'boolean') return 'boolean'
  if (only === 'array') return 'list'
  if (only !== 'string') return Array.isArray(schema['enum']) ? 'text' : 'any'
  return format === 'date' || format === 'date-time' ? 'date' : 'text'
}

const asSchema = (value: Json | undefined): JsonSchema =>
  isObject(value) ? (value as JsonSchema) : {}

const words = (name: string): string => {
  const apart = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  return apart.charAt(0).toUpperCase() + apart.slice(1).toLowerCase()
}

/** How deep a field may lie; deeper ones are reached as text. */
const deepest = 6

/** Every field that a schema promises below `root`; `''` as root gives bare names, as a decision's input has. */
export function fieldsOfSchema(
  schema: JsonSchema,
  root: string,
  options: { readonly certain?: boolean; readonly depth?: number } = {},
): ScopeField[] {
  const { certain = true, depth = 0 } = options
  const title =
    typeof schema['title'] === 'string' ? schema['title'] : words(root.split('.').at(-1) ?? '')
  const listed = schema['enum']
  const own: ScopeField[] =
    root === ''
      ? []
      : [
          {
            path: root,
            title,
            type: typeOf(schema),
            certain,
            schema,
            ...(Array.isArray(listed) ? { options: listed as Json[] } : {}),
          },
        ]
  if (depth >= deepest) return own
  const required = Array.isArray(schema['required']) ? (schema['required'] as Json[]) : []
  const below = Object.entries(asSchema(schema['properties'])).flatMap(([name, property]) =>
    fieldsOfSchema(asSchema(property), root === '' ? name : `${root}.${name}`, {
      certain: certain && required.includes(name),
      depth: depth + 1,
    }),
  )
  return [...own, ...below]
}
