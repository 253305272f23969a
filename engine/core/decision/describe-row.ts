import { fieldOf, type TablePart } from '#core/decision/table.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'

/**
 * "Score is 650 and kind is A", or "every case". `most`: of so many columns, and how many more there are.
 * @default Infinity
 */
export function describeCells(
  table: TablePart,
  when: readonly Logic[],
  { most = Infinity }: { readonly most?: number } = {},
): string {
  const limited = when.flatMap((cell, column) => (cell === null ? [] : [column]))
  const conditions = limited.slice(0, most).map((column) => {
    const cell = when[column] as Logic
    const tested = { var: '?' }
    const condition: Logic = isObject(cell)
      ? cell
      : Array.isArray(cell)
        ? { in_list: [tested, cell] }
        : { eq: [tested, cell] }
    const { name = '', id = '' } = table.inputs[column] ?? {}
    const words = describe(condition, (path) => (path === '?' ? name || id : undefined))
    return limited.length > 1 && isChoice(condition) ? `(${words})` : words
  })
  const more = limited.length - conditions.length
  if (more > 0) conditions.push(more === 1 ? '1 more column' : `${more} more columns`)
  return conditions.length === 0 ? 'every case' : conditions.join(' and ')
}

/** An `or`, which an `and` beside it would tear apart. */
const isChoice = (condition: Logic): boolean => {
  const { any_of: choices } = condition as { readonly any_of?: Logic }
  return Array.isArray(choices) && choices.length > 1
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
