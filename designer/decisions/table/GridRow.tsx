import { memo } from 'react'
import { IconAlertTriangle, IconBolt, IconHelp, IconInfoCircle } from '@tabler/icons-react'
import { describe } from '#core/logic/describe.ts'
import { t as explain } from '../explain/messages.ts'
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
  /** The column with the corner by which the selection is filled on. */
  readonly handle: number | null
  /** The columns that a fill would write. */
  readonly filling: readonly [left: number, right: number] | null
}

export const cellId = (table: string, row: number, column: number): string =>
  `cell-${table}-${row}-${column}`

/** The part of a line that scrolls sideways. It is drawn again only where something of it changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, top, height, width, columns, mark } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      data-fate={mark?.fate?.fate}
      data-drop={props.drop ?? undefined}
      style={{ top, height, width }}
    >
      {columns.map((column) =>
        column.frozen ? null : <Cell key={column.slot.id} line={props} column={column} />,
      )}
    </div>
  )
})

/**
 * The part of a line that stays: its number and the frozen columns. All of them stand in one element that stays, for
 * an element that stays is a layer of its own, and a layer for each line would make scrolling slow.
 */
export const GutterRow = memo(function GutterRow(props: GridRowProps) {
  const { index, top, height, width, columns, mark } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      data-fate={mark?.fate?.fate}
      data-drop={props.drop ?? undefined}
      style={{ top, height, width }}
    >
      <RowNumber {...props} />
      {columns.map((column) =>
        column.frozen ? <Cell key={column.slot.id} line={props} column={column} /> : null,
      )}
    </div>
  )
})

function Cell({ line, column }: { readonly line: GridRowProps; readonly column: PlacedColumn }) {
  const { table, row, index, left, right, active } = line
  const { slot } = column
  const text = textAt(row, slot)
  const typed = line.unread.get(`${row.id} ${slot.id}`)
  const wrong = typed !== undefined && typed.over === logicAt(row, slot) ? typed : undefined
  const selected = column.index >= left && column.index <= right
  return (
    <div
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
      data-selected={selected || undefined}
      data-active={active === column.index || undefined}
      data-any={text === '-' || undefined}
      data-longer={text === null || undefined}
      data-wrong={wrong !== undefined || undefined}
      data-filling={isWithin(column.index, line.filling) || undefined}
      data-half={
        (slot.side === 'inputs' && line.mark?.covered?.halfSeen.includes(slot.at)) || undefined
      }
      data-found={line.isFound?.(index, column.index) || undefined}
      style={{ left: column.left, width: column.width }}
    >
      {wrong?.text ?? text ?? describe(logicAt(row, slot))}
      {line.handle === column.index && (
        <span data-act="fill" className={styles['fill']} title={t('fillHandle')} />
      )}
    </div>
  )
}

const isWithin = (column: number, range: readonly [number, number] | null): boolean =>
  range !== null && column >= range[0] && column <= range[1]

const coverWords = { none: 'rowUntested', some: 'rowHalfTested', full: 'rowTested' } as const

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
      {mark?.covered !== undefined && (
        <span
          className={styles['covered']}
          data-state={mark.covered.state}
          role="img"
          aria-label={explain(coverWords[mark.covered.state])}
        />
      )}
      <span className={styles['digits']}>{number}</span>
      {/* Its sign comes from the stylesheet: a drawing for each row would make scrolling slow. */}
      <span data-act="menu" className={styles['dots']} title={t('rowMenu', { row: number })} />
    </div>
  )
}
