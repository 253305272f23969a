import { Link } from '@tanstack/react-router'
import { IconChevronRight } from '@tabler/icons-react'
import type { RunView } from '#core/api/views.ts'
import { isOver } from '../api/run-events.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { durationText } from '../ui/duration-text.ts'
import { childName } from './ChildRuns.tsx'
import { t } from './messages.ts'
import { fullTime, momentText } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './RunPage.module.css'

export function RunTitle({ run }: { readonly run: RunView }) {
  return (
    <span className={styles['crumbs']}>
      <Link to="/runs" className={styles['crumb']}>
        {t('backToRuns')}
      </Link>
      <IconChevronRight size={14} aria-hidden />
      {run.parent ? (
        <>
          <Link
            to="/runs/$runId"
            params={{ runId: run.parent.run }}
            // The route declares no search schema.
            search={{ step: run.parent.step } as never}
            className={styles['crumb']}
          >
            {run.caseKey ?? t('parentRun')}
          </Link>
          <IconChevronRight size={14} aria-hidden />
          {childName(run)}
        </>
      ) : (
        (run.caseKey ?? run.flowName)
      )}
      <StateBadge state={run.status} />
    </span>
  )
}

export function RunSubtitle({ run }: { readonly run: RunView }) {
  const over = isOver(run)
  const now = useNow(1_000, !over)
  const duration = durationText((run.endedAt ?? now) - run.startedAt)
  const version = run.version === 'draft' ? t('draft') : t('version', { version: run.version })
  return (
    <span className="num" title={`${fullTime(run.startedAt)} · ${run.id}`}>
      {run.flowName} {version} · {t('started', { when: momentText(run.startedAt, now) })} ·{' '}
      {over ? t('took', { duration }) : t('since', { duration })}
    </span>
  )
}
