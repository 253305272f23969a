import type { Distribution } from './distribution.ts'
import { wholeNumber } from '../../ui/whole-number.ts'
import { t } from './messages.ts'
import { PlotHandle, tidy } from './PlotHandle.tsx'
import { niceStep } from './histogram.ts'
import { percent } from './Share.tsx'
import styles from './Scorecard.module.css'

export interface BinDistributionProps {
  readonly name: string
  readonly values: Distribution
  /** Where bins meet, from the least up. */
  readonly borders: readonly number[]
  readonly onMove: (border: number, to: number) => void
}

/** How the applicants' values lie, what share of each bar went bad, and the borders of the bins to be dragged. */
export function BinDistribution({ name, values, borders, onMove }: BinDistributionProps) {
  const { from, to, step, counts, bads, whole } = values
  const highest = Math.max(1, ...counts)
  const nice = niceStep((to - from) / 200)
  const keyStep = whole ? Math.max(1, nice) : nice
  return (
    <div className={styles['values']} role="group" aria-label={t('valuesOf', { name })}>
      <div className={styles['bars']}>
        {counts.map((count, index) => {
          const [low, bad] = [from + index * step, bads[index] ?? 0]
          const words = {
            from: tidy(low),
            to: tidy(low + step),
            count: wholeNumber(count),
            share: percent(bad, count),
          }
          return (
            <span
              key={low}
              style={{ height: `${(count / highest) * 100}%` }}
              data-some={count > 0 || undefined}
              title={t(bad === 0 ? 'barHint' : 'barHintBad', words)}
            >
              {bad > 0 && <i style={{ height: `${(bad / count) * 100}%` }} />}
            </span>
          )
        })}
      </div>
      {borders.map((border, index) => {
        const [before, after] = [borders[index - 1], borders[index + 1]]
        return (
          <PlotHandle
            // A border keeps its place among the others while it moves.
            key={index}
            name={t('borderOf', { name, number: index + 1 })}
            value={border}
            range={values}
            limits={{
              from: before === undefined ? -Infinity : before + keyStep,
              to: after === undefined ? Infinity : after - keyStep,
            }}
            step={keyStep}
            onChange={(next) => onMove(border, next)}
          />
        )
      })}
      <div className={styles['axis']} aria-hidden>
        <span>{tidy(from)}</span>
        <span>{tidy(to)}</span>
      </div>
    </div>
  )
}
