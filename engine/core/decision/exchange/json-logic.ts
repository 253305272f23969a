import { documentName, freshName, partName } from '#core/decision/exchange/names.ts'
import type { SheetImport } from '#core/decision/exchange/import-sheets.ts'
import { report, reportLogic } from '#core/decision/report.ts'
import { decisionSchema, type Decision, type DecisionPart } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { isObject, type Json } from '#core/json.ts'
import { jsonFlaw } from '#core/json-flaw.ts'
import { checkLogic } from '#core/logic/parse.ts'
import { references } from '#core/logic/references.ts'

/**
 * One rule becomes an expression; a list of rules an expression each. An entry may be `{ name, rule }`.
 * A rule that does not compile is a finding and is left out.
 */
export function importJsonLogic(name: string, json: Json): SheetImport {
  const flaw = jsonFlaw(json)
  if (flaw !== null)
    return { decision: null, findings: [report(flaw.code, '', { params: flaw.params })] }
  const list: readonly Json[] = Array.isArray(json) ? (json as readonly Json[]) : [json]
  const findings: Finding[] = []
  const taken = new Set(['input', 'run', 'item', 'index', 'error'])
  const parts = list.flatMap((each, index): DecisionPart[] => {
    const { title, rule } = entryOf(each, list.length === 1 ? name : `Rule ${index + 1}`)
    const problems = reportLogic(rule, `/${index}`)
    findings.push(...problems)
    if (problems.length > 0) return []
    const id = freshName(partName(title) || `rule_${index + 1}`, taken)
    return [{ kind: 'expression', id, name: title, value: rule }]
  })
  if (parts.length === 0) return { decision: null, findings }
  const roots = new Set(
    parts.flatMap((part) =>
      part.kind === 'expression' ? references(part.value).map(([root]) => root as string) : [],
    ),
  )
  const decision = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: documentName(name),
    name: name.trim() || 'Imported decision',
    input: { type: 'object', properties: Object.fromEntries([...roots].map((root) => [root, {}])) },
    parts,
  })
  return { decision, findings }
}

/** `{ name, rule }`, which as JsonLogic would be a plain value, or the rule itself. */
function entryOf(json: Json, fallback: string): { title: string; rule: Json } {
  if (isObject(json) && 'rule' in json && typeof json['name'] === 'string')
    return { title: json['name'], rule: json['rule'] as Json }
  return { title: fallback, rule: json }
}

/**
 * `{ name, rule }` of every expression, and of every rule its condition. Other parts are named in the findings.
 * What is in our own operators needs them registered with json-logic-js.
 */
export function exportJsonLogic(decision: Decision): {
  readonly rules: readonly { readonly name: string; readonly rule: Json }[]
  readonly findings: readonly Finding[]
} {
  const findings: Finding[] = []
  const rules = decision.parts.flatMap((part, index) => {
    if (part.kind === 'expression') return [{ name: part.name, rule: part.value }]
    if (part.kind === 'rules') return part.rules.map(({ name, when }) => ({ name, rule: when }))
    findings.push(
      report('EXPORT_PART', `/parts/${index}`, {
        severity: 'warning',
        params: { part: part.name },
      }),
    )
    return []
  })
  return { rules: rules.filter(({ rule }) => checkLogic(rule).length === 0), findings }
}
