import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { distinct } from '#core/logic/compare.ts'
import type { ValueType } from '#core/logic/operators/operator.ts'

/** The type that a schema promises of every value that is there; `any` where it promises none. */
export function valueTypeOf(schema: JsonSchema): ValueType {
  const type = plainType(schema)
  if (type === 'string')
    return schema['format'] === 'date' || schema['format'] === 'date-time' ? 'date' : 'text'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'array') return 'list'
  return type === 'boolean' ? 'boolean' : 'any'
}

/** The schema of one value. */
export const schemaOfValue = (value: Json): JsonSchema => {
  if (value === null) return nothing
  if (Array.isArray(value)) return listOf((value as Json[]).map(schemaOfValue))
  if (!isObject(value)) return { enum: [value] }
  const properties = Object.entries(value as { readonly [key: string]: Json })
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(([key, each]) => [key, schemaOfValue(each)])),
  }
}

export function listOf(items: readonly JsonSchema[]): JsonSchema {
  const each = items.reduce(eitherOf, nothing)
  return isNothing(each) ? { type: 'array' } : { type: 'array', items: each }
}

/** Of what is always null. */
export const nothing: JsonSchema = { enum: [] }

export const isNothing = (schema: JsonSchema): boolean => listedIn(schema)?.length === 0

/** More values than these are told by their type and bounds. */
const mostListed = 100

/** A schema that every value of either fits. Null is told by none: any value may be missing. */
export function eitherOf(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (isNothing(one)) return other
  if (isNothing(other)) return one
  const [a, b] = [listedIn(one), listedIn(other)]
  const both = a && b ? distinct([...a, ...b]) : null
  if (both && both.length <= mostListed) return { enum: both }
  const [wide, broad] = [widened(one), widened(other)]
  const type = sharedType(wide['type'], broad['type'])
  if (type === null) return {}
  const ends = (key: string, choose: (a: number, b: number) => number): JsonSchema =>
    typeof wide[key] === 'number' && typeof broad[key] === 'number'
      ? { [key]: choose(wide[key], broad[key]) }
      : {}
  return {
    type,
    ...ends('minimum', Math.min),
    ...ends('maximum', Math.max),
    ...(wide['format'] !== undefined && wide['format'] === broad['format']
      ? { format: wide['format'] }
      : {}),
    ...sharedPart('items', wide, broad, eitherOf),
    ...sharedPart('properties', wide, broad, eitherFields),
  }
}

function sharedPart(
  key: string,
  one: JsonSchema,
  other: JsonSchema,
  join: (a: JsonSchema, b: JsonSchema) => JsonSchema,
): JsonSchema {
  const [a, b] = [one[key], other[key]]
  return isObject(a) && isObject(b) ? { [key]: join(a as JsonSchema, b as JsonSchema) } : {}
}

/** Of a field that only one of two objects names nothing is known. */
const eitherFields = (one: JsonSchema, other: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.keys(one)
      .filter((name) => Object.hasOwn(other, name))
      .map((name) => [name, eitherOf(one[name] as JsonSchema, other[name] as JsonSchema)]),
  )

const sharedType = (one: Json | undefined, other: Json | undefined): string | null => {
  if (typeof one !== 'string' || typeof other !== 'string') return null
  if (one === other) return one
  const numbers = [one, other].every((each) => each === 'number' || each === 'integer')
  return numbers ? 'number' : null
}

const listedIn = ({ enum: listed }: JsonSchema): readonly Json[] | null =>
  Array.isArray(listed) ? (listed as Json[]).filter((value) => value !== null) : null

/** The one type of all values that are there; undefined where there are several, or none is known. */
function plainType(schema: JsonSchema): string | undefined {
  const { type } = schema
  const named: readonly Json[] = Array.isArray(type)
    ? (type as Json[])
    : type === undefined
      ? [...new Set((listedIn(schema) ?? []).map(nameOf))]
      : [type]
  const [only, ...more] = named.filter((each) => each !== 'null')
  return more.length === 0 && typeof only === 'string' ? only : undefined
}

/** The name that JSON Schema has for a value's type. */
function nameOf(value: Json): string {
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Listed values as their type and bounds. */
function widened(schema: JsonSchema): JsonSchema {
  const listed = listedIn(schema)
  const names = new Set(listed?.map(nameOf))
  const type =
    plainType(schema) ??
    (names.size === 2 && names.has('integer') && names.has('number') ? 'number' : undefined)
  if (type === undefined) return {}
  const { enum: _listed, ...rest } = schema
  if (listed === null || (type !== 'number' && type !== 'integer')) return { ...rest, type }
  const numbers = listed.filter((value) => typeof value === 'number')
  return { type, minimum: Math.min(...numbers), maximum: Math.max(...numbers) }
}
