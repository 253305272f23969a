import { useMemo } from 'react'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { diffDecisions } from '#core/decision/diff.ts'
import type { Decision } from '#core/graph/decision.ts'
import { queries } from '../../api/queries.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { PagePending } from '../../ui/PagePending.tsx'
import { ChangeTag, FieldLines } from './FieldLines.tsx'
import { t } from './messages.ts'
import { PartChanges } from './PartChanges.tsx'
import styles from './Compare.module.css'

export interface CompareDialogProps {
  readonly decision: Decision
  readonly version: number
  readonly onClose: () => void
}

/** The draft beside a published version: part by part, row by row, cell by cell. */
export function CompareDialog({ decision, version, onClose }: CompareDialogProps) {
  const { data, error, refetch } = useQuery(queries.decision(decision.id, version))
  return (
    <Modal opened onClose={onClose} title={t('title', { version })} size="xl">
      {data !== undefined ? (
        // The server validated the document against the schema when it was published.
        <Changes before={data.document as Decision} after={decision} version={version} />
      ) : error === null ? (
        <PagePending />
      ) : (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      )}
    </Modal>
  )
}

interface ChangesProps {
  readonly before: Decision
  readonly after: Decision
  readonly version: number
}

function Changes({ before, after, version }: ChangesProps) {
  const diff = useMemo(() => diffDecisions(before, after), [before, after])
  if (diff.fields.length + diff.parts.length === 0)
    return <p className={styles['quiet']}>{t('same', { version })}</p>
  return (
    <>
      {diff.fields.length > 0 && (
        <section className={styles['part']}>
          <h3>{t('document')}</h3>
          <FieldLines fields={diff.fields} />
        </section>
      )}
      {diff.parts.map((part) => (
        <section key={part.id} className={styles['part']} aria-label={part.name}>
          <h3>
            {part.name} <ChangeTag change={part.change} />
          </h3>
          <FieldLines fields={part.fields} />
          <PartChanges part={part} before={before} after={after} />
        </section>
      ))}
    </>
  )
}
