import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { quoted } from '#core/logic/source-text.ts'

/** The type of what a JSON Schema allows, as far as TypeScript can say it. */
export function inputType(schema: JsonSchema, depth = 0): string {
  const { properties } = schema
  if (!isObject(properties) || depth > 8) return `{ readonly [key: string]: unknown }`
  const required = Array.isArray(schema['required']) ? (schema['required'] as Json[]) : []
  const pad = '  '.repeat(depth + 1)
  const lines = Object.entries(properties as Record<string, Json>).map(
    ([name, of]) =>
      `${pad}readonly ${quoted(name)}${required.includes(name) ? '' : '?'}: ${typeOf(isObject(of) ? (of as JsonSchema) : {}, depth + 1)} | null`,
  )
  return `{\n${[...lines, `${pad}readonly [key: string]: unknown`].join('\n')}\n${'  '.repeat(depth)}}`
}

function typeOf(schema: JsonSchema, depth: number): string {
  const { type, items } = schema
  if (Array.isArray(schema['enum']))
    return (schema['enum'] as Json[]).map((one) => JSON.stringify(one)).join(' | ') || 'never'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'string' || type === 'boolean') return type
  if (type === 'array')
    return `readonly (${typeOf(isObject(items) ? (items as JsonSchema) : {}, depth)})[]`
  return type === 'object' ? inputType(schema, depth) : 'unknown'
}
