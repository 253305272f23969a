import { useMemo } from 'react'
import { Button, FileButton, Group } from '@mantine/core'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { wholeNumber } from '../../ui/whole-number.ts'
import { useEditor } from '../editor-context.ts'
import type { Population } from './applicants.ts'
import { histogram, median, niceStep, scoreRange, zonesOf, type Zone } from './histogram.ts'
import { t } from './messages.ts'
import { OutcomeSelect } from './OutcomeSelect.tsx'
import { PlotHandle, tidy } from './PlotHandle.tsx'
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
  const zones = zonesOf(cutoffs, bars, { scores, bads: counted?.bads ?? [] })
  const highest = Math.max(1, ...bars.counts)
  const percentAt = (score: number): string =>
    `${((score - bars.from) / (bars.to - bars.from)) * 100}%`
  const middle = median(scores)
  return (
    <section className={styles['histogram']} aria-label={t('histogram')}>
      <div className={styles['plot']}>
        {zones.map(({ outcome, from, to, count, bad, known }) => (
          <div
            key={outcome}
            className={styles['zone']}
            data-outcome={outcome}
            style={{ left: percentAt(from), right: `calc(100% - ${percentAt(to)})` }}
            title={t('zoneHint', { count: wholeNumber(count), all: wholeNumber(scores.length) })}
          >
            <span>
              {zoneWords(
                outcome,
                scores.length === 0 ? null : percent(count, scores.length),
                known === 0 ? null : percent(bad, known),
              )}
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
            <PlotHandle
              key={name}
              name={t(name)}
              value={score}
              range={bars}
              step={niceStep((bars.to - bars.from) / 1000)}
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

/** What a zone gives, to how many, and how many of those went bad. */
function zoneWords(outcome: Zone['outcome'], share: string | null, bad: string | null): string {
  const name = t(`zone_${outcome}`)
  if (share === null) return name
  return bad === null
    ? t('zone', { outcome: name, share })
    : t('zoneBad', { outcome: name, share, bad })
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
      : t('ofFile', { count: wholeNumber(count), file: applicants.file.name }),
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
        <OutcomeSelect population={population} />
        {applicants !== null && (
          <Button variant="subtle" size="compact-xs" onClick={() => setApplicants(null)}>
            {t('fromTests')}
          </Button>
        )}
        <FileButton
          accept=".csv,text/csv"
          onChange={(file) => {
            if (file !== null) setApplicants({ file, outcome: 'guess' })
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
