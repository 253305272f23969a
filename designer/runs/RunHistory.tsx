import { useState } from 'react'
import { Switch } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { EventView } from '#core/api/views.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { t } from './messages.ts'
import { eventLine } from './event-line.ts'
import type { StepFacts } from './step-facts.ts'
import { clockText, fullTime } from '../ui/moment-text.ts'
import styles from './RunHistory.module.css'

export interface RunHistoryProps {
  readonly events: UseQueryResult<EventView[]>
  readonly facts: StepFacts
  readonly onSelect: (step: string) => void
}

/** Everything that happened in the run, newest first, with who did it and why. */
export function RunHistory({ events, facts, onSelect }: RunHistoryProps) {
  const [people, setPeople] = useState(false)
  if (events.error !== null)
    return <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />
  if (events.data === undefined) return <PagePending />
  const lines = events.data.map((event) => eventLine(event, facts.nameOf))
  const shown = (people ? lines.filter((line) => line.byPerson) : lines).toReversed()
  return (
    <div className={styles['history']}>
      <Switch
        label={t('onlyPeople')}
        checked={people}
        onChange={(event) => setPeople(event.currentTarget.checked)}
      />
      {shown.length === 0 && <p>{people ? t('noPeople') : t('historyEmpty')}</p>}
      <ol className={styles['lines']} aria-label={t('historyLabel')}>
        {shown.map((line) => (
          <li key={line.seq} className={styles['line']}>
            <time className="num" title={fullTime(line.at)}>
              {clockText(line.at)}
            </time>
            <span>
              {line.step === null ? (
                <b>{line.what}</b>
              ) : (
                <>
                  <button
                    type="button"
                    className={styles['node']}
                    onClick={() => onSelect(line.step ?? '')}
                  >
                    {line.node}
                  </button>{' '}
                  {line.what}
                </>
              )}
              {line.detail !== '' && <span className={styles['detail']}> {line.detail}</span>}
              {line.actor !== null && (
                <span className={styles['detail']}> {t('historyBy', { actor: line.actor })}</span>
              )}
              {line.reason !== null && <q className={styles['reason']}>{line.reason}</q>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
