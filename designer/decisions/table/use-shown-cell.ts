import { useEffect, useEffectEvent } from 'react'
import { useEditor, type ShownPlace } from '../editor-context.ts'
import type { Table } from './edit-table.ts'
import { at } from './selection.ts'
import type { Slot } from './slots.ts'
import type { SheetState } from './use-sheet.ts'

const keys = { inputs: 'when', outputs: 'then' } as const

/** The column of the sheet that a place is in: by a field of a row, or because the place is a column itself. */
function columnOf(table: Table, slots: readonly Slot[], { entry, field }: ShownPlace): number {
  const found = slots.findIndex((slot) => {
    if (slot.side === 'note') return field === 'note'
    const id = table[slot.side][slot.at]?.id
    return field === `${keys[slot.side]}.${id}` || (entry !== null && id === entry)
  })
  return Math.max(0, found)
}

/** Selects the cell of this table that was asked for; filters that hide its row are taken away. */
export function useShownCell(table: Table, state: SheetState): void {
  const { shown } = useEditor()
  const reveal = useEffectEvent((place: ShownPlace) => {
    const row = table.rows.findIndex(({ id }) => id === place.entry)
    const isColumn = [...table.inputs, ...table.outputs].some(({ id }) => id === place.entry)
    if (row < 0 && !isColumn) return
    const inSight = state.shown.indexOf(row)
    if (row >= 0 && inSight < 0) state.showAll()
    const line = row < 0 ? 0 : inSight < 0 ? row : inSight
    state.select(at(line, columnOf(table, state.slots, place)))
  })
  useEffect(() => {
    if (shown !== null && shown.part === table.id) reveal(shown)
  }, [shown, table.id])
}
