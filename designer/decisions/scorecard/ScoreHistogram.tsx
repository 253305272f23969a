import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { Button, FileButton, Group } from '@mantine/core'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { wholeNumber } from '../../ui/whole-number.ts'
import { useEditor } from '../editor-context.ts'
import type { Population } from './applicants.ts'
import { histogram, median, niceStep, scoreRange, zonesOf } from './histogram.ts'
import { t } from './messages.ts'
import { percent } from './Share.tsx'
import parts from '../parts/Parts.module.css'
import styles from './Scorecard.module.css'

type CutoffName = 'declineBelow' | 'approveFrom'

export interface ScoreHistogramProps {
  readonly part: ScorecardPart
  readonly population: Population
  /** The sample's score. */
  readonly sample: number | null
  readonly onCutoff: (name: CutoffName, score: number) => void
}

/** How the applicants score, what the cut-offs make of them, and the cut-offs themselves to be dragged. */
export function ScoreHistogram({ part, population, sample, onCutoff }: ScoreHistogramProps) {
  const counted = population.parts[part.id]
  const scores = useMemo(() => counted?.scores ?? [], [counted])
  const { cutoffs = {} } = part
  const bars = useMemo(
    () =>
      histogram(scores, [
        ...scoreRange(part),
        ...Object.values(part.cutoffs ?? {}).filter((each) => each !== undefined),
        ...(sample === null ? [] : [sample]),
      ]),
    [scores, part, sample],
  )
  const zones = zonesOf(cutoffs, bars, scores)
  const highest = Math.max(1, ...bars.counts)
  const percentAt = (score: number): string =>
    `${((score - bars.from) / (bars.to - bars.from)) * 100}%`
  const middle = median(scores)
  return (
    <section className={styles['histogram']} aria-label={t('histogram')}>
      <div className={styles['plot']}>
        {zones.map(({ outcome, from, to, count }) => (
          <div
            key={outcome}
            className={styles['zone']}
            data-outcome={outcome}
            style={{ left: percentAt(from), right: `calc(100% - ${percentAt(to)})` }}
            title={t('zoneHint', { count: wholeNumber(count), all: wholeNumber(scores.length) })}
          >
            <span>
              {scores.length === 0
                ? t(`zone_${outcome}`)
                : t('zone', {
                    outcome: t(`zone_${outcome}`),
                    share: percent(count, scores.length),
                  })}
            </span>
          </div>
        ))}
        <div className={styles['bars']}>
          {bars.counts.map((count, index) => {
            const from = bars.from + index * bars.step
            return (
              <span
                key={from}
                style={{ height: `${(count / highest) * 100}%` }}
                data-some={count > 0 || undefined}
                title={t('barHint', {
                  from: tidy(from),
                  to: tidy(from + bars.step),
                  count: wholeNumber(count),
                })}
              />
            )
          })}
        </div>
        {sample !== null && (
          <span
            className={styles['sample']}
            data-right={sample > (bars.from + bars.to) / 2 || undefined}
            style={{ left: percentAt(sample) }}
          >
            <span>{t('sample', { score: tidy(sample) })}</span>
          </span>
        )}
        {(['declineBelow', 'approveFrom'] as const).map((name) => {
          const score = cutoffs[name]
          return score === undefined ? null : (
            <Cutoff
              key={name}
              name={name}
              score={score}
              bars={bars}
              left={percentAt(score)}
              onChange={(next) => onCutoff(name, next)}
            />
          )
        })}
      </div>
      <div className={styles['axis']} aria-hidden>
        <span>{tidy(bars.from)}</span>
        <span>{tidy((bars.from + bars.to) / 2)}</span>
        <span>{tidy(bars.to)}</span>
      </div>
      <Source population={population} scored={scores.length} middle={middle} counted={counted} />
    </section>
  )
}

/** Without the dust of binary fractions. */
const tidy = (value: number): string => String(Number(value.toPrecision(12)))

interface CutoffProps {
  readonly name: CutoffName
  readonly score: number
  readonly bars: { readonly from: number; readonly to: number }
  readonly left: string
  readonly onChange: (score: number) => void
}

/** px by which a press may slip before it is a drag */
const slip = 3

function Cutoff({ name, score, bars, left, onChange }: CutoffProps) {
  const drag = useRef<{ from: number; to: number; left: number; width: number; x: number } | null>(
    null,
  )
  const step = niceStep((bars.to - bars.from) / 1000)
  const rounded = (value: number): number => Number((Math.round(value / step) * step).toFixed(9))
  const down = (event: PointerEvent<HTMLElement>): void => {
    const plot = event.currentTarget.parentElement?.getBoundingClientRect()
    if (plot === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    // The scale stays while one drags, though the cut-off itself may widen it.
    drag.current = { ...bars, left: plot.left, width: plot.width, x: event.clientX }
  }
  const move = (event: PointerEvent): void => {
    const held = drag.current
    if (held === null || Math.abs(event.clientX - held.x) < slip) return
    const share = Math.min(1, Math.max(0, (event.clientX - held.left) / held.width))
    const next = rounded(held.from + share * (held.to - held.from))
    if (next !== score) onChange(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
    }[event.key]
    if (by === undefined) return
    event.preventDefault()
    onChange(rounded(score + by * step))
  }
  const words = t('cutoffHandle', { name: t(name), score: tidy(score) })
  return (
    <span
      className={styles['cutoff']}
      data-name={name}
      role="slider"
      tabIndex={0}
      aria-label={t(name)}
      aria-valuenow={score}
      aria-valuemin={bars.from}
      aria-valuemax={bars.to}
      title={words}
      style={{ left }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={onKeyDown}
    >
      <span>{tidy(score)}</span>
    </span>
  )
}

interface SourceProps {
  readonly population: Population
  readonly scored: number
  readonly middle: number | null
  readonly counted: Population['parts'][string] | undefined
}

/** Who is counted, and from where. */
function Source({ population, scored, middle, counted }: SourceProps) {
  const { applicants, setApplicants } = useEditor()
  const { count, failed, problem } = population
  const facts = [
    applicants === null
      ? t('ofTests', { count: wholeNumber(count) })
      : t('ofFile', { count: wholeNumber(count), file: applicants.name }),
    ...(middle === null ? [] : [t('middle', { score: tidy(middle) })]),
    ...(counted === undefined || counted.unscored === 0
      ? []
      : [t('unscored', { count: wholeNumber(counted.unscored) })]),
    ...(failed === 0 ? [] : [t('failed', { count: wholeNumber(failed) })]),
  ]
  return (
    <Group gap="xs" justify="space-between">
      <span className={parts['quiet']} role={problem === null ? undefined : 'alert'}>
        {problem !== null
          ? t('notCounted', { problem })
          : scored === 0
            ? t('noApplicants')
            : facts.join(' · ')}
      </span>
      <Group gap={4}>
        {applicants !== null && (
          <Button variant="subtle" size="compact-xs" onClick={() => setApplicants(null)}>
            {t('fromTests')}
          </Button>
        )}
        <FileButton
          accept=".csv,text/csv"
          onChange={(file) => {
            if (file !== null) setApplicants(file)
          }}
        >
          {(props) => (
            <Button {...props} variant="subtle" size="compact-xs" title={t('fromFileHint')}>
              {t('fromFile')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Group>
  )
}
