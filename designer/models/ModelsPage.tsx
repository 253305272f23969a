import { useState } from 'react'
import { IconBrain } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ModelView } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { shownCard } from './card-schema.ts'
import { ModelCard } from './ModelCard.tsx'
import { t } from './messages.ts'
import styles from './ModelsPage.module.css'

const keyOf = (model: ModelView): string => `${model.name}@${model.version}`

/** The registry: each version with its card, as a risk officer wants to read it. */
export function ModelsPage() {
  const { data, error, isPending, refetch } = useQuery(queries.models())
  const [chosen, setChosen] = useState<string | null>(null)
  const model = data?.find((each) => keyOf(each) === chosen) ?? data?.[0]
  return (
    <PageFrame title={t('models')} subtitle={t('subtitle')} flush>
      {isPending && <PagePending />}
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyNote icon={IconBrain} title={t('emptyTitle')} text={t('emptyText')} />
      )}
      {data !== undefined && model !== undefined && (
        <div className={styles['page']}>
          <nav className={styles['list']} aria-label={t('listLabel')}>
            {data.map((each) => (
              <ModelLine
                key={keyOf(each)}
                model={each}
                chosen={each === model}
                onChoose={() => setChosen(keyOf(each))}
              />
            ))}
          </nav>
          <div className={styles['body']}>
            <ModelCard key={keyOf(model)} model={model} />
          </div>
        </div>
      )}
    </PageFrame>
  )
}

interface ModelLineProps {
  readonly model: ModelView
  readonly chosen: boolean
  readonly onChoose: () => void
}

function ModelLine({ model, chosen, onChoose }: ModelLineProps) {
  const card = shownCard.safeParse(model.card)
  return (
    <button type="button" className={styles['line']} aria-pressed={chosen} onClick={onChoose}>
      <b>{card.success ? card.data.title : model.name}</b>
      <span>
        {t('version', { version: model.version })}
        {card.success && ` · ${t(`kind_${card.data.kind}`)}`}
      </span>
    </button>
  )
}
