import { describe, expect, it } from 'vitest'
import type { Table } from './edit-table.ts'
import { span } from './selection.ts'
import { clearCells, planPaste, textsOf, typeCells, type Sheet } from './sheet.ts'
import { slotsOf } from './slots.ts'
import { rates } from './table-fixture.ts'
import { unreadFindings } from './unread-findings.ts'

const sheetOf = (table: Table, shown = span(0, table.rows.length - 1)): Sheet => ({
  table,
  slots: slotsOf(table, 'Note'),
  shown,
})
const textOf = (table: Table): string[][] =>
  textsOf(sheetOf(table), { top: 0, bottom: table.rows.length - 1, left: 0, right: 3 })
const cell = (row: number, column: number) => ({
  top: row,
  bottom: row,
  left: column,
  right: column,
})
const pasteCells = (...[sheet, area, block]: Parameters<typeof planPaste>) => {
  const plan = planPaste(sheet, area, block)
  return 'given' in plan ? plan : { ...typeCells(plan.table, plan.entries), area: plan.area }
}
const x = { var: '?' }
const two = rates([{ gt: [x, 700] }, null, 12.5, 'best'], [null, 'SELF', 15])

describe('the sheet', () => {
  it('gives the texts of an area, the notes among them', () =>
    expect(textOf(two)).toEqual([
      ['> 700', '-', '12.5', 'best'],
      ['-', '"SELF"', '15', ''],
    ]))

  it('[R454] pastes a block from the cell on and adds the rows that it needs', () => {
    const pasted = pasteCells(sheetOf(two), cell(1, 0), [
      ['< 600', 'A', '20'],
      ['[600..650)', '"A", "B"', '18'],
    ])
    if ('given' in pasted) throw new Error('there was room')
    expect(textOf(pasted.table)).toEqual([
      ['> 700', '-', '12.5', 'best'],
      ['< 600', '"A"', '20', ''],
      ['[600..650)', '"A", "B"', '18', ''],
    ])
    expect(pasted.area).toEqual({ top: 1, bottom: 2, left: 0, right: 2 })
  })

  it('[R454] refuses a block with more columns than there is room for, and says how many', () =>
    expect(pasteCells(sheetOf(two), cell(0, 2), [['1', '2', '3']])).toEqual({ given: 3, room: 2 }))

  it('fills an area that is a multiple of what is pasted, in the rows in sight', () => {
    const table = rates([1, null, 1], [2, null, 1], [3, null, 1])
    const sheet = sheetOf(table, [0, 2])
    const pasted = pasteCells(sheet, { top: 0, bottom: 1, left: 1, right: 1 }, [['A']])
    if ('given' in pasted) throw new Error('there was room')
    expect(textOf(pasted.table).map((row) => row[1])).toEqual(['"A"', '-', '"A"'])
  })

  it('[R455] keeps a text that it cannot read beside the cell, which stays as it was', () => {
    const [score] = slotsOf(two, 'Note')
    if (score === undefined) throw new Error('no column')
    const typed = typeCells(two, [{ row: 0, slot: score, text: '>>' }])
    expect(typed.table).toBe(two)
    expect(typed.unread).toMatchObject([{ row: 'row_1', slot: 'inputs:score', text: '>>' }])
    const decision = {
      kind: 'decision' as const,
      format: 1 as const,
      id: 'd',
      name: 'D',
      description: '',
      input: {},
      parts: [two],
      tests: [],
    }
    expect(unreadFindings(decision, { rates: typed.unread })).toMatchObject([
      {
        code: 'TABLE_CELL_UNREAD',
        severity: 'error',
        place: { path: '/parts/0/rows/0' },
        params: { text: '>>', column: 'Score' },
      },
    ])
    const mended = typeCells(two, [{ row: 0, slot: score, text: '> 1' }]).table
    expect(unreadFindings({ ...decision, parts: [mended] }, { rates: typed.unread })).toEqual([])
  })

  it('clears an area, and nothing else', () => {
    expect(textOf(clearCells(sheetOf(two), { top: 0, bottom: 1, left: 1, right: 3 }))).toEqual([
      ['> 700', '-', '-', ''],
      ['-', '-', '-', ''],
    ])
    expect(clearCells(sheetOf(two), cell(0, 1))).toBe(two)
  })
})
