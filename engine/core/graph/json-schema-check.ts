import { pointer } from '#core/graph/pointer.ts'
import { canonicalJson, isObject, type Json, type JsonSchema } from '#core/json.ts'
import { fill, type MessageParams } from '#core/messages/catalogue.ts'
import { schemaMessages } from '#core/messages/schema.ts'

/** What does not fit, and where. It names fields and limits, never the value. */
export interface SchemaProblem {
  /** JSON pointer into the value. */
  readonly path: string
  readonly code: keyof typeof schemaMessages
  readonly params: MessageParams
  readonly message: string
}

interface Check {
  readonly root: JsonSchema
  readonly problems: SchemaProblem[]
  /** Schemas entered through `$ref` at the same value, so that a reference to itself ends. */
  readonly depth: number
}

const maxDepth = 200

/**
 * Checks a value against a JSON Schema (draft 2020-12), for the keywords that our own schemas and forms use:
 * types, enum, const, properties, items, limits, pattern, format, allOf/anyOf/oneOf/not, local `$ref`.
 * Unknown keywords pass. Nothing is compiled to code, so it runs under a strict content security policy.
 */
export function checkSchema(schema: JsonSchema, value: Json): SchemaProblem[] {
  const check: Check = { root: schema, problems: [], depth: 0 }
  visit(schema, value, [], check)
  return check.problems
}

export const fitsSchema = (schema: JsonSchema, value: Json): boolean =>
  checkSchema(schema, value).length === 0

type Path = readonly (string | number)[]

function visit(schema: Json, value: Json, path: Path, check: Check): void {
  if (schema === false) return report(check, path, 'SCHEMA_FORBIDDEN')
  if (!isObject(schema) || check.depth > maxDepth) return
  const deeper = { ...check, depth: check.depth + 1 }
  const given = schema as JsonSchema
  for (const keyword in given) {
    const rule = Object.hasOwn(rules, keyword) ? rules[keyword] : undefined
    rule?.({ schema: given, limit: given[keyword] as Json, value, path, check: deeper })
  }
}

interface Given {
  readonly schema: JsonSchema
  readonly limit: Json
  readonly value: Json
  readonly path: Path
  readonly check: Check
}
type Rule = (given: Given) => void

function report(
  check: Check,
  path: Path,
  code: SchemaProblem['code'],
  params: MessageParams = {},
): void {
  const message = fill(schemaMessages[code], params)
  check.problems.push({ path: pointer(...path), code, params, message })
}

const list = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const types: Readonly<Record<string, (value: Json) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === 'string',
  array: Array.isArray,
  object: isObject,
}

const formats: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
}

/** A rule about numbers: reports where the limit is not kept. */
const number =
  (code: SchemaProblem['code'], kept: (value: number, limit: number) => boolean): Rule =>
  ({ value, limit, path, check }) => {
    if (typeof value === 'number' && typeof limit === 'number' && !kept(value, limit))
      report(check, path, code, { limit })
  }

/** A rule about the size of texts, lists or objects. */
const size =
  (
    code: SchemaProblem['code'],
    measure: (value: Json) => number | undefined,
    kept: (size: number, limit: number) => boolean,
  ): Rule =>
  ({ value, limit, path, check }) => {
    const measured = measure(value)
    if (measured !== undefined && typeof limit === 'number' && !kept(measured, limit))
      report(check, path, code, { limit })
  }
const length = (value: Json): number | undefined =>
  typeof value === 'string' ? [...value].length : undefined
const count = (value: Json): number | undefined => (Array.isArray(value) ? value.length : undefined)
const members = (value: Json): number | undefined =>
  isObject(value) ? Object.keys(value).length : undefined

const atLeast = (value: number, limit: number): boolean => value >= limit
const atMost = (value: number, limit: number): boolean => value <= limit

const patterns = new Map<string, RegExp | null>()
function patternOf(source: string): RegExp | null {
  let pattern = patterns.get(source)
  if (pattern === undefined) {
    try {
      pattern = new RegExp(source, 'u')
    } catch {
      pattern = null
    }
    patterns.set(source, pattern)
  }
  return pattern
}

const problemsOf = (schema: Json, { value, path, check }: Given): SchemaProblem[] => {
  const inner: Check = { ...check, problems: [] }
  visit(schema, value, path, inner)
  return inner.problems
}

const rules: Readonly<Record<string, Rule>> = {
  type: ({ limit, value, path, check }) => {
    const allowed = (Array.isArray(limit) ? (limit as Json[]) : [limit]).map(text)
    if (!allowed.some((type) => types[type]?.(value) ?? true))
      report(check, path, 'SCHEMA_TYPE', { expected: allowed.join(' or ') })
  },
  enum: ({ limit, value, path, check }) => {
    const wanted = canonicalJson(value)
    if (!list(limit).some((option) => canonicalJson(option) === wanted))
      report(check, path, 'SCHEMA_ENUM', { options: list(limit).map(text).join(', ') })
  },
  const: ({ limit, value, path, check }) => {
    if (canonicalJson(limit) !== canonicalJson(value))
      report(check, path, 'SCHEMA_ENUM', { options: text(limit) })
  },
  required: ({ limit, value, path, check }) => {
    if (!isObject(value)) return
    for (const name of list(limit))
      if (typeof name === 'string' && (!Object.hasOwn(value, name) || value[name] === undefined))
        report(check, [...path, name], 'SCHEMA_REQUIRED', { name })
  },
  properties: ({ limit, value, path, check }) => {
    if (!isObject(value) || !isObject(limit)) return
    for (const [name, schema] of Object.entries(limit))
      if (Object.hasOwn(value, name) && value[name] !== undefined)
        visit(schema as Json, value[name] as Json, [...path, name], check)
  },
  additionalProperties: ({ schema, limit, value, path, check }) => {
    if (!isObject(value)) return
    const known = isObject(schema['properties']) ? schema['properties'] : {}
    for (const [name, member] of Object.entries(value)) {
      if (Object.hasOwn(known, name)) continue
      if (limit === false) report(check, [...path, name], 'SCHEMA_UNKNOWN_FIELD', { name })
      else visit(limit, member as Json, [...path, name], check)
    }
  },
  propertyNames: ({ limit, value, path, check }) => {
    if (!isObject(value)) return
    for (const name of Object.keys(value)) visit(limit, name, [...path, name], check)
  },
  items: ({ schema, limit, value, path, check }) => {
    const from = list(schema['prefixItems'] ?? []).length
    for (const [index, item] of list(value).entries())
      if (index >= from) visit(limit, item, [...path, index], check)
  },
  prefixItems: ({ limit, value, path, check }) => {
    const items = list(value)
    for (const [index, schema] of list(limit).entries())
      if (index < items.length) visit(schema, items[index] as Json, [...path, index], check)
  },
  minimum: number('SCHEMA_MINIMUM', atLeast),
  maximum: number('SCHEMA_MAXIMUM', atMost),
  exclusiveMinimum: number('SCHEMA_ABOVE', (value, limit) => value > limit),
  exclusiveMaximum: number('SCHEMA_BELOW', (value, limit) => value < limit),
  multipleOf: number('SCHEMA_MULTIPLE', (value, limit) => {
    const times = value / limit
    return Math.abs(times - Math.round(times)) < 1e-9
  }),
  minLength: size('SCHEMA_MIN_LENGTH', length, atLeast),
  maxLength: size('SCHEMA_MAX_LENGTH', length, atMost),
  minItems: size('SCHEMA_MIN_ITEMS', count, atLeast),
  maxItems: size('SCHEMA_MAX_ITEMS', count, atMost),
  minProperties: size('SCHEMA_MIN_ITEMS', members, atLeast),
  maxProperties: size('SCHEMA_MAX_ITEMS', members, atMost),
  uniqueItems: ({ limit, value, path, check }) => {
    const items = list(value).map(canonicalJson)
    if (limit === true && new Set(items).size < items.length) report(check, path, 'SCHEMA_UNIQUE')
  },
  pattern: ({ limit, value, path, check }) => {
    if (typeof value !== 'string' || typeof limit !== 'string') return
    if (patternOf(limit)?.test(value) === false)
      report(check, path, 'SCHEMA_PATTERN', { pattern: limit })
  },
  format: ({ limit, value, path, check }) => {
    if (typeof value !== 'string' || typeof limit !== 'string') return
    const format = Object.hasOwn(formats, limit) ? formats[limit] : undefined
    if (format?.test(value) === false) report(check, path, 'SCHEMA_FORMAT', { format: limit })
  },
  allOf: (given) => {
    for (const schema of list(given.limit)) visit(schema, given.value, given.path, given.check)
  },
  anyOf: (given) => {
    const tries = list(given.limit).map((schema) => problemsOf(schema, given))
    if (tries.length > 0 && tries.every((problems) => problems.length > 0)) closest(tries, given)
  },
  oneOf: (given) => {
    const tries = list(given.limit).map((schema) => problemsOf(schema, given))
    const fitting = tries.filter((problems) => problems.length === 0).length
    if (fitting === 0) closest(tries, given)
    else if (fitting > 1) report(given.check, given.path, 'SCHEMA_ONE_OF')
  },
  not: (given) => {
    if (problemsOf(given.limit, given).length === 0)
      report(given.check, given.path, 'SCHEMA_FORBIDDEN')
  },
  $ref: (given) => {
    const target = resolve(given.limit, given.check.root)
    if (target !== undefined) visit(target, given.value, given.path, given.check)
  },
}

/** Of several alternatives the one that the author most likely meant: its problems lie deepest. */
function closest(tries: readonly SchemaProblem[][], { path, check }: Given): void {
  const here = pointer(...path)
  const inside = tries.filter((problems) => problems.every((problem) => problem.path !== here))
  const best = inside.toSorted((a, b) => a.length - b.length)[0]
  if (best) check.problems.push(...best)
  else report(check, path, 'SCHEMA_NO_ALTERNATIVE')
}

/** Only references into the same schema: `#`, `#/$defs/name`. */
function resolve(reference: Json, root: JsonSchema): Json | undefined {
  if (reference === '#') return root
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined
  let current: unknown = root
  for (const raw of reference.slice(2).split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined
    current = current[key]
  }
  return current as Json
}
