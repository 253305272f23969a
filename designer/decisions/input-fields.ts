import { isForbiddenKey, isObject, type Json, type JsonSchema } from '#core/json.ts'

export const fieldTypes = ['number', 'string', 'boolean', 'date'] as const
export type FieldType = (typeof fieldTypes)[number]

/** A leaf of the input's schema. */
export interface InputField {
  /** `bureau.score` */
  readonly path: string
  /** null where the schema is none of ours: it is kept as it is. */
  readonly type: FieldType | null
}

const asSchema = (value: Json | undefined): JsonSchema =>
  isObject(value) ? (value as JsonSchema) : {}

function typeOf(schema: JsonSchema): FieldType | null {
  const { type, format } = schema
  if (type === 'integer') return 'number'
  if (type === 'string' && format === 'date') return 'date'
  return fieldTypes.find((each) => each === type) ?? null
}

/** The leaves of a schema, in order. */
export function inputFields(schema: JsonSchema, root = ''): InputField[] {
  return Object.entries(asSchema(schema['properties'])).flatMap(([name, each]) => {
    const below = asSchema(each)
    const path = root === '' ? name : `${root}.${name}`
    return isObject(below['properties'])
      ? inputFields(below, path)
      : [{ path, type: typeOf(below) }]
  })
}

/** Whether expressions can read a field under this path. */
export const isFieldPath = (path: string): boolean =>
  /^[a-zA-Z_]\w*(\.[a-zA-Z_]\w*)*$/.test(path) && !path.split('.').some(isForbiddenKey)

const schemaOf: Readonly<Record<FieldType, JsonSchema>> = {
  number: { type: 'number' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
}

function changed(
  schema: JsonSchema,
  [name, ...rest]: readonly string[],
  leaf: (before: JsonSchema) => JsonSchema | null,
): JsonSchema {
  if (name === undefined) return schema
  const { [name]: before, ...others } = asSchema(schema['properties'])
  const inner = asSchema(before)
  const next = rest.length > 0 ? changed(inner, rest, leaf) : leaf(inner)
  const empty = next === null || (rest.length > 0 && inputFields(next).length === 0)
  const properties = empty
    ? others
    : before === undefined
      ? { ...others, [name]: next }
      : { ...asSchema(schema['properties']), [name]: next }
  const { required, ...plain } = schema
  const left =
    empty && Array.isArray(required) ? required.filter((each: Json) => each !== name) : required
  return { ...plain, type: 'object', properties, ...(left === undefined ? {} : { required: left }) }
}

/** Adds the field, or gives it another type; its title and bounds stay. */
export const putField = (schema: JsonSchema, path: string, type: FieldType): JsonSchema =>
  changed(schema, path.split('.'), ({ format: _format, type: _type, ...kept }) => ({
    ...kept,
    ...schemaOf[type],
  }))

/** Removes the field, and objects that are left with none. */
export const removeField = (schema: JsonSchema, path: string): JsonSchema =>
  changed(schema, path.split('.'), () => null)
