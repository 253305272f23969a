import type { KeyboardEvent } from 'react'
import { addRows, copyRows, moveColumns, moveRows, removeRows, type Side } from './edit-table.ts'
import { fillDown, fillRight } from './fill.ts'
import { at, span, type Move } from './selection.ts'
import { clearCells } from './sheet.ts'
import type { SheetState } from './use-sheet.ts'

export interface SheetActions {
  readonly openMenu: () => void
  readonly openHead: () => void
  readonly onFind: (replacing: boolean) => void
}

/** Where a key goes, alone and with Ctrl. */
const ways: Readonly<Record<string, readonly [Move, Move]>> = {
  ArrowUp: ['up', 'top'],
  ArrowDown: ['down', 'bottom'],
  ArrowLeft: ['left', 'home'],
  ArrowRight: ['right', 'end'],
  Home: ['home', 'first'],
  End: ['end', 'last'],
  PageUp: ['pageUp', 'top'],
  PageDown: ['pageDown', 'bottom'],
}

/** The table's places of the selected rows. */
export const selectedRows = ({ area, shown }: SheetState): number[] =>
  span(Math.max(0, area.top), area.bottom).flatMap((row) => shown[row] ?? [])

/** Moves the selected rows by one among those in sight; the selection goes with them. */
export function shiftRows(state: SheetState, by: 1 | -1): void {
  const { area, shown, selection, edit, select } = state
  const beside = by === 1 ? shown[area.bottom + 1] : shown[area.top - 1]
  if (beside === undefined || area.top < 0) return
  edit((now) => moveRows(now, selectedRows(state), by === 1 ? beside + 1 : beside))
  const shift = ({ row, column }: typeof selection.active) => ({
    row: row < 0 ? row : row + by,
    column,
  })
  select({ active: shift(selection.active), extent: shift(selection.extent) })
}

export interface SelectedColumns {
  /** Null where the columns are not all of one side, or are the notes. */
  readonly side: Side | null
  /** Their places among the columns of the side. */
  readonly columns: readonly number[]
  /** The first and the last column of the side in the sheet. */
  readonly first: number
  readonly last: number
}

/** The columns that the selection touches. */
export function selectedColumns({ area, slots }: SheetState): SelectedColumns {
  const chosen = slots.slice(Math.max(0, area.left), area.right + 1)
  const side = chosen[0]?.side
  const none = { side: null, columns: [], first: 0, last: -1 }
  if (side === undefined || side === 'note' || chosen.some((slot) => slot.side !== side))
    return none
  return {
    side,
    columns: chosen.map((slot) => slot.at),
    first: slots.findIndex((slot) => slot.side === side),
    last: slots.findLastIndex((slot) => slot.side === side),
  }
}

/** Moves the selected columns by one among those of their side; the selection goes with them. */
function shiftColumns(state: SheetState, by: 1 | -1): void {
  const { side, columns, first, last } = selectedColumns(state)
  const [from, to] = [columns[0], columns.at(-1)]
  if (side === null || from === undefined || to === undefined) return
  if (by === 1 ? to >= last - first : from === 0) return
  state.edit((now) => moveColumns(now, side, { columns, before: by === 1 ? to + 2 : from - 1 }))
  const shift = ({ row, column }: typeof state.selection.active) => ({ row, column: column + by })
  const { active, extent } = state.selection
  state.select({ active: shift(active), extent: shift(extent) })
}

export function insertRows(state: SheetState, where: 'above' | 'below'): void {
  const { area, shown, edit, select, selection } = state
  const count = Math.max(1, area.bottom - area.top + 1)
  const beside = shown[where === 'above' ? area.top : area.bottom]
  const place =
    beside === undefined ? state.table.rows.length : beside + (where === 'below' ? 1 : 0)
  edit((now) => addRows(now, place, count))
  const row = where === 'above' ? Math.max(0, area.top) : area.bottom + 1
  select(at(row, Math.max(0, selection.active.column)))
}

export const duplicateRows = (state: SheetState): void =>
  state.edit((now) => copyRows(now, selectedRows(state)))

export const deleteRows = (state: SheetState): void =>
  state.edit((now) => removeRows(now, selectedRows(state)))

type Act = (state: SheetState, actions: SheetActions) => void

const withCtrl: Readonly<Record<string, Act>> = {
  a: ({ select }) => select({ active: { row: -1, column: -1 }, extent: { row: -1, column: -1 } }),
  d: ({ edit, sheet, area }) => edit(() => fillDown(sheet, area)),
  r: ({ edit, sheet, area }) => edit(() => fillRight(sheet, area)),
  f: (_, { onFind }) => onFind(false),
  h: (_, { onFind }) => onFind(true),
  '-': deleteRows,
  '+': (state) => insertRows(state, 'above'),
  '=': (state) => insertRows(state, 'above'),
}

const alone: Readonly<Record<string, Act>> = {
  F2: ({ begin }) => begin(),
  Delete: ({ edit, sheet, area }) => edit(() => clearCells(sheet, area)),
  Backspace: ({ edit, sheet, area }) => edit(() => clearCells(sheet, area)),
  ContextMenu: (_, { openMenu }) => openMenu(),
}

/** What a key does while no cell is being edited; true where it did something. */
function act(state: SheetState, actions: SheetActions, event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event
  const ctrl = event.ctrlKey || event.metaKey
  const { active } = state.selection
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    if (active.row === -1) actions.openHead()
    else shiftRows(state, key === 'ArrowUp' ? -1 : 1)
    return true
  }
  if (altKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    if (active.column >= 0) shiftColumns(state, key === 'ArrowLeft' ? -1 : 1)
    return true
  }
  const way = ways[key]
  if (way !== undefined && !altKey) {
    state.move(way[ctrl ? 1 : 0], shiftKey)
    return true
  }
  if (key === 'Enter' && !ctrl) {
    if (active.row === -1) actions.openHead()
    else if (active.column === -1) actions.openMenu()
    else state.move(shiftKey ? 'up' : 'down')
    return true
  }
  if (key === 'Tab') return state.step(shiftKey ? -1 : 1)
  if (key === 'F10' && shiftKey) {
    actions.openMenu()
    return true
  }
  const found = ctrl ? withCtrl[key.toLowerCase()] : alone[key]
  if (found !== undefined && !altKey) {
    found(state, actions)
    return true
  }
  if (key.length !== 1 || ctrl || altKey) return false
  state.begin(key)
  return active.row >= 0 && active.column >= 0
}

/** The sheet's keyboard. After Escape the next Tab leaves the table, so that nobody is caught in it. */
export function sheetKeys(state: SheetState, actions: SheetActions) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const grid = event.currentTarget
    if (event.target !== grid) return
    const leaving = grid.dataset['leaving'] !== undefined
    delete grid.dataset['leaving']
    if (event.key === 'Escape') grid.dataset['leaving'] = ''
    else if (leaving && (event.key === 'Tab' || event.key === 'Shift')) {
      if (event.key === 'Shift') grid.dataset['leaving'] = ''
      return
    }
    if (act(state, actions, event)) event.preventDefault()
  }
}
