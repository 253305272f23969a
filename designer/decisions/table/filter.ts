import type { Table } from './edit-table.ts'
import { textAt, type Row, type Slot } from './slots.ts'

interface ColumnFilter {
  readonly by: 'contains' | 'equals'
  readonly text: string
}

/** By the slot's id. */
export type Filters = Readonly<Record<string, ColumnFilter>>

/** A text without the quotes around it, so that `SELF` finds `"SELF"`. */
const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^"(.*)"$/s, '$1')

const tests: Readonly<Record<ColumnFilter['by'], (text: string, wanted: string) => boolean>> = {
  contains: (text, wanted) => text.includes(wanted),
  equals: (text, wanted) => text === wanted,
}

const passes = (row: Row, slot: Slot, { by, text }: ColumnFilter): boolean =>
  tests[by](plain(textAt(row, slot) ?? ''), plain(text))

/** The ids of the rows that the filters leave out. A row that comes or changes later stays in sight. */
export function leftOut(
  table: Table,
  slots: readonly Slot[],
  filters: Filters,
): ReadonlySet<string> {
  const asked = slots.flatMap((slot) => {
    const filter = filters[slot.id]
    return filter === undefined || filter.text === '' ? [] : [{ slot, filter }]
  })
  return new Set(
    table.rows
      .filter((row) => !asked.every(({ slot, filter }) => passes(row, slot, filter)))
      .map(({ id }) => id),
  )
}
