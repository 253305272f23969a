import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { t } from './messages.ts'

/** The names by which a person knows a part and its rule or row. */
export function unitName(
  decision: Decision,
  part: string,
  rule: string | null,
): { readonly part: string; readonly rule: string | null } {
  const found = decision.parts.find(({ id }) => id === part)
  return {
    part: found?.name ?? part,
    rule: rule === null || found === undefined ? rule : inner(found, rule),
  }
}

function inner(part: DecisionPart, id: string): string {
  if (part.kind === 'rules') return part.rules.find((rule) => rule.id === id)?.name ?? id
  if (part.kind !== 'table') return id
  const row = part.rows.findIndex((each) => each.id === id)
  return row < 0 ? id : t('rowNumber', { row: row + 1 })
}

/** The part, and the rule or row in it, that a JSON pointer leads to. */
export function pointerName(decision: Decision, pointer: string): string {
  const [, index, list, entry] = /^\/parts\/(\d+)(?:\/([a-z]+)\/(\d+))?/.exec(pointer) ?? []
  const part = decision.parts[Number(index)]
  if (part === undefined) return pointer
  const at = Number(entry)
  if (part.kind === 'rules' && list === 'rules')
    return `${part.name} › ${part.rules[at]?.name ?? ''}`
  if (list === 'rows') return `${part.name} › ${t('rowNumber', { row: at + 1 })}`
  if (part.kind === 'scorecard' && list === 'characteristics')
    return `${part.name} › ${part.characteristics[at]?.name ?? ''}`
  if (part.kind === 'switch' && list === 'cases')
    return `${part.name} › ${part.cases[at]?.name ?? ''}`
  return part.name
}
