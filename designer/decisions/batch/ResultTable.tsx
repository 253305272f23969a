import { useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { BatchRow } from './batch-messages.ts'
import { t } from './messages.ts'
import styles from './Batch.module.css'

export interface ResultTableProps {
  readonly names: readonly string[]
  readonly rows: readonly BatchRow[]
}

const rowHeight = 28

/** Draws only the rows in sight. */
export function ResultTable({ names, rows }: ResultTableProps) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  // Of a width that no content changes, so that rows stand under their heads.
  const columns = {
    gridTemplateColumns: `64px repeat(${names.length}, minmax(120px, 1fr))`,
    minWidth: 64 + 120 * names.length,
  }
  return (
    <div
      ref={box}
      className={styles['table']}
      role="table"
      aria-label={t('resultsLabel')}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
    >
      <div role="row" aria-rowindex={1} className={styles['head']} style={columns}>
        <span role="columnheader">#</span>
        {names.map((name, index) => (
          <span key={`${index}:${name}`} role="columnheader" title={name}>
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className={styles['row']}
              style={{ ...columns, top: start }}
            >
              <span role="cell">{row.number}</span>
              {row.cells.map((cell, column) => (
                <span key={column} role="cell" title={cell}>
                  {cell}
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
