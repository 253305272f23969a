import { memo } from 'react'
import {
  IconAlertTriangle,
  IconBolt,
  IconDots,
  IconHelp,
  IconInfoCircle,
} from '@tabler/icons-react'
import { describe } from '#core/logic/describe.ts'
import { t } from './messages.ts'
import type { RowMark } from './row-marks.ts'
import type { Unread } from './sheet.ts'
import { logicAt, textAt, type Row, type Slot } from './slots.ts'
import styles from './Table.module.css'

/** A column with its place on the sheet. */
export interface PlacedColumn {
  readonly index: number
  readonly slot: Slot
  /** px from the sheet's left edge */
  readonly left: number
  readonly width: number
  readonly frozen: boolean
}

export interface GridRowProps {
  readonly table: string
  readonly row: Row
  readonly index: number
  readonly number: number
  readonly top: number
  readonly height: number
  readonly width: number
  readonly numberWidth: number
  readonly columns: readonly PlacedColumn[]
  /** The selected columns of the row; none where the right one lies before the left one. */
  readonly left: number
  readonly right: number
  readonly active: number | null
  readonly mark: RowMark | undefined
  readonly unread: ReadonlyMap<string, Unread>
  readonly isFound: ((row: number, column: number) => boolean) | null
  readonly drop: 'before' | null
}

export const cellId = (table: string, row: number, column: number): string =>
  `cell-${table}-${row}-${column}`

/** One line of the sheet. It is drawn again only where something of it changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { table, row, index, top, height, width, columns, left, right, active, mark } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      data-fate={mark?.fate?.fate}
      data-odd={index % 2 === 1 || undefined}
      data-drop={props.drop ?? undefined}
      style={{ transform: `translateY(${top}px)`, height, width }}
    >
      <RowNumber {...props} />
      {columns.map((column) => {
        const { slot } = column
        const text = textAt(row, slot)
        const typed = props.unread.get(`${row.id} ${slot.id}`)
        const wrong = typed !== undefined && typed.over === logicAt(row, slot) ? typed : undefined
        const selected = column.index >= left && column.index <= right
        return (
          <div
            key={slot.id}
            role="gridcell"
            id={cellId(table, index, column.index)}
            aria-colindex={column.index + 2}
            aria-selected={selected}
            aria-invalid={wrong !== undefined || undefined}
            className={styles['cell']}
            data-row={index}
            data-column={column.index}
            data-side={slot.side}
            data-first={slot.at === 0 || undefined}
            data-frozen={column.frozen || undefined}
            data-selected={selected || undefined}
            data-active={active === column.index || undefined}
            data-any={text === '-' || undefined}
            data-longer={text === null || undefined}
            data-wrong={wrong !== undefined || undefined}
            data-found={props.isFound?.(index, column.index) || undefined}
            style={column.frozen ? { left: column.left, width: column.width } : placeOf(column)}
          >
            {wrong?.text ?? text ?? describe(logicAt(row, slot))}
          </div>
        )
      })}
    </div>
  )
})

const placeOf = ({ left, width }: PlacedColumn) => ({ position: 'absolute' as const, left, width })

function RowNumber({ table, index, number, numberWidth, active, mark, left, right }: GridRowProps) {
  const worst = mark?.severity
  return (
    <div
      role="rowheader"
      id={cellId(table, index, -1)}
      aria-colindex={1}
      className={styles['number']}
      data-row={index}
      data-column={-1}
      data-active={active === -1 || undefined}
      data-selected={right >= left || undefined}
      style={{ width: numberWidth }}
    >
      <span className={styles['signs']}>
        {worst !== undefined && (
          <span data-act="finding" className={styles['finding']} data-severity={worst}>
            {worst === 'info' ? (
              <IconInfoCircle size={14} aria-label={t('hasNote')} />
            ) : (
              <IconAlertTriangle size={14} aria-label={t('hasProblem')} />
            )}
          </span>
        )}
        {mark?.fate?.fate === 'fired' && (
          <IconBolt size={14} color="var(--running)" aria-label={t('rowMet')} />
        )}
        {mark?.fate?.fate === 'unknown' && (
          <IconHelp size={14} color="var(--waiting)" aria-label={t('rowUnknown')} />
        )}
      </span>
      <span className={styles['digits']}>{number}</span>
      <span data-act="menu" className={styles['dots']} title={t('rowMenu', { row: number })}>
        <IconDots size={14} aria-hidden />
      </span>
    </div>
  )
}
