import type { Logic } from '#core/graph/flow.ts'
import { addRows, type Table } from './edit-table.ts'
import { span, type Area } from './selection.ts'
import { logicAt, readText, textAt, withLogic, type Row, type Slot } from './slots.ts'

/** The table as it is shown: some of its rows, and its columns side by side. */
export interface Sheet {
  readonly table: Table
  readonly slots: readonly Slot[]
  /** For each row in sight its place in the table. */
  readonly shown: readonly number[]
}

/** A text that could not be read; the cell keeps what it was. */
export interface Unread {
  readonly row: string
  readonly slot: string
  readonly text: string
  readonly problem: string
  /** What the cell held when this was typed. Once it holds something else the text is past. */
  readonly over: Logic
}

export interface Typed {
  readonly table: Table
  readonly unread: readonly Unread[]
}

/** One text for one cell; `row` counts in the table. */
export interface Entry {
  readonly row: number
  readonly slot: Slot
  readonly text: string
}

/** Texts read between two pauses. */
const together = 64

/**
 * Writes texts into cells. What cannot be read is given back and leaves its cell alone. Yields the number of texts read
 * so far now and then, so that a long list can be written in slices.
 */
export function* typing(table: Table, entries: readonly Entry[]): Generator<number, Typed> {
  const rows = new Map<number, Row>()
  const unread: Unread[] = []
  for (const [read, { row: index, slot, text }] of entries.entries()) {
    if (read % together === together - 1) yield read
    const row = rows.get(index) ?? table.rows[index]
    if (row === undefined || textAt(row, slot) === text) continue
    const parsed = readText(slot, text)
    if ('problem' in parsed)
      unread.push({
        row: row.id,
        slot: slot.id,
        text,
        problem: parsed.problem,
        over: logicAt(row, slot),
      })
    else rows.set(index, withLogic(row, slot, parsed.logic))
  }
  return { table: withRows(table, rows), unread }
}

/** As `typing`, at once. */
export function typeCells(table: Table, entries: readonly Entry[]): Typed {
  const steps = typing(table, entries)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

export const withRows = (table: Table, changed: ReadonlyMap<number, Row>): Table =>
  changed.size === 0
    ? table
    : { ...table, rows: table.rows.map((row, index) => changed.get(index) ?? row) }

/** The texts of an area, as they are copied; a longer expression is left out. */
export const textsOf = ({ table, slots, shown }: Sheet, area: Area): string[][] =>
  span(area.top, area.bottom).map((at) => {
    const row = table.rows[shown[at] ?? -1]
    return slots
      .slice(area.left, area.right + 1)
      .map((slot) => (row === undefined ? '' : (textAt(row, slot) ?? '')))
  })

/** Empties every cell of an area. */
export function clearCells({ table, slots, shown }: Sheet, area: Area): Table {
  const columns = slots.slice(area.left, area.right + 1)
  const rows = new Map<number, Row>()
  for (const at of span(area.top, area.bottom)) {
    const index = shown[at] ?? -1
    const row = table.rows[index]
    if (row === undefined || columns.every((slot) => logicAt(row, slot) === null)) continue
    rows.set(
      index,
      columns.reduce((now, slot) => withLogic(now, slot, null), row),
    )
  }
  return withRows(table, rows)
}

/** A block with more columns than there is room for. */
export interface TooWide {
  readonly given: number
  readonly room: number
}

export interface PastePlan {
  /** With the rows that the block needs. */
  readonly table: Table
  readonly entries: readonly Entry[]
  /** Where the block will stand. */
  readonly area: Area
}

/**
 * Which texts of a block go into which cells, from an area's first cell on, again and again where the area is a
 * multiple of the block. Rows are added as needed.
 */
export function planPaste(
  { table, slots, shown }: Sheet,
  area: Area,
  block: readonly (readonly string[])[],
): PastePlan | TooWide {
  const width = block.reduce((most, line) => Math.max(most, line.length), 0)
  const room = slots.length - area.left
  if (width > room) return { given: width, room }
  const times = (size: number, unit: number): number => (size % unit === 0 ? size : unit)
  const height = times(area.bottom - area.top + 1, block.length)
  const across = times(area.right - area.left + 1, width)
  const lacking = Math.max(0, area.top + height - shown.length)
  const longer = addRows(table, table.rows.length, lacking)
  const places = [...shown, ...span(table.rows.length, longer.rows.length - 1)]
  const entries: Entry[] = []
  for (const down of span(0, height - 1)) {
    const line = block[down % block.length] ?? []
    for (const right of span(0, across - 1)) {
      const [row, slot] = [places[area.top + down], slots[area.left + right]]
      const text = line[right % width]
      if (row !== undefined && slot !== undefined && text !== undefined)
        entries.push({ row, slot, text })
    }
  }
  const { top, left } = area
  return {
    table: longer,
    entries,
    area: { top, left, bottom: top + height - 1, right: left + across - 1 },
  }
}
