import { decisionSchema } from '#core/graph/decision.ts'
import { flowSchema } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'

/**
 * The text in which a document is stored: one field a line, keys in the schema's order, defaults written out.
 * Inside config, logic and JSON Schemas the author's order stays, since forms show it.
 * @throws ZodError when the document is not of its schema
 */
export function canonicalDocument(document: unknown): string {
  const isDecision = isObject(document) && document['kind'] === 'decision'
  // Zod builds its output in the order of the schema.
  const ordered = isDecision ? decisionSchema.parse(document) : withSortedLayout(document)
  return `${JSON.stringify(ordered, null, 2)}\n`
}

function withSortedLayout(document: unknown): unknown {
  const flow = flowSchema.parse(document)
  const layout = Object.fromEntries(
    Object.entries(flow.layout).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  return { ...flow, layout }
}
