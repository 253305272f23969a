import { describe, expect, it } from 'vitest'
import type { Table } from './edit-table.ts'
import { fillArea, fillDown, fillRight, fillTarget } from './fill.ts'
import { span } from './selection.ts'
import { textsOf, type Sheet } from './sheet.ts'
import { slotsOf } from './slots.ts'
import { rates } from './table-fixture.ts'

const sheetOf = (table: Table, shown = span(0, table.rows.length - 1)): Sheet => ({
  table,
  slots: slotsOf(table, 'Note'),
  shown,
})
const textOf = (table: Table): string[][] =>
  textsOf(sheetOf(table), { top: 0, bottom: table.rows.length - 1, left: 0, right: 3 })
const area = (top: number, bottom: number, left: number, right: number) => ({
  top,
  bottom,
  left,
  right,
})
const x = { var: '?' }
const two = rates([{ gt: [x, 700] }, null, 12.5, 'best'], [null, 'SELF', 15])
const empty = [null, null, null] as const

describe('filling', () => {
  it('[R640] Ctrl+D goes down from the first row of the area, or from the row above a single cell', () => {
    expect(textOf(fillDown(sheetOf(two), area(0, 1, 0, 1)))[1]).toEqual(['> 700', '-', '15', ''])
    expect(textOf(fillDown(sheetOf(two), area(1, 1, 2, 2)))[1]).toEqual(['-', '"SELF"', '12.5', ''])
    expect(fillDown(sheetOf(two), area(0, 0, 2, 2))).toBe(two)
  })

  it('[R640] Ctrl+R goes right, as far as the next column can read the cell', () => {
    const right = fillRight(sheetOf(two), area(0, 1, 1, 2))
    expect(textOf(right).map((row) => row.slice(1, 3))).toEqual([
      ['-', '-'],
      ['"SELF"', '"SELF"'],
    ])
    const condition = fillRight(sheetOf(rates([{ gt: [x, 700] }, null, 5])), area(0, 0, 0, 2))
    expect(textOf(condition)[0]).toEqual(['> 700', '> 700', '5', ''])
  })

  it('[R640] numbers that rise evenly go on, down and up; other lines come again', () => {
    const sheet = sheetOf(rates([100, 'A', 0.1], [200, 'B', 0.2], empty, empty, empty))
    const down = fillArea(sheet, area(0, 1, 0, 2), area(2, 4, 0, 2))
    expect(textOf(down).map((row) => row.slice(0, 3).join(' '))).toEqual([
      '100 "A" 0.1',
      '200 "B" 0.2',
      '300 "A" 0.3',
      '400 "B" 0.4',
      '500 "A" 0.5',
    ])
    const up = fillArea(
      sheetOf(rates(empty, [100, 'A', 1], [200, 'B', 5])),
      area(1, 2, 0, 2),
      area(0, 0, 0, 2),
    )
    expect(textOf(up)[0]?.slice(0, 3)).toEqual(['0', '"B"', '-3'])
  })

  it('[R640] writes only the rows in sight', () => {
    const table = rates([1, null, 1], [2, null, 2], [3, null, 3])
    const filled = fillArea(sheetOf(table, [0, 2]), area(0, 0, 2, 2), area(1, 1, 2, 2))
    expect(textOf(filled).map((row) => row[2])).toEqual(['1', '2', '1'])
  })

  it('[R640] goes where the handle is dragged farther, never out of the table', () => {
    const from = area(2, 3, 1, 1)
    expect(fillTarget(from, { row: 3, column: 1 })).toBeNull()
    expect(fillTarget(from, { row: 6, column: 2 })).toEqual(area(4, 6, 1, 1))
    expect(fillTarget(from, { row: -1, column: 1 })).toEqual(area(0, 1, 1, 1))
    expect(fillTarget(from, { row: 2, column: 3 })).toEqual(area(2, 3, 2, 3))
    expect(fillTarget(from, { row: 3, column: -1 })).toEqual(area(2, 3, 0, 0))
  })
})
