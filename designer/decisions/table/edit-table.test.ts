import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addColumn,
  addRows,
  copyRows,
  moveColumns,
  moveRows,
  removeColumn,
  removeRows,
} from './edit-table.ts'
import { rates } from './table-fixture.ts'

const ids = (table: ReturnType<typeof rates>): string[] => table.rows.map(({ id }) => id)
const five = addRows(rates(), 0, 5)

describe('rows and columns', () => {
  it('keep as many cells as there are columns', () => {
    const wide = addRows(addColumn(addColumn(rates([1, 'A', 2]), 'inputs'), 'outputs'), 0, 1)
    expect(wide.rows.map((row) => [row.when.length, row.then.length])).toEqual([
      [3, 2],
      [3, 2],
    ])
    expect(removeColumn(wide, 'inputs', 0).rows.map((row) => row.when)).toEqual([
      [null, null],
      ['A', null],
    ])
  })

  it('are added, copied below and removed, each row with an id of its own', () => {
    expect(ids(addRows(five, 2, 2))).toEqual([
      'row_1',
      'row_2',
      'row_6',
      'row_7',
      'row_3',
      'row_4',
      'row_5',
    ])
    expect(ids(copyRows(five, [1, 3]))).toEqual([
      'row_1',
      'row_2',
      'row_3',
      'row_4',
      'row_6',
      'row_7',
      'row_5',
    ])
    expect(ids(removeRows(five, [0, 4]))).toEqual(['row_2', 'row_3', 'row_4'])
  })

  it('rows that are moved come together where they are dropped, the others keep their order', () =>
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4]), fc.nat(5), (rows, before) => {
        const after = ids(moveRows(five, rows, before))
        const taken = rows.map((row) => `row_${row + 1}`)
        const others = ids(five).filter((id) => !taken.includes(id))
        expect(after.filter((id) => !taken.includes(id))).toEqual(others)
        const first = before - rows.filter((row) => row < before).length
        expect(after.slice(first, first + taken.length)).toEqual(taken)
      }),
    ))

  it('dropping a row where it stands is no change', () => expect(moveRows(five, [2], 3)).toBe(five))

  it('[R641] a column that is moved takes its cells along, in rows that hold fewer too', () => {
    const wide = addColumn(rates([1, 'A', 2], [3, 'B', 4]), 'inputs')
    const short = {
      ...wide,
      rows: wide.rows.map((row) => ({ ...row, when: row.when.slice(0, 2) })),
    }
    const moved = moveColumns(short, 'inputs', { columns: [0], before: 3 })
    expect(moved.inputs.map(({ id }) => id)).toEqual(['kind', 'input_3', 'score'])
    expect(moved.rows.map(({ when }) => when)).toEqual([
      ['A', null, 1],
      ['B', null, 3],
    ])
    expect(moveColumns(wide, 'inputs', { columns: [1], before: 2 })).toBe(wide)
  })
})
