import { useMemo, useState } from 'react'
import { listsAmong } from '../../inspector/condition-builder/scope-field.ts'
import { useEditor } from '../editor-context.ts'
import { changePart } from '../edit.ts'
import { addRows, type Table } from './edit-table.ts'
import { leftOut, type Filters } from './filter.ts'
import { t } from './messages.ts'
import {
  areaOf,
  at,
  clamped,
  moveSelection,
  stepCell,
  type Bounds,
  type Move,
  type Selection,
  type Spot,
} from './selection.ts'
import { typeCells, type Sheet, type Typed, type Unread } from './sheet.ts'
import { logicAt, slotsOf, textAt } from './slots.ts'
import { useLayout } from './use-layout.ts'

/** What stands in the cell that is being edited. */
export interface Editing {
  readonly text: string
  /** Typing began it, so that arrows leave it; else they move in the text. */
  readonly fresh: boolean
}

const everything: { readonly filters: Filters; readonly hidden: ReadonlySet<string> } = {
  filters: {},
  hidden: new Set(),
}

const noUnread: readonly Unread[] = []

const isPast = (unread: Unread, { table, slots }: Pick<Sheet, 'table' | 'slots'>): boolean => {
  const row = table.rows.find(({ id }) => id === unread.row)
  const slot = slots.find(({ id }) => id === unread.slot)
  return row === undefined || slot === undefined || logicAt(row, slot) !== unread.over
}

/** The state of one open table: what is in sight, what is selected, what is being typed; and what changes it. */
export function useSheet(table: Table) {
  const { decision, change, fields, unread: allUnread, setUnread } = useEditor()
  const { layout, resize, freeze } = useLayout(decision.id, table.id)
  const slots = useMemo(
    () => slotsOf({ inputs: table.inputs, outputs: table.outputs }, t('note'), listsAmong(fields)),
    [table.inputs, table.outputs, fields],
  )
  const [{ filters, hidden }, setView] = useState(everything)
  const shown = useMemo(
    () => table.rows.flatMap(({ id }, index) => (hidden.has(id) ? [] : [index])),
    [table.rows, hidden],
  )
  const [page, setPage] = useState(10)
  const bounds: Bounds = useMemo(
    () => ({ rows: shown.length, columns: slots.length, page }),
    [shown.length, slots.length, page],
  )
  const [wanted, select] = useState<Selection>(at(0, 0))
  const selection = clamped(wanted, bounds)
  const [editing, setEditing] = useState<Editing | null>(null)
  const sheet: Sheet = useMemo(() => ({ table, slots, shown }), [table, slots, shown])
  const unread = allUnread[table.id] ?? noUnread
  const unreadAt = useMemo(
    () => new Map(unread.map((each) => [`${each.row} ${each.slot}`, each])),
    [unread],
  )

  const edit = (next: (table: Table) => Table, gesture?: string): void =>
    change((all) => changePart(all, table, next), gesture)

  /** Takes what was typed: the document gets what could be read, the rest stays in sight with its sentence. */
  const take = (typed: Typed, typedAt: readonly string[] = []): void => {
    if (typed.table !== table) edit(() => typed.table)
    const now = new Set([...typedAt, ...typed.unread.map((each) => `${each.row} ${each.slot}`)])
    const after = { table: typed.table, slots }
    const left = unread.filter(
      (each) => !now.has(`${each.row} ${each.slot}`) && !isPast(each, after),
    )
    if (left.length !== unread.length || typed.unread.length > 0)
      setUnread(table.id, [...left, ...typed.unread])
  }

  const rowAt = (spot: Spot) => table.rows[shown[spot.row] ?? -1]

  /** The text that a cell shows: what was typed last, read or not. */
  const shownText = (spot: Spot): string => {
    const [row, slot] = [rowAt(spot), slots[spot.column]]
    if (row === undefined || slot === undefined) return ''
    const typed = unreadAt.get(`${row.id} ${slot.id}`)
    if (typed !== undefined && typed.over === logicAt(row, slot)) return typed.text
    return textAt(row, slot) ?? ''
  }

  const begin = (text?: string): void => {
    const { active } = selection
    if (active.row < 0 || active.column < 0) return
    select({ active, extent: active })
    const old = shownText(active)
    setEditing(
      text === undefined ? { text: old === '-' ? '' : old, fresh: false } : { text, fresh: true },
    )
  }

  /** Keeps the text that was being edited; gives the table as it then is. */
  const commit = (text: string): Table => {
    setEditing(null)
    const { active } = selection
    const [row, slot] = [rowAt(active), slots[active.column]]
    const old = shownText(active)
    if (row === undefined || slot === undefined || text === old || (text === '' && old === '-'))
      return table
    const index = shown[active.row] ?? -1
    const typed = typeCells(table, [{ row: index, slot, text }])
    take(typed, [`${row.id} ${slot.id}`])
    return typed.table
  }

  const move = (to: Move, extend = false): void =>
    select(moveSelection(selection, to, { bounds, extend }))

  return {
    ...sheet,
    sheet,
    bounds,
    selection,
    area: areaOf(selection, bounds),
    layout,
    resize,
    freeze,
    filters,
    editing,
    unreadAt,
    select,
    setPage,
    setEditing,
    edit,
    take,
    begin,
    commit,
    move,
    rowAt,
    shownText,
    /** To the next cell in reading order; false at the end of the table. */
    step(by: 1 | -1): boolean {
      const next = stepCell(selection, by, bounds)
      if (next !== null) select(next)
      return next !== null
    },
    /** Enter in the last row makes room for the next. */
    commitDown(text: string): void {
      const after = commit(text)
      if (selection.active.row === bounds.rows - 1) {
        edit((now) => addRows(now, now.rows.length, 1))
        select(at(after.rows.length - table.rows.length + bounds.rows, selection.active.column))
      } else move('down')
    },
    setFilter(slot: string, filter: Filters[string] | null): void {
      const { [slot]: _old, ...others } = filters
      const next = filter === null ? others : { ...others, [slot]: filter }
      setView({ filters: next, hidden: leftOut(table, slots, next) })
    },
    showAll: () => setView(everything),
  }
}

export type SheetState = ReturnType<typeof useSheet>
