import type { z } from 'zod'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { flowSchema, type Flow } from '#core/graph/flow.ts'
import { pointer } from '#core/graph/pointer.ts'
import { isObject } from '#core/json.ts'

export type Parsed<T> =
  { readonly ok: true; readonly document: T } | { readonly ok: false; readonly findings: Finding[] }

/** A document of the schema, with defaults filled in; or what does not fit, each with its place. */
export const parseFlow = (given: unknown): Parsed<Flow> => parse(flowSchema, given)
export const parseDecision = (given: unknown): Parsed<Decision> => parse(decisionSchema, given)

function parse<T>(schema: z.ZodType<T>, given: unknown): Parsed<T> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, document: parsed.data }
  return { ok: false, findings: parsed.error.issues.map((issue) => findingOf(issue, given)) }
}

function findingOf(issue: z.core.$ZodIssue, given: unknown): Finding {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  const at = pointer(...path)
  return {
    code: 'DOCUMENT_INVALID',
    severity: 'error',
    params: { detail: `${at || 'the document'}: ${issue.message}` },
    place: { path: at, ...elementAt(path, given) },
  }
}

/** The node or edge that a path leads into, so that the canvas can mark it. */
function elementAt(path: readonly (string | number)[], given: unknown): Partial<Finding['place']> {
  const [list, index] = path
  if (typeof index !== 'number' || !isObject(given)) return {}
  const elements = given[list as string]
  const element: unknown = Array.isArray(elements) ? elements[index] : undefined
  if (!isObject(element) || typeof element['id'] !== 'string') return {}
  if (list === 'nodes') return { node: element['id'] }
  return list === 'edges' ? { edge: element['id'] } : {}
}
