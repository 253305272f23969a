import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { CellEditor } from './CellEditor.tsx'
import { CellHint } from './CellHint.tsx'
import { ColumnHead } from './ColumnHead.tsx'
import { GridMenu } from './GridMenu.tsx'
import { GridRow, GutterRow, cellId, type GridRowProps, type PlacedColumn } from './GridRow.tsx'
import { t } from './messages.ts'
import type { RowMark } from './row-marks.ts'
import { sheetKeys } from './sheet-keys.ts'
import { useClipboard } from './use-clipboard.ts'
import { usualWidth } from './use-layout.ts'
import { usePointer } from './use-pointer.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

const headHeight = 44
const rowHeight = 30
const lineHeight = 17
const numberWidth = 84
/** Lines of a note that its row makes room for. */
const mostLines = 4

export interface GridProps {
  readonly state: SheetState
  /** By the row's id. */
  readonly marks: ReadonlyMap<string, RowMark>
  /** Whether a cell is a match of the search. */
  readonly isFound: ((row: number, column: number) => boolean) | null
  readonly onFind: (replacing: boolean) => void
  readonly onFinding: (row: string) => void
}

const linesOf = (note: string | undefined): number =>
  note === undefined ? 1 : Math.min(mostLines, note.split('\n').length)

/** Only what is in sight is drawn, and always the active cell, for it holds what is being typed. */
export function Grid({ state, marks, isFound, onFind, onFinding }: GridProps) {
  const { table, slots, shown, selection, area, layout, editing, bounds, setPage } = state
  const box = useRef<HTMLDivElement>(null)
  const { active } = selection
  const frozen = Math.min(layout.frozen, slots.length)
  const widthOf = useCallback(
    (index: number): number => layout.widths[slots[index]?.id ?? ''] ?? usualWidth,
    [layout.widths, slots],
  )
  const frozenWidth =
    numberWidth + slots.slice(0, frozen).reduce((sum, _, index) => sum + widthOf(index), 0)

  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback(
      (index: number) =>
        rowHeight + (linesOf(table.rows[shown[index] ?? -1]?.note) - 1) * lineHeight,
      [table.rows, shown],
    ),
    getItemKey: useCallback(
      (index: number) => table.rows[shown[index] ?? -1]?.id ?? index,
      [table.rows, shown],
    ),
    rangeExtractor: useCallback((range: Range) => withOne(range, active.row), [active.row]),
    paddingStart: headHeight,
    overscan,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: slots.length,
    getScrollElement: () => box.current,
    estimateSize: widthOf,
    rangeExtractor: useCallback((range: Range) => withOne(range, active.column), [active.column]),
    paddingStart: numberWidth,
    overscan: 2,
  })
  useEffect(() => columns.measure(), [columns, widthOf])

  const inSight = columns.getVirtualItems()
  const sightKey = inSight.map(({ index, start, size }) => `${index}:${start}:${size}`).join()
  const placed = useMemo(() => {
    const found: PlacedColumn[] = []
    let left = numberWidth
    for (const [index, slot] of slots.slice(0, frozen).entries()) {
      found.push({ index, slot, left, width: widthOf(index), frozen: true })
      left += widthOf(index)
    }
    for (const { index, start, size } of inSight) {
      const slot = slots[index]
      if (slot !== undefined && index >= frozen)
        found.push({ index, slot, left: start, width: size, frozen: false })
    }
    return found
    // The key says what is in sight; the list itself is another one at each scroll.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [sightKey, slots, frozen, widthOf])

  const height = box.current?.clientHeight ?? 400
  useEffect(
    () => setPage(Math.max(1, Math.floor((height - headHeight) / rowHeight) - 1)),
    [height, setPage],
  )

  const { extent } = selection
  useEffect(() => {
    const sheet = box.current
    if (sheet === null) return
    const [row, column] = [
      rows.measurementsCache[extent.row],
      extent.column < frozen ? undefined : columns.measurementsCache[extent.column],
    ]
    if (row !== undefined)
      sheet.scrollTop = revealed(row, sheet.scrollTop, [headHeight, sheet.clientHeight])
    if (column !== undefined)
      sheet.scrollLeft = revealed(column, sheet.scrollLeft, [frozenWidth, sheet.clientWidth])
    // Only a move brings the cell into sight; a scroll must not be taken back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [extent.row, extent.column])

  const [menuAt, setMenuAt] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const focus = (): void => box.current?.focus({ preventScroll: true })
  const openMenu = (): void => {
    const cell = document.getElementById(cellId(table.id, active.row, active.column))
    const place = cell?.getBoundingClientRect()
    if (place !== undefined) setMenuAt({ x: place.left, y: place.bottom })
  }
  const openHead = (): void =>
    document
      .getElementById(cellId(table.id, -1, active.column))
      ?.querySelector<HTMLElement>('button[data-head]')
      ?.click()
  const clipboard = useClipboard(state)
  const pointer = usePointer(state, { box, focus, openMenu: setMenuAt, onFinding })
  const onKeyDown = sheetKeys(state, { openMenu, openHead, onFind })
  const total = columns.getTotalSize()
  const { drop, filling } = pointer
  const dropRow = drop?.way === 'rows' ? drop.before : null
  const dropColumn = drop?.way === 'columns' ? drop.before : null
  const fillColumns = useMemo(
    () => (filling === null ? null : ([filling.left, filling.right] as const)),
    [filling],
  )
  const lines = rows.getVirtualItems().flatMap(({ index, start, size }) => {
    const row = table.rows[shown[index] ?? -1]
    if (row === undefined) return []
    const selected = index >= area.top && index <= area.bottom
    const filled = filling !== null && index >= filling.top && index <= filling.bottom
    const line: Omit<GridRowProps, 'top' | 'width'> = {
      table: table.id,
      row,
      index,
      number: (shown[index] ?? 0) + 1,
      height: size,
      numberWidth,
      columns: placed,
      left: selected ? area.left : -1,
      right: selected ? area.right : -2,
      active: active.row === index ? active.column : null,
      mark: marks.get(row.id),
      unread: state.unreadAt,
      isFound,
      drop: dropRow === index ? 'before' : null,
      handle: editing === null && index === area.bottom ? area.right : null,
      filling: filled ? fillColumns : null,
    }
    // A row that comes into sight takes over the elements of one that left it.
    const key = index === active.row && isFar(index, rows.range) ? 'far' : index % pool
    return [{ key, line, top: start }]
  })

  return (
    <div
      ref={box}
      className={styles['grid']}
      role="grid"
      aria-label={table.name}
      aria-rowcount={shown.length + 1}
      aria-colcount={slots.length + 1}
      aria-multiselectable
      aria-activedescendant={cellId(table.id, active.row, active.column)}
      aria-describedby={`hint-${table.id}`}
      tabIndex={0}
      data-dropping={drop !== null || undefined}
      onKeyDown={onKeyDown}
      {...clipboard}
      {...pointer.events}
    >
      <div
        className={styles['canvas']}
        role="rowgroup"
        style={{ width: total, height: rows.getTotalSize() }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className={styles['headRow']}
          style={{ width: total, height: headHeight }}
        >
          <div
            role="columnheader"
            aria-label={t('corner')}
            id={cellId(table.id, -1, -1)}
            className={styles['corner']}
            data-row={-1}
            data-column={-1}
            data-active={(active.row === -1 && active.column === -1) || undefined}
            style={{ width: numberWidth }}
          >
            #
          </div>
          {placed.map((column) => (
            <ColumnHead
              key={column.slot.id}
              state={state}
              column={column}
              selected={area.top === 0 && area.bottom === bounds.rows - 1 && holds(area, column)}
              active={active.row === -1 && active.column === column.index}
              drop={dropOf(column.index, dropColumn, slots)}
            />
          ))}
        </div>
        {lines.map(({ key, line, top }) => (
          <GridRow key={key} {...line} top={top} width={total} />
        ))}
        <div
          role="none"
          className={styles['gutter']}
          style={{ width: frozenWidth, height: rows.getTotalSize() - headHeight }}
        >
          {lines.map(({ key, line, top }) => (
            <GutterRow key={key} {...line} top={top - headHeight} width={frozenWidth} />
          ))}
        </div>
        {dropRow === shown.length && (
          <div
            className={styles['dropEnd']}
            style={{ top: rows.getTotalSize() - 2, width: total }}
          />
        )}
        {editing !== null && (
          <CellEditor key={`${active.row} ${active.column}`} state={state} focus={focus} />
        )}
      </div>
      {menuAt === null && <CellHint state={state} box={box} marks={marks} />}
      <GridMenu
        state={state}
        place={menuAt}
        onClose={() => {
          setMenuAt(null)
          focus()
        }}
      />
    </div>
  )
}

/** Rows drawn above and below those in sight. */
const overscan = 6
/** More rows than ever stand in sight. */
const pool = 256

/** The active row is drawn wherever it is, and must not take the elements of one in sight. */
const isFar = (
  index: number,
  range: { readonly startIndex: number; readonly endIndex: number } | null,
): boolean =>
  range === null || index < range.startIndex - overscan || index > range.endIndex + overscan

/** Where the line is drawn for a column that would be dropped beside this one. */
function dropOf(
  column: number,
  before: number | null,
  slots: SheetState['slots'],
): 'before' | 'after' | null {
  if (before === column) return 'before'
  // Behind the last column of a side the next one belongs to the other side.
  const ends = slots[column]?.side !== slots[column + 1]?.side
  return ends && before === column + 1 ? 'after' : null
}

/** How far to scroll so that an item stands between what covers the beginning and the end of what is seen. */
function revealed(
  { start, end }: { readonly start: number; readonly end: number },
  now: number,
  [from, to]: readonly [number, number],
): number {
  if (start < now + from) return start - from
  return end > now + to ? Math.min(end - to, start - from) : now
}

function withOne(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes
  return [...indexes, index].toSorted((one, other) => one - other)
}

const holds = ({ left, right }: SheetState['area'], { index }: PlacedColumn): boolean =>
  index >= left && index <= right
