import { memo, useRef, useState } from 'react'
import { IconChevronDown, IconFilterFilled } from '@tabler/icons-react'
import { describe } from '#core/logic/describe.ts'
import type { Column, Side } from './edit-table.ts'
import { t } from './messages.ts'
import { cellId, type PlacedColumn } from './GridRow.tsx'
import { HeadMenu } from './HeadMenu.tsx'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface ColumnHeadProps {
  readonly state: SheetState
  readonly column: PlacedColumn
  readonly selected: boolean
  readonly active: boolean
  /** Where a dragged column would come. */
  readonly drop: 'before' | 'after' | null
}

const sourceOf = (side: Side, column: Column): string => {
  if (side === 'outputs')
    return typeof column.expression === 'string' && column.expression !== ''
      ? column.expression
      : column.id
  return column.expression === null ? t('columnEmpty') : describe(column.expression)
}

/** A column's title and what it tests or gives. The arrow opens both for editing; the edge sets the width. */
export const ColumnHead = memo(function ColumnHead(props: ColumnHeadProps) {
  const { state, column: placed, selected, active, drop } = props
  const { table, filters, resize } = state
  const { slot, index, left, width, frozen } = placed
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const column = slot.side === 'note' ? undefined : table[slot.side][slot.at]
  const source = column === undefined || slot.side === 'note' ? '' : sourceOf(slot.side, column)
  const name = column === undefined ? slot.name : column.name || source
  const filtered = filters[slot.id] !== undefined
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      id={cellId(table.id, -1, index)}
      className={styles['head']}
      data-row={-1}
      data-column={index}
      data-side={slot.side}
      data-first={slot.at === 0 || undefined}
      data-frozen={frozen || undefined}
      data-selected={selected || undefined}
      data-active={active || undefined}
      data-drop={drop ?? undefined}
      style={frozen ? { left, width } : { position: 'absolute', left, width }}
    >
      <div className={styles['headText']} title={source === name ? name : `${name} — ${source}`}>
        <b>{name}</b>
        <span>{source}</span>
      </div>
      <button
        ref={button}
        type="button"
        data-head
        tabIndex={-1}
        className={styles['headButton'] ?? ''}
        data-filtered={filtered || undefined}
        aria-label={t('column', { name })}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {filtered ? <IconFilterFilled size={12} /> : <IconChevronDown size={14} />}
      </button>
      {open && <HeadMenu state={state} column={placed} name={name} onClose={close} />}
      <Resizer name={name} width={width} onResize={(next) => resize(slot.id, next)} />
    </div>
  )
})

/** The right edge of a head: dragged, or moved with the arrows. */
function Resizer({
  name,
  width,
  onResize,
}: {
  readonly name: string
  readonly width: number
  readonly onResize: (width: number) => void
}) {
  const begun = useRef<{ x: number; width: number } | null>(null)
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t('resize', { name })}
      className={styles['resizer']}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        begun.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (begun.current !== null) onResize(begun.current.width + event.clientX - begun.current.x)
      }}
      onPointerUp={() => {
        begun.current = null
      }}
    />
  )
}
