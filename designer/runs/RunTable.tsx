import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { RunSummary } from '#core/api/views.ts'
import { t } from './messages.ts'
import { RunRow } from './RunRow.tsx'
import { useNodeNames } from './use-node-names.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './RunsPage.module.css'

export interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly total: number
  /** Whether the server has further pages. */
  readonly more: boolean
  readonly onMore: () => void
}

const rowHeight = 40
const columns = [
  t('columnStatus'),
  t('columnCase'),
  t('columnFlow'),
  t('columnAt'),
  t('columnStarted'),
  t('columnDuration'),
]

/** Draws only the rows in sight; the next page is fetched before its rows come into sight. */
export function RunTable({ runs, total, more, onMore }: RunTableProps) {
  const box = useRef<HTMLDivElement>(null)
  const now = useNow(1_000)
  const nameOf = useNodeNames(runs)
  const rows = useVirtualizer({
    count: runs.length + (more ? 1 : 0),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => runs[index]?.id ?? 'more',
    overscan: 12,
  })
  const visible = rows.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= runs.length - 20) onMore()
  }, [more, last, runs.length, onMore])

  const step = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const at = document.activeElement?.getAttribute('data-index')
    if (by === 0 || at === null || at === undefined) return
    event.preventDefault()
    const next = Math.min(runs.length - 1, Math.max(0, Number(at) + by))
    rows.scrollToIndex(next)
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    )
  }

  return (
    <div
      className={styles['table']}
      role="table"
      aria-label={t('listLabel')}
      aria-rowcount={total + 1}
    >
      <div ref={box} className={styles['scroll']} onKeyDown={step}>
        <div className={styles['headRow']} role="row" aria-rowindex={1}>
          {columns.map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {visible.map(({ index, start, key }) => {
            const run = runs[index]
            return run === undefined ? (
              <div key={key} className={styles['more']} style={{ top: start }}>
                {t('loadingMore')}
              </div>
            ) : (
              <RunRow
                key={key}
                run={run}
                at={run.at.map((node) => nameOf(run.flow, node)).join(', ')}
                index={index}
                top={start}
                now={now}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
