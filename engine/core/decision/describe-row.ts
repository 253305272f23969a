import { fieldOf, type TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'

/** "Score is 650 and kind is A", or "every case". */
export function describeCells(table: TablePart, when: readonly Logic[]): string {
  const conditions = when.flatMap((cell, column) => {
    if (cell === null) return []
    const tested = { var: '?' }
    const condition: Logic = isObject(cell)
      ? cell
      : Array.isArray(cell)
        ? { in_list: [tested, cell] }
        : { eq: [tested, cell] }
    const { name = '', id = '' } = table.inputs[column] ?? {}
    return [describe(condition, (path) => (path === '?' ? name || id : undefined))]
  })
  return conditions.length === 0 ? 'every case' : conditions.join(' and ')
}

/** A row as a sentence: "If score is below 650 and kind is A, then rate is 12.5." */
export function describeRow(
  table: TablePart,
  row: { readonly when: readonly Logic[]; readonly then: readonly Logic[] },
): string {
  const given = table.outputs.flatMap((column, index) => {
    const value = row.then[index] ?? null
    return value === null ? [] : [`${column.name || fieldOf(column)} is ${describe(value)}`]
  })
  const condition = describeCells(table, row.when)
  const what = given.length === 0 ? 'nothing is given' : given.join(' and ')
  if (condition === 'every case') return `In every case ${what}.`
  return `If ${condition}, ${given.length === 0 ? '' : 'then '}${what}.`
}
