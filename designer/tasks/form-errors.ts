import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { fill, isMessageCode, sentence } from '#core/messages/catalogue.ts'
import type { Finding } from '#core/graph/finding.ts'

/** The sentence of a finding; one with a detail of its own says that. */
const sentenceOf = ({ code, params }: Finding): string => {
  const { detail } = params
  if (typeof detail === 'string') return detail
  return isMessageCode(code) ? sentence(code, params) : fill(code, params)
}

/** The server's findings against an answer, by the JSON pointer of the field. */
export const errorsOf = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(
    findings.map((finding) => [
      finding.place.path.replace(/^\/value(?=\/|$)/, ''),
      sentenceOf(finding),
    ]),
  )

/** Required fields of the first level that are empty, by JSON pointer: what one sees before the server is asked. */
export function missingOf(schema: JsonSchema, value: Json, words: string): Record<string, string> {
  const required = Array.isArray(schema['required']) ? (schema['required'] as Json[]) : []
  const given = isObject(value) ? value : {}
  return Object.fromEntries(
    required
      .filter((name) => typeof name === 'string')
      .filter((name) => given[name] === undefined || given[name] === '' || given[name] === null)
      .map((name) => [`/${name}`, words]),
  )
}
