import type { ClassifierCard } from './card-schema.ts'
import { Figures, percent } from './Figures.tsx'
import { t } from './messages.ts'
import styles from './ModelsPage.module.css'

export function ClassifierParts({ card }: { readonly card: ClassifierCard }) {
  const { metrics, classifier } = card
  return (
    <>
      <section>
        <h3 className={styles['part']}>
          {t('metrics')} <span className={styles['hint']}>{t('metricsHoldout')}</span>
        </h3>
        <Figures
          figures={[
            { name: t('accuracy'), value: percent(metrics.accuracy), help: t('accuracyHelp') },
            { name: t('accuracyOfAccepted'), value: percent(metrics.accuracyOfAccepted) },
            { name: t('rejected'), value: percent(metrics.rejected), help: t('rejectedHelp') },
            {
              name: t('strangersToOther'),
              value: percent(metrics.strangersToOther),
              help: t('strangersHelp'),
            },
          ]}
        />
      </section>
      <section>
        <h3 className={styles['part']}>
          {t('confusion')} <span className={styles['hint']}>{t('confusionHint')}</span>
        </h3>
        <Confusion labels={classifier.labels} counts={metrics.confusion} />
      </section>
    </>
  )
}

const words = (label: string): string => label.replaceAll(/[_-]/g, ' ')

interface ConfusionProps {
  readonly labels: readonly string[]
  readonly counts: readonly (readonly number[])[]
}

/** Counts with their share of the row as shade; the diagonal is what was right. */
function Confusion({ labels, counts }: ConfusionProps) {
  return (
    <div className={styles['scroll']}>
      <table className={styles['confusion']}>
        <thead>
          <tr>
            <th>{t('truth')}</th>
            {labels.map((label) => (
              <th key={label}>{words(label)}</th>
            ))}
          </tr>
        </thead>
        <tbody className="num">
          {counts.map((row, truth) => {
            const total = row.reduce((sum, count) => sum + count, 0) || 1
            return (
              <tr key={labels[truth]}>
                <th>{words(labels[truth] ?? '')}</th>
                {row.map((count, answer) => (
                  <td
                    key={labels[answer]}
                    style={{
                      background: `color-mix(in srgb, var(--${truth === answer ? 'done' : 'failed'}) ${Math.round((count / total) * 45)}%, transparent)`,
                    }}
                  >
                    {count === 0 ? '·' : count}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
