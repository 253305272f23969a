import { expect, it } from 'vitest'
import { describeCells, describeRow } from '#core/decision/describe-row.ts'
import type { TablePart } from '#core/decision/table.ts'

const table: TablePart = {
  kind: 'table',
  id: 'rates',
  name: 'Rates',
  hitPolicy: 'first',
  inputs: [
    { id: 'a', name: 'score', expression: { var: 'score' }, type: 'number' },
    { id: 'b', name: 'kind', expression: { var: 'kind' }, type: 'string' },
  ],
  outputs: [{ id: 'c', name: '', expression: 'rate', type: 'number' }],
  rows: [],
}

it('[R450] says a row of a table as a sentence', () => {
  const told = (when: TablePart['rows'][number]['when'], then: number | null): string =>
    describeRow(table, { when, then: [then] })
  expect(told([{ gt: [{ var: '?' }, 700] }, ['SELF', 'PART']], 12.5)).toMatchInlineSnapshot(
    `"If Score is above 700 and Kind is one of “SELF” or “PART”, then rate is 12.5."`,
  )
  expect(told([null, 'SELF'], null)).toMatchInlineSnapshot(`"If Kind is “SELF”, nothing is given."`)
  expect(told([null, null], 3)).toMatchInlineSnapshot(`"In every case rate is 3."`)
})

it('[R751] brackets an `or` beside other columns, and counts the columns beyond so many', () => {
  const tested = { var: '?' }
  const either = { any_of: [{ lt: [tested, 3] }, { gt: [tested, 9] }] }
  expect(describeCells(table, [either, 'A'])).toBe(
    '(Score is below 3 or score is above 9) and Kind is “A”',
  )
  expect(describeCells(table, [either, null])).toBe('Score is below 3 or score is above 9')
  expect(describeCells(table, [either, 'A'], { most: 1 })).toBe(
    '(Score is below 3 or score is above 9) and 1 more column',
  )
  expect(describeCells(table, [5, 'A'], { most: 2 })).toBe('Score is 5 and Kind is “A”')
  expect(describeCells(table, [null, null], { most: 2 })).toBe('every case')
})
