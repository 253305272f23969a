import type { Json } from '#core/json.ts'
import type { Column, Side, Table } from './edit-table.ts'
import { outputText } from './cell-value.ts'
import { textAt, type Slot } from './slots.ts'

/** No more are offered; who knows what comes types on. */
const most = 8

const ownValues = (column: Column, options: readonly Json[]): Json[] => [
  ...(column.values ?? []),
  ...options,
  ...(column.type === 'boolean' ? [true, false] : []),
]

/** What a cell of the column may hold: the values that the schema lists, then what the column holds, most used first. */
export function choicesOf(
  table: Table,
  slot: Slot & { readonly side: Side },
  options: readonly Json[],
): string[] {
  const column = table[slot.side][slot.at]
  const listed = column === undefined ? [] : ownValues(column, options)
  const counts = new Map<string, number>()
  for (const row of table.rows) {
    const text = textAt(row, slot)
    if (text !== null && text !== '-') counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const used = [...counts].toSorted(([, one], [, other]) => other - one).map(([text]) => text)
  return [...new Set([...listed.flatMap((value) => outputText(value) ?? []), ...used])]
}

/** Where the last value of a cell's text begins: after a comma, a bracket or a sign of comparison. */
const lastValue = /(?:^|[,[(]|\.\.|[<>=!]=?)\s*([^,[(<>=]*)$/s

/** The choices that go on from what is typed, each as the whole text that it would make. */
export function completions(choices: readonly string[], typed: string): string[] {
  const begun = lastValue.exec(typed)?.[1] ?? typed
  const before = typed.slice(0, typed.length - begun.length)
  const plain = (text: string): string => text.toLowerCase().replace(/^"/, '')
  const wanted = plain(begun.trim())
  const whole = before.trim() === ''
  return choices
    .filter((choice) => whole || !/[,[(<>]/.test(choice))
    .filter((choice) => plain(choice).startsWith(wanted) && before + choice !== typed)
    .slice(0, most)
    .map((choice) => before + choice)
}
