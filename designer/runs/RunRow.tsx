import { memo } from 'react'
import { Link } from '@tanstack/react-router'
import type { RunSummary } from '#core/api/views.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { durationText } from '../ui/duration-text.ts'
import { t } from './messages.ts'
import { fullTime, momentText } from '../ui/moment-text.ts'
import styles from './RunsPage.module.css'

export interface RunRowProps {
  readonly run: RunSummary
  /** Names of the nodes that it is at. */
  readonly at: string
  readonly index: number
  /** px from the list's top */
  readonly top: number
  readonly now: number
}

const shortId = (id: string): string => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)

function Row({ run, at, index, top, now }: RunRowProps) {
  return (
    <Link
      to="/runs/$runId"
      params={{ runId: run.id }}
      preload={false}
      className={styles['row']}
      style={{ top }}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
    >
      <span role="cell">
        <StateBadge state={run.status} />
      </span>
      <span role="cell" className={styles['clip']} title={run.id}>
        {run.caseKey ?? <span className={styles['quiet']}>{shortId(run.id)}</span>}
      </span>
      <span role="cell" className={styles['clip']}>
        {run.flowName}{' '}
        <span className={styles['quiet']}>
          {run.version === 'draft' ? t('draft') : t('version', { version: run.version })}
        </span>
      </span>
      <span role="cell" className={styles['clip']}>
        {at === '' ? <span className={styles['quiet']}>–</span> : at}
      </span>
      <span role="cell" className="num" title={fullTime(run.startedAt)}>
        {momentText(run.startedAt, now)}
      </span>
      <span role="cell" className={`num ${styles['right'] ?? ''}`}>
        {durationText((run.endedAt ?? now) - run.startedAt)}
      </span>
    </Link>
  )
}

/** Rows that have ended stand still while the clock of the others goes on. */
export const RunRow = memo(
  Row,
  (before, after) =>
    before.run === after.run &&
    before.at === after.at &&
    before.top === after.top &&
    before.index === after.index &&
    (after.run.endedAt !== null || before.now === after.now),
)
