import type { Analysis } from '#core/graph/analysis.ts'
import type { Finding } from '#core/graph/finding.ts'
import { pointer, readPointer } from '#core/graph/pointer.ts'
import { schemaFaults } from '#core/graph/schema-faults.ts'
import { isObject, type JsonSchema } from '#core/json.ts'

/** The schemas that an author has written, of the flow's input and in configs, can be used. */
export function checkSchemas({ flow, descriptor }: Analysis): Finding[] {
  const findings = findingsOf(flow.input, 'the input', '/input')
  for (const [index, node] of flow.nodes.entries()) {
    const properties = readPointer(descriptor(node)?.config ?? {}, '/properties')
    for (const [field, schema] of Object.entries(isObject(properties) ? properties : {})) {
      const value = node.config[field]
      if (!isObject(schema) || schema['x-schema'] !== true || !isObject(value)) continue
      const path = pointer('nodes', index, 'config', field)
      findings.push(...findingsOf(value as JsonSchema, `"${node.id}"`, path, node.id))
    }
  }
  return findings
}

const findingsOf = (schema: JsonSchema, what: string, at: string, node?: string): Finding[] =>
  schemaFaults(schema).map(({ path, message }) => ({
    code: 'SCHEMA_UNUSABLE',
    severity: 'error',
    params: { what, detail: message },
    place: { path: at + path, ...(node === undefined ? {} : { node }) },
  }))
