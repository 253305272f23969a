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
