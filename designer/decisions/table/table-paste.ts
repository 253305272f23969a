import { parseCell } from './cell-text.ts'
import { parseOutput } from './cell-value.ts'
import { addRow, setCell, type Side, type Table } from './edit-table.ts'

export interface CellPlace {
  readonly row: number
  readonly side: Side
  readonly column: number
}

const columnsOf = (table: Table): { side: Side; column: number }[] => [
  ...table.inputs.map((_, column) => ({ side: 'inputs' as const, column })),
  ...table.outputs.map((_, column) => ({ side: 'outputs' as const, column })),
]

/** The cells of a spreadsheet's clipboard text; null where it is one cell, which pastes as text. */
export function cellsOfTsv(text: string): string[][] | null {
  if (!/[\t\n]/.test(text.trimEnd())) return null
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) =>
      line
        .split('\t')
        .map((cell) =>
          cell.replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"')).trim(),
        ),
    )
}

/** Puts a block of texts into the table from a place on; rows are added as needed, what cannot be read is left as it was. */
export function pasteCells(
  table: Table,
  from: CellPlace,
  cells: readonly (readonly string[])[],
): Table {
  const columns = columnsOf(table)
  const first = columns.findIndex(
    ({ side, column }) => side === from.side && column === from.column,
  )
  let next = table
  for (const [down, line] of cells.entries()) {
    const row = from.row + down
    while (row >= next.rows.length) next = addRow(next)
    for (const [across, text] of line.entries()) {
      const place = columns[first + across]
      if (place === undefined) continue
      const parsed = place.side === 'inputs' ? parseCell(text) : parseOutput(text)
      if ('logic' in parsed) next = setCell(next, { row, ...place }, parsed.logic)
    }
  }
  return next
}
