import {
  noteHeading,
  outputMark,
  policyPrefix,
  writeHeading,
  type Sheet,
  type SheetCell,
} from '#core/decision/exchange/sheet.ts'
import { report } from '#core/decision/report.ts'
import { fieldOf, type TablePart } from '#core/decision/table.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { printCell } from '#core/logic/feel/print-cell.ts'
import { printFeel } from '#core/logic/feel/print.ts'

/**
 * A table as a sheet that reads back as the same table: the hit policy, the headings, a row for each row.
 * What has no text is left out and named.
 */
export function exportSheet(part: TablePart): { sheet: Sheet; findings: readonly Finding[] } {
  const findings: Finding[] = []
  const noted = part.rows.some(({ note }) => note !== undefined)
  const missing = (row: number, column: string): string => {
    findings.push(
      report('EXPORT_WITHOUT_TEXT', `/rows/${row}`, {
        severity: 'warning',
        params: { table: part.name, row: row + 1, column },
      }),
    )
    return ''
  }
  const cell = (text: string | null, row: number, column: string): SheetCell =>
    text ?? missing(row, column)
  const headings = [
    ...part.inputs.map(({ name, expression }) =>
      writeHeading('', name, printFeel(expression) ?? missing(-1, name)),
    ),
    ...part.outputs.map((column) => writeHeading(outputMark, column.name, fieldOf(column))),
    ...(noted ? [noteHeading] : []),
  ]
  const policy = [part.hitPolicy, part.aggregate].filter((word) => word !== undefined).join(' ')
  const rows = part.rows.map((row, index) => [
    ...part.inputs.map(({ name }, at) => {
      const logic = row.when[at] ?? null
      return plain(logic) ?? cell(printCell(logic), index, name)
    }),
    ...part.outputs.map(({ name }, at) => {
      const logic = row.then[at] ?? null
      return logic === null ? null : (plain(logic) ?? cell(printFeel(logic), index, name))
    }),
    ...(noted ? [row.note ?? null] : []),
  ])
  return {
    sheet: { name: part.name, rows: [[policyPrefix + policy], headings, ...rows] },
    findings,
  }
}

/** Numbers and booleans stand in a sheet as themselves. */
const plain = (logic: Logic): SheetCell =>
  typeof logic === 'number' || typeof logic === 'boolean' ? logic : null
