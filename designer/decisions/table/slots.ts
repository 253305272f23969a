import type { Logic } from '#core/graph/flow.ts'
import { isObject } from '#core/json.ts'
import type { FeelOptions } from '#core/logic/feel/parse.ts'
import { cellText, parseCell } from './cell-text.ts'
import { outputText, parseOutput, type Parsed } from './cell-value.ts'
import type { Side, Table } from './edit-table.ts'

export type Row = Table['rows'][number]

/** A column of the sheet: the inputs, the outputs, and last the notes. */
export interface Slot {
  readonly side: Side | 'note'
  /** The place among the columns of its side. */
  readonly at: number
  /** Unique in the sheet. */
  readonly id: string
  readonly name: string
  /** Tells the paths that hold a list. @default none */
  readonly isList?: (path: string) => boolean
}

interface Kind {
  read(row: Row, at: number): Logic
  write(row: Row, at: number, logic: Logic): Row
  text(logic: Logic): string | null
  parse(text: string, options: FeelOptions): Parsed
}

/** The cells with one of them changed; a row may hold fewer cells than there are columns. */
function withCell(cells: readonly Logic[], at: number, logic: Logic): Logic[] {
  const all = Array.from({ length: Math.max(cells.length, at + 1) }, (_, i) => cells[i] ?? null)
  return all.with(at, logic)
}

const kinds: Readonly<Record<Slot['side'], Kind>> = {
  inputs: {
    read: (row, at) => row.when[at] ?? null,
    write: (row, at, logic) => ({ ...row, when: withCell(row.when, at, logic) }),
    text: cellText,
    parse: parseCell,
  },
  outputs: {
    read: (row, at) => row.then[at] ?? null,
    write: (row, at, logic) => ({ ...row, then: withCell(row.then, at, logic) }),
    text: outputText,
    parse: parseOutput,
  },
  note: {
    read: (row) => row.note ?? null,
    write: ({ note: _old, ...row }, _, note) =>
      typeof note === 'string' && note !== '' ? { ...row, note } : row,
    text: (note) => (typeof note === 'string' ? note : ''),
    parse: (text) => ({ logic: text === '' ? null : text }),
  },
}

export const slotsOf = (
  table: Pick<Table, 'inputs' | 'outputs'>,
  note: string,
  isList: (path: string) => boolean = () => false,
): Slot[] => [
  ...(['inputs', 'outputs'] as const).flatMap((side) =>
    table[side].map(({ id, name }, at) => ({
      side,
      at,
      id: `${side}:${id}`,
      name: name || id,
      isList,
    })),
  ),
  { side: 'note', at: 0, id: 'note', name: note },
]

const kept: Readonly<Record<Slot['side'], WeakMap<object, string | null>>> = {
  inputs: new WeakMap(),
  outputs: new WeakMap(),
  note: new WeakMap(),
}

export const logicAt = (row: Row, slot: Slot): Logic => kinds[slot.side].read(row, slot.at)

/** How a cell is written; null where its condition is longer than the cell language can say. */
export function textAt(row: Row, slot: Slot): string | null {
  const logic = logicAt(row, slot)
  if (!isObject(logic)) return kinds[slot.side].text(logic)
  const known = kept[slot.side].get(logic)
  if (known !== undefined) return known
  const text = kinds[slot.side].text(logic)
  kept[slot.side].set(logic, text)
  return text
}

export const readText = (slot: Slot, text: string): Parsed =>
  kinds[slot.side].parse(text, slot.isList === undefined ? {} : { isList: slot.isList })

export const withLogic = (row: Row, slot: Slot, logic: Logic): Row =>
  kinds[slot.side].write(row, slot.at, logic)
