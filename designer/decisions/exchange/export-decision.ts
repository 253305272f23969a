import writeExcel from 'write-excel-file/browser'
import type { NestedDecisions } from '#core/decision/compile.ts'
import { exportDmn } from '#core/decision/dmn/export.ts'
import { exportSheet } from '#core/decision/exchange/export-sheet.ts'
import { exportJsonLogic } from '#core/decision/exchange/json-logic.ts'
import { exportTypeScript } from '#core/decision/exchange/typescript.ts'
import { workbookData } from '#core/decision/exchange/workbook.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'

interface Exported {
  /** null where nothing can be written. */
  readonly content: Blob | null
  readonly findings: readonly Finding[]
}

export type ExportFormat = 'dmn' | 'xlsx' | 'json' | 'ts'

type Writer = (decision: Decision, nested: NestedDecisions) => Promise<Exported> | Exported

const writers: Record<ExportFormat, Writer> = {
  dmn: (decision) => {
    const { xml, findings } = exportDmn(decision)
    return { content: new Blob([xml], { type: 'application/xml' }), findings }
  },
  xlsx: async (decision) => {
    const made = decision.parts.filter((part) => part.kind === 'table').map(exportSheet)
    const content = await writeExcel(workbookData(made.map(({ sheet }) => sheet))).toBlob()
    return { content, findings: made.flatMap(({ findings }) => findings) }
  },
  ts: (decision, nested) => {
    const { source, findings } = exportTypeScript(decision, nested)
    return { content: source === null ? null : new Blob([source]), findings }
  },
  json: (decision) => {
    const { rules, findings } = exportJsonLogic(decision)
    const text = JSON.stringify(rules, null, 2)
    return { content: new Blob([text], { type: 'application/json' }), findings }
  },
}

/** Gives the decision as a file; returns what could not be written. */
export async function exportDecision(
  decision: Decision,
  format: ExportFormat,
  nested: NestedDecisions,
): Promise<readonly Finding[]> {
  const { content, findings } = await writers[format](decision, nested)
  if (content === null) return findings
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = `${decision.id}.${format}`
  link.click()
  URL.revokeObjectURL(link.href)
  return findings
}
