import { isObject, type Json } from '#core/json.ts'
import { shownDecision, type ShownDecision } from '../runs/result/decision-shape.ts'
import { filesIn, type FileRef } from '../runs/value/file-ref.ts'

export interface ReadField {
  readonly name: string
  readonly value: string | null
  /** 0…1 */
  readonly confidence: number
}
interface ReadDocument {
  readonly name: string
  readonly fields: readonly ReadField[]
  readonly failedChecks: readonly string[]
}
/** What of a task's data a person can look at instead of reading JSON. */
export interface Evidence {
  readonly files: readonly { readonly label: string; readonly file: FileRef }[]
  readonly documents: readonly ReadDocument[]
  readonly decisions: readonly { readonly name: string; readonly decision: ShownDecision }[]
}

/** How deep below the data the parts are looked for. */
const deepest = 4

const shownValue = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value.toLocaleString('en-IN')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const fieldOf = ([name, field]: [string, unknown]): ReadField[] =>
  isObject(field) && typeof field['confidence'] === 'number' && 'value' in field
    ? [{ name, value: shownValue(field['value']), confidence: field['confidence'] }]
    : []

function readDocument(name: string, value: Record<string, unknown>): ReadDocument | null {
  if (!isObject(value['fields'])) return null
  const fields = Object.entries(value['fields']).flatMap(fieldOf)
  if (fields.length === 0) return null
  const checks = Array.isArray(value['checks']) ? (value['checks'] as unknown[]) : []
  return {
    name,
    fields,
    failedChecks: checks.flatMap((check) =>
      isObject(check) && check['ok'] === false && typeof check['text'] === 'string'
        ? [check['text']]
        : [],
    ),
  }
}

/** Finds the files, the fields that were read, and the decisions in a task's data, in their order. */
export function evidenceOf(data: Json): Evidence {
  const documents: ReadDocument[] = []
  const decisions: { name: string; decision: ShownDecision }[] = []
  const walk = (value: unknown, name: string, depth: number): void => {
    if (!isObject(value) || depth > deepest) return
    const decision = shownDecision(value)
    if (decision !== null) decisions.push({ name, decision })
    const read = readDocument(name, value)
    if (read !== null) documents.push(read)
    if (decision !== null || read !== null) return
    for (const [key, member] of Object.entries(value)) walk(member, key, depth + 1)
  }
  walk(data, '', 0)
  return { files: filesIn(data), documents, decisions }
}
