import { report } from '#core/decision/report.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { t } from './messages.ts'
import type { Unread } from './sheet.ts'
import { logicAt, slotsOf } from './slots.ts'

/** An error for each text that stands in a cell unread: publishing would silently keep what stood there before. */
export function unreadFindings(
  decision: Decision,
  unread: Readonly<Record<string, readonly Unread[]>>,
): Finding[] {
  return decision.parts.flatMap((part, index) => {
    const list = unread[part.id] ?? []
    if (part.kind !== 'table' || list.length === 0) return []
    const slots = slotsOf(part, t('note'))
    return list.flatMap(({ row: id, slot: of, text, over }) => {
      const at = part.rows.findIndex((row) => row.id === id)
      const row = part.rows[at]
      const slot = slots.find((each) => each.id === of)
      if (row === undefined || slot === undefined || logicAt(row, slot) !== over) return []
      return report('TABLE_CELL_UNREAD', `/parts/${index}/rows/${at}`, {
        params: { table: part.name, row: String(at + 1), column: slot.name, text },
      })
    })
  })
}
