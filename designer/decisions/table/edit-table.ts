import { freshId } from '#core/decision/fresh-id.ts'
import type { Part } from '../edit.ts'

export type Table = Part<'table'>
export type Column = Table['inputs'][number]
/** Input columns test, output columns give. */
export type Side = 'inputs' | 'outputs'

const cellsOf = { inputs: 'when', outputs: 'then' } as const

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id)

function freshIds(table: Table, count: number): string[] {
  const taken = new Set(ids(table.rows))
  const found: string[] = []
  for (let number = taken.size + 1; found.length < count; number += 1)
    if (!taken.has(`row_${number}`)) found.push(`row_${number}`)
  return found
}

export const addRows = (table: Table, at: number, count: number): Table =>
  count === 0
    ? table
    : {
        ...table,
        rows: table.rows.toSpliced(
          at,
          0,
          ...freshIds(table, count).map((id) => ({
            id,
            when: table.inputs.map(() => null),
            then: table.outputs.map(() => null),
          })),
        ),
      }

export const removeRows = (table: Table, rows: readonly number[]): Table => {
  const gone = new Set(rows)
  return { ...table, rows: table.rows.filter((_, index) => !gone.has(index)) }
}

/** Copies of the rows, below the last of them. */
export function copyRows(table: Table, rows: readonly number[]): Table {
  const made = freshIds(table, rows.length)
  const copies = rows.flatMap((index, at) => {
    const [row, id] = [table.rows[index], made[at]]
    return row === undefined || id === undefined ? [] : [{ ...row, id }]
  })
  return { ...table, rows: table.rows.toSpliced(Math.max(...rows) + 1, 0, ...copies) }
}

/** The list with some of its items together before the item at `before`; the same list where nothing moves. */
function together<T>(list: readonly T[], items: readonly number[], before: number): readonly T[] {
  const taken = new Set(items)
  const order = [
    ...list.slice(0, before).filter((_, index) => !taken.has(index)),
    ...list.filter((_, index) => taken.has(index)),
    ...list.slice(before).filter((_, index) => !taken.has(before + index)),
  ]
  return order.every((item, index) => item === list[index]) ? list : order
}

/** Takes rows out and puts them together before the row at `before`; the same table where nothing moves. */
export function moveRows(table: Table, rows: readonly number[], before: number): Table {
  const order = together(table.rows, rows, before)
  return order === table.rows ? table : { ...table, rows: [...order] }
}

/** Takes columns of one side out and puts them, with their cells, together before the column at `before`. */
export function moveColumns(
  table: Table,
  side: Side,
  { columns, before }: { readonly columns: readonly number[]; readonly before: number },
): Table {
  const order = together([...table[side].keys()], columns, before)
  if (order.every((at, index) => at === index)) return table
  const key = cellsOf[side]
  return {
    ...table,
    [side]: order.map((at) => table[side][at]),
    rows: table.rows.map((row) => ({ ...row, [key]: order.map((at) => row[key][at] ?? null) })),
  }
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
