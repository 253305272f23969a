import { describe, expect, it } from 'vitest'
import type { Table } from './edit-table.ts'
import { cellsOfTsv, pasteCells } from './table-paste.ts'

const table: Table = {
  kind: 'table',
  id: 'rates',
  name: 'Rates',
  hitPolicy: 'first',
  inputs: [{ id: 'a', name: 'Score', expression: { var: 'score' }, type: 'number' }],
  outputs: [{ id: 'b', name: 'Rate', expression: 'rate', type: 'number' }],
  rows: [{ id: 'row_1', when: [null], then: [null] }],
}

describe('pasting', () => {
  it('takes a block for cells and a single text for a text', () => {
    expect(cellsOfTsv('> 700\t12.5\r\n-\t15\r\n')).toEqual([
      ['> 700', '12.5'],
      ['-', '15'],
    ])
    expect(cellsOfTsv('> 700')).toBeNull()
  })

  it('unquotes what a spreadsheet quotes', () =>
    expect(cellsOfTsv('"""SELF"""\t1')).toEqual([['"SELF"', '1']]))

  it('fills from the place on, adds rows, and leaves what it cannot read', () => {
    const pasted = pasteCells(table, { row: 0, side: 'inputs', column: 0 }, [
      ['> 700', '12.5', 'beyond'],
      ['>>', '15'],
    ])
    expect(pasted.rows.map(({ when, then }) => [when[0], then[0]])).toEqual([
      [{ gt: [{ var: '?' }, 700] }, 12.5],
      [null, 15],
    ])
  })
})
