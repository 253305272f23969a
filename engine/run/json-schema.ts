import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { ValidationError } from '#core/errors.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Json, JsonSchema } from '#core/json.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true, messages: true, logger: false })
// A CommonJS module whose default export stands under `default` where no bundler unwraps it.
const add = ('default' in addFormats ? addFormats.default : addFormats) as typeof addFormats.default
add(ajv)

const compiled = new WeakMap<JsonSchema, ValidateFunction>()

/** Where `value` does not fit; the sentences name fields and limits, never the value. @throws ValidationError SCHEMA_UNUSABLE */
export function schemaFindings(schema: JsonSchema, value: Json): Finding[] {
  let validate = compiled.get(schema)
  if (!validate) {
    // An `$id` would be registered for good and clash with the next version of the same document.
    const { $id: _id, ...rest } = schema
    validate = attempt(() => ajv.compile(rest))
    compiled.set(schema, validate)
  }
  const check = validate
  if (attempt(() => check(value))) return []
  return (validate.errors ?? []).map((error) => ({
    code: 'VALUE_INVALID',
    severity: 'error',
    params: { path: error.instancePath || '/', detail: error.message ?? error.keyword },
    place: { path: error.instancePath },
  }))
}

/** Validation refuses such schemas; one that an earlier release let pass, or that refers to itself without end, is told here. */
function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const detail = error instanceof Error ? error.message : typeof error
    throw new ValidationError('SCHEMA_UNUSABLE', [], { what: 'this value', detail })
  }
}
