import { useMemo, type CSSProperties } from 'react'
import { Tooltip } from '@mantine/core'
import type { EventView, RunView, StepView } from '#core/api/views.ts'
import { isOver } from '../api/run-events.ts'
import { stateLooks } from '../ui/StateBadge.tsx'
import { durationText } from '../ui/duration-text.ts'
import { t } from './messages.ts'
import { epochOf, isOpen, type StepFacts } from './step-facts.ts'
import { clockText } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import { axisTicks, timeScale, type TimeScale } from './waterfall.ts'
import styles from './RunTimeline.module.css'

export interface RunTimelineProps {
  readonly run: RunView
  readonly events: readonly EventView[]
  readonly facts: StepFacts
  readonly selected: string | null
  readonly onSelect: (step: string) => void
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`

/** The steps as bars on one time scale, in the order they began, each attempt marked, idle time folded. */
export function RunTimeline({ run, events, facts, selected, onSelect }: RunTimelineProps) {
  const now = useNow(1_000, !isOver(run))
  const steps = useMemo(() => run.steps.toSorted((a, b) => a.startedAt - b.startedAt), [run.steps])
  const attempts = useMemo(() => attemptsOf(events), [events])
  const end = run.endedAt ?? (isOver(run) ? run.startedAt : now)
  const scale = timeScale([
    run.startedAt,
    end,
    ...steps.flatMap((step) => [step.startedAt, step.endedAt ?? end]),
    ...[...attempts.values()].flat(),
  ])
  if (steps.length === 0) return <p className={styles['empty']}>{t('noSteps')}</p>
  return (
    <div className={styles['chart']}>
      <div className={styles['axis']} aria-hidden>
        {axisTicks(scale).map((tick) => (
          <span key={tick} style={{ left: percent(scale.place(scale.from + tick)) }}>
            {durationText(tick)}
          </span>
        ))}
      </div>
      <div className={styles['folds']} aria-hidden>
        {scale.folds.map((fold) => (
          <Tooltip
            key={fold.from}
            label={t('folded', { duration: durationText(fold.to - fold.from) })}
          >
            <div style={{ left: percent(fold.start), width: percent(fold.end - fold.start) }} />
          </Tooltip>
        ))}
      </div>
      <ol className={styles['steps']} aria-label={t('stepsLabel')}>
        {steps.map((step) => (
          <StepBar
            key={step.step}
            step={step}
            scale={scale}
            end={end}
            attempts={attempts.get(step.step) ?? []}
            name={facts.nameOf(step.node)}
            selected={step.step === selected}
            onSelect={() => onSelect(step.step)}
          />
        ))}
      </ol>
    </div>
  )
}

/** When each attempt of a step began, by step. */
function attemptsOf(events: readonly EventView[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const { type, step, at, data } of events)
    if (step !== null && (type === 'step.started' || type === 'step.retrying')) {
      const next = data['nextAt']
      found.set(step, [...(found.get(step) ?? []), typeof next === 'number' ? next : at])
    }
  return found
}

interface StepBarProps {
  readonly step: StepView
  readonly scale: TimeScale
  readonly end: number
  readonly attempts: readonly number[]
  readonly name: string
  readonly selected: boolean
  readonly onSelect: () => void
}

function StepBar({ step, scale, end, attempts, name, selected, onSelect }: StepBarProps) {
  const { icon: Sign, tone, label } = stateLooks[step.status]
  const from = scale.place(step.startedAt)
  const to = scale.place(step.endedAt ?? end)
  const length = durationText((step.endedAt ?? end) - step.startedAt)
  const epoch = epochOf(step.step)
  return (
    <li>
      <button type="button" className={styles['step']} aria-pressed={selected} onClick={onSelect}>
        <span className={styles['name']}>
          <Sign size={14} color={`var(--${tone})`} aria-label={label} />
          <span className={styles['clip']}>{name}</span>
          {epoch > 1 && <span className={styles['quiet']}>{t('visit', { epoch })}</span>}
        </span>
        <span className={styles['track']}>
          <span
            className={styles['bar']}
            data-open={isOpen(step) || undefined}
            style={{ left: percent(from), width: percent(to - from), background: `var(--${tone})` }}
          />
          {attempts.slice(1).map((at, index) => (
            <span
              key={at}
              className={styles['attempt']}
              style={{ left: percent(scale.place(at)) }}
              title={t('attemptAt', { attempt: index + 2, time: clockText(at) })}
            />
          ))}
          <span className={`num ${styles['length'] ?? ''}`} style={lengthPlace(from, to)}>
            {length}
            {step.attempts > 1 && ` · ${t('attempts', { count: step.attempts })}`}
          </span>
        </span>
      </button>
    </li>
  )
}

/** Right of the bar, or in its end where there is no room, or left of it where it is short. */
function lengthPlace(from: number, to: number): CSSProperties {
  if (to < 0.82) return { left: `calc(${percent(to)} + 6px)` }
  if (to - from > 0.2) return { right: `calc(${percent(1 - to)} + 6px)`, color: 'var(--surface)' }
  return { right: `calc(${percent(1 - from)} + 6px)` }
}
