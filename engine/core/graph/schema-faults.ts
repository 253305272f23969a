import { pointer } from '#core/graph/pointer.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { fill } from '#core/messages/catalogue.ts'
import { schemaMessages } from '#core/messages/schema.ts'

/** Why a JSON Schema cannot be used. */
export interface SchemaFault {
  /** JSON pointer into the schema. */
  readonly path: string
  readonly message: string
}

type Path = readonly (string | number)[]
interface Walk {
  readonly root: JsonSchema
  readonly faults: SchemaFault[]
}

/**
 * What keeps a JSON Schema (draft 2020-12) from being used at all: keywords with values of the wrong kind, patterns
 * that are none, references that lead out of it or nowhere. Keywords that nobody knows pass, as annotations do.
 */
export function schemaFaults(schema: JsonSchema): SchemaFault[] {
  const faults: SchemaFault[] = []
  visit(schema, [], { root: schema, faults })
  return faults
}

function visit(schema: Json, path: Path, walk: Walk): void {
  if (typeof schema === 'boolean') return
  if (!isObject(schema)) return report(walk, path, 'an object or a boolean')
  for (const [keyword, value] of Object.entries(schema as JsonSchema)) {
    const at = [...path, keyword]
    if (unsupported.has(keyword) || (keyword === '$id' && path.length > 0))
      walk.faults.push(fault('SCHEMA_IS_UNSUPPORTED', at))
    else if (Object.hasOwn(keywords, keyword)) keywords[keyword]?.(value, at, walk)
  }
}

type Check = (value: Json, path: Path, walk: Walk) => void

function fault(code: 'SCHEMA_IS_TYPE' | 'SCHEMA_IS_UNSUPPORTED', path: Path, expected = '') {
  const keyword = String(path.at(-1) ?? 'schema')
  const place = pointer(...path.slice(0, -1)) || 'the top'
  return {
    path: pointer(...path),
    message: fill(schemaMessages[code], { keyword, place, expected }),
  }
}
const report = (walk: Walk, path: Path, expected: string): void =>
  void walk.faults.push(fault('SCHEMA_IS_TYPE', path, expected))

const is =
  (expected: string, fits: (value: Json, root: JsonSchema) => boolean): Check =>
  (value, path, walk) => {
    if (!fits(value, walk.root)) report(walk, path, expected)
  }

const schemas: Check = (value, path, walk) => {
  if (!Array.isArray(value) || value.length === 0) return report(walk, path, 'a list of schemas')
  for (const [index, each] of (value as Json[]).entries()) visit(each, [...path, index], walk)
}
const named =
  (each: Check): Check =>
  (value, path, walk) => {
    if (!isObject(value)) return report(walk, path, 'an object')
    for (const [name, member] of Object.entries(value)) each(member as Json, [...path, name], walk)
  }

const typeNames = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object']
const isType = (value: Json): boolean => typeof value === 'string' && typeNames.includes(value)
const isTexts = (value: Json): boolean =>
  Array.isArray(value) &&
  value.every((each) => typeof each === 'string') &&
  new Set(value).size === value.length

function isPattern(source: Json): boolean {
  if (typeof source !== 'string') return false
  try {
    return new RegExp(source, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** `#`, or a pointer to something in the same schema. */
function leadsInside(reference: Json, root: JsonSchema): boolean {
  if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) return false
  let current: unknown = root
  for (const raw of reference.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key))
      return false
    current = (current as Record<string, unknown>)[key]
  }
  return true
}

const number = is('a number', (value) => typeof value === 'number')
const size = is('a whole number from 0', (value) => Number.isInteger(value) && Number(value) >= 0)
const flag = is('true or false', (value) => typeof value === 'boolean')
const text = is('a text', (value) => typeof value === 'string')
const texts = is('a list of different texts', isTexts)
const pattern = is('a regular expression', isPattern)

const keywords: Readonly<Record<string, Check>> = {
  type: is(`one or more of ${typeNames.join(', ')}`, (value) =>
    Array.isArray(value)
      ? value.length > 0 && isTexts(value) && (value as Json[]).every(isType)
      : isType(value),
  ),
  enum: is('a list with an entry', (value) => Array.isArray(value) && value.length > 0),
  required: texts,
  dependentRequired: named(texts),
  pattern,
  format: text,
  $ref: is('a reference into the same schema, such as #/$defs/name', leadsInside),
  $schema: is(
    'https://json-schema.org/draft/2020-12/schema',
    (value) =>
      typeof value === 'string' &&
      /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test(value),
  ),
  multipleOf: is('a number above 0', (value) => typeof value === 'number' && value > 0),
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: size,
  maxLength: size,
  minItems: size,
  maxItems: size,
  minProperties: size,
  maxProperties: size,
  minContains: size,
  maxContains: size,
  uniqueItems: flag,
  readOnly: flag,
  writeOnly: flag,
  deprecated: flag,
  title: text,
  description: text,
  $comment: text,
  contentEncoding: text,
  contentMediaType: text,
  examples: is('a list', (value) => Array.isArray(value)),
  properties: named(visit),
  patternProperties: (value, path, walk) => {
    named(visit)(value, path, walk)
    for (const name of isObject(value) ? Object.keys(value) : [])
      pattern(name, [...path, name], walk)
  },
  $defs: named(visit),
  dependentSchemas: named(visit),
  items: visit,
  additionalProperties: visit,
  propertyNames: visit,
  contains: visit,
  unevaluatedItems: visit,
  unevaluatedProperties: visit,
  not: visit,
  if: visit,
  then: visit,
  else: visit,
  prefixItems: schemas,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
}

/** They would let a value pass unchecked, or name schemas that are elsewhere. */
const unsupported: ReadonlySet<string> = new Set([
  '$async',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
])
