import type { Logic } from '#core/graph/flow.ts'
import { freshId, moved, type Part } from '../edit.ts'

export type Table = Part<'table'>
export type Column = Table['inputs'][number]
/** Input columns test, output columns give. */
export type Side = 'inputs' | 'outputs'

const cellsOf = { inputs: 'when', outputs: 'then' } as const

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id)

export const addRow = (table: Table, at = table.rows.length): Table => ({
  ...table,
  rows: table.rows.toSpliced(at, 0, {
    id: freshId('row', ids(table.rows)),
    when: table.inputs.map(() => null),
    then: table.outputs.map(() => null),
  }),
})

export const removeRow = (table: Table, row: number): Table => ({
  ...table,
  rows: table.rows.toSpliced(row, 1),
})

export const moveRow = (table: Table, from: number, to: number): Table => ({
  ...table,
  rows: moved(table.rows, from, to),
})

export function setCell(
  table: Table,
  place: { readonly row: number; readonly side: Side; readonly column: number },
  logic: Logic,
): Table {
  const row = table.rows[place.row]
  if (row === undefined) return table
  const key = cellsOf[place.side]
  const cells = table[place.side].map((_, index) => row[key][index] ?? null)
  return {
    ...table,
    rows: table.rows.with(place.row, { ...row, [key]: cells.with(place.column, logic) }),
  }
}

export function setNote(table: Table, index: number, note: string): Table {
  const row = table.rows[index]
  if (row === undefined) return table
  const { note: _old, ...rest } = row
  return { ...table, rows: table.rows.with(index, note === '' ? rest : { ...rest, note }) }
}

export function addColumn(table: Table, side: Side): Table {
  const prefix = side === 'inputs' ? 'input' : 'output'
  const column: Column = {
    id: freshId(prefix, ids(table[side])),
    name: '',
    expression: side === 'inputs' ? null : '',
    type: 'any',
  }
  const key = cellsOf[side]
  return {
    ...table,
    [side]: [...table[side], column],
    rows: table.rows.map((row) => ({
      ...row,
      [key]: [...table[side].map((_, index) => row[key][index] ?? null), null],
    })),
  }
}

export function removeColumn(table: Table, side: Side, column: number): Table {
  const key = cellsOf[side]
  return {
    ...table,
    [side]: table[side].toSpliced(column, 1),
    rows: table.rows.map((row) => ({ ...row, [key]: row[key].toSpliced(column, 1) })),
  }
}

export function changeColumn(
  table: Table,
  side: Side,
  index: number,
  change: Partial<Column>,
): Table {
  const column = table[side][index]
  return column === undefined
    ? table
    : { ...table, [side]: table[side].with(index, { ...column, ...change }) }
}
