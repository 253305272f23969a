import { IconHeartbeat, IconPlugConnectedX } from '@tabler/icons-react'
import type { ConnectionHealth } from '#core/api/views.ts'
import { clockText } from '../ui/moment-text.ts'
import { Notice } from '../ui/Notice.tsx'
import { t } from './messages.ts'

/** Whether the other system answers, as the engine sees it. Nothing where nobody has asked it. */
export function HealthNotice({ health }: { readonly health: ConnectionHealth | undefined }) {
  if (health === undefined || (health.state === 'closed' && health.calls === 0)) return null
  const { state, calls, failures, since, nextTry } = health
  const isDown = state !== 'closed'
  return (
    <Notice
      tone={isDown ? 'failed' : 'done'}
      icon={isDown ? IconPlugConnectedX : IconHeartbeat}
      title={t(`health_${state}`)}
    >
      {t('healthCounts', { failures, calls })}
      {isDown && since !== null && ` ${t('healthSince', { time: clockText(since) })}`}
      {nextTry !== null && ` ${t('healthNext', { time: clockText(nextTry) })}`}
    </Notice>
  )
}
