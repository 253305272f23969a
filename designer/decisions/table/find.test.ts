import { describe, expect, it } from 'vitest'
import { completions, choicesOf } from './completions.ts'
import { leftOut } from './filter.ts'
import { findCells, nextMatch, replaceIn } from './find.ts'
import type { Sheet } from './sheet.ts'
import { slotsOf, textAt } from './slots.ts'
import { rates } from './table-fixture.ts'

const table = rates(
  [700, 'SELF', 12.5, 'self-employed'],
  [null, 'SALARIED', 15],
  [{ gt: [{ var: '?' }, 700] }, ['SELF', 'PART'], 12.5],
)
const slots = slotsOf(table, 'Note')
const sheet: Sheet = { table, slots, shown: [0, 1, 2] }

describe('find and replace', () => {
  it('[R456] finds in reading order, in what is in sight, in capitals or not', () => {
    const found = findCells(sheet, { text: 'self', exact: false })
    expect(found).toEqual([
      { row: 0, column: 1 },
      { row: 0, column: 3 },
      { row: 2, column: 1 },
    ])
    expect(findCells(sheet, { text: 'self', exact: true })).toEqual([{ row: 0, column: 3 }])
    expect(findCells({ ...sheet, shown: [1] }, { text: 'self', exact: false })).toEqual([])
    expect(findCells(sheet, { text: '-', exact: false })).toEqual([{ row: 0, column: 3 }])
    expect(nextMatch(found, { row: 0, column: 1 }, 1)).toBe(1)
    expect(nextMatch(found, { row: 2, column: 1 }, 1)).toBe(0)
    expect(nextMatch(found, { row: 0, column: 1 }, -1)).toBe(2)
  })

  it('[R456] replaces in one change; a cell that the text would break stays', () => {
    const search = { text: '700', exact: false }
    const cells = findCells(sheet, search)
    const { table: after } = replaceIn(sheet, cells, { search, by: '720' })
    expect(after.rows.map((row) => slots[0] && textAt(row, slots[0]))).toEqual([
      '720',
      '-',
      '> 720',
    ])
    const broken = replaceIn(sheet, cells, { search, by: '(' })
    expect(broken.table).toBe(table)
    expect(broken.unread).toHaveLength(2)
  })

  it('takes signs of patterns as they stand', () => {
    const search = { text: '.5', exact: false }
    const { table: after } = replaceIn(sheet, findCells(sheet, search), { search, by: '.75$&' })
    expect(after.rows[0]?.then).toEqual([12.5])
    const plain = replaceIn(sheet, findCells(sheet, search), { search, by: '.75' })
    expect(plain.table.rows.map(({ then }) => then[0])).toEqual([12.75, 15, 12.75])
  })
})

describe('filters', () => {
  it.each([
    ['contains', 'self', ['row_2']],
    ['equals', 'SELF', ['row_2', 'row_3']],
    ['equals', '', []],
  ] as const)('%s %j leaves out %j', (by, text, ids) =>
    expect([...leftOut(table, slots, { 'inputs:kind': { by, text } })]).toEqual(ids),
  )

  it('all of them have to be met', () =>
    expect([
      ...leftOut(table, slots, {
        'inputs:kind': { by: 'contains', text: 'SELF' },
        'inputs:score': { by: 'contains', text: '>' },
      }),
    ]).toEqual(['row_1', 'row_2']))
})

describe('completion', () => {
  const kind = slots[1]
  it('offers what the schema lists, then what the column holds', () => {
    if (kind?.side !== 'inputs') throw new Error('no column')
    const choices = choicesOf(table, { ...kind, side: 'inputs' }, ['SALARIED', 'STUDENT'])
    expect(choices).toEqual(['"SALARIED"', '"STUDENT"', '"SELF"', '"SELF", "PART"'])
    expect(completions(choices, 's')).toEqual([
      '"SALARIED"',
      '"STUDENT"',
      '"SELF"',
      '"SELF", "PART"',
    ])
    expect(completions(choices, '"SELF", "st')).toEqual(['"SELF", "STUDENT"'])
    expect(completions(choices, 'not(SA')).toEqual(['not("SALARIED"'])
    expect(completions(choices, 'zzz')).toEqual([])
  })
})
