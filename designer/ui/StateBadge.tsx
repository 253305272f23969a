import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour4,
  IconLoader2,
  IconPlayerPause,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react'
import type { RunStatusView, StepStatus } from '#core/api/views.ts'
import { t } from './messages.ts'
import styles from './StateBadge.module.css'

export type AnyState = RunStatusView | StepStatus | 'skipped'

/** How each state of a run or step looks: always an icon and a word beside the colour. */
export const stateLooks: Record<
  AnyState,
  { readonly icon: Icon; readonly tone: string; readonly label: string }
> = {
  running: { icon: IconLoader2, tone: 'running', label: t('state_running') },
  waiting: { icon: IconClockHour4, tone: 'waiting', label: t('state_waiting') },
  retrying: { icon: IconRefresh, tone: 'waiting', label: t('state_retrying') },
  incident: { icon: IconAlertOctagon, tone: 'incident', label: t('state_incident') },
  suspended: { icon: IconPlayerPause, tone: 'idle', label: t('state_suspended') },
  undoing: { icon: IconArrowBackUp, tone: 'waiting', label: t('state_undoing') },
  completed: { icon: IconCircleCheck, tone: 'done', label: t('state_completed') },
  failed: { icon: IconCircleX, tone: 'failed', label: t('state_failed') },
  cancelled: { icon: IconBan, tone: 'idle', label: t('state_cancelled') },
  continued: { icon: IconRefresh, tone: 'done', label: t('state_continued') },
  stopped: { icon: IconBan, tone: 'idle', label: t('state_stopped') },
  skipped: { icon: IconCircleDashed, tone: 'idle', label: t('state_skipped') },
}

export interface StateBadgeProps {
  readonly state: AnyState
}

export function StateBadge({ state }: StateBadgeProps) {
  const { icon: StateIcon, tone, label } = stateLooks[state]
  return (
    <span
      className={styles['badge']}
      data-state={state}
      style={{ color: `var(--${tone})`, background: `var(--${tone}-soft)` }}
    >
      <StateIcon size={14} stroke={2} className={state === 'running' ? styles['turning'] : ''} />
      {label}
    </span>
  )
}
