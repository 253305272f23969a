import type { Json, JsonSchema } from '#core/json.ts'
import { schemaFindings } from './json-schema.ts'

const empties: readonly Json[] = [null, {}, [], '', 0, false]

/** A value that says nothing and fits: the schema's own default or example, else null or an empty one. */
export function emptyValue(schema: JsonSchema): Json | undefined {
  const { default: own, examples } = schema as { default?: Json; examples?: Json }
  const given = [own, ...(Array.isArray(examples) ? examples : [])]
  return [...given, ...empties].find(
    (value): value is Json => value !== undefined && schemaFindings(schema, value).length === 0,
  )
}
