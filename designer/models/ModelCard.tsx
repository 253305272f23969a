import { Tooltip } from '@mantine/core'
import { IconFlask2 } from '@tabler/icons-react'
import type { ModelView } from '#core/api/views.ts'
import { ValueView } from '../runs/value/ValueView.tsx'
import { Notice } from '../ui/Notice.tsx'
import { shownCard, type ShownCard } from './card-schema.ts'
import { ClassifierParts } from './ClassifierParts.tsx'
import { t } from './messages.ts'
import { ScorecardParts } from './ScorecardParts.tsx'
import styles from './ModelsPage.module.css'

/** One version of a model: what it is for, how good it is, on which data, and how it counts. */
export function ModelCard({ model }: { readonly model: ModelView }) {
  const parsed = shownCard.safeParse(model.card)
  if (!parsed.success)
    return <ValueView value={model.card} label={t('plainCard')} maxHeight={640} />
  const card = parsed.data
  return (
    <article className={styles['card']}>
      <header>
        <h2 className={styles['title']}>{card.title}</h2>
        <p className={styles['purpose']}>{card.purpose}</p>
        <p className={styles['quiet']}>
          <code className="mono">{model.name}</code> · {t('version', { version: model.version })} ·{' '}
          {t('trained', { date: card.date })} ·{' '}
          <Tooltip label={model.hash}>
            <code className="mono">{model.hash.slice(0, 19)}…</code>
          </Tooltip>
        </p>
      </header>
      {card.data.synthetic && (
        <Notice tone="waiting" icon={IconFlask2} title={t('synthetic')}>
          {card.data.statement}
        </Notice>
      )}
      {card.kind === 'scorecard' ? <ScorecardParts card={card} /> : <ClassifierParts card={card} />}
      <DataPart card={card} />
    </article>
  )
}

function DataPart({ card }: { readonly card: ShownCard }) {
  const { data, limits } = card
  const facts = [
    [t('rowsTraining'), data.trainingRows?.toLocaleString('en-IN')],
    [t('rowsHoldout'), data.holdoutRows?.toLocaleString('en-IN')],
    [t('generator'), data.generator],
    [t('seed'), data.seed === undefined ? undefined : String(data.seed)],
  ] as const
  return (
    <>
      {limits.length > 0 && (
        <section>
          <h3 className={styles['part']}>{t('limits')}</h3>
          <ul className={styles['limits']}>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3 className={styles['part']}>{t('data')}</h3>
        <dl className={styles['facts']}>
          {facts.map(
            ([name, value]) =>
              value !== undefined && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="num">{value}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
    </>
  )
}
