import { useMemo, useRef, useState } from 'react'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { diffDecisions } from '#core/decision/diff.ts'
import { restored } from '#core/decision/restore.ts'
import type { Decision } from '#core/graph/decision.ts'
import { queries } from '../../api/queries.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { PagePending } from '../../ui/PagePending.tsx'
import { useEditor } from '../editor-context.ts'
import { ChangeActions, type Changing } from './ChangeActions.tsx'
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
        <Changes
          before={data.document as Decision}
          after={decision}
          version={version}
          onClose={onClose}
        />
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
  readonly onClose: () => void
}

function Changes({ before, after, version, onClose }: ChangesProps) {
  const { change, show } = useEditor()
  const diff = useMemo(() => diffDecisions(before, after), [before, after])
  const list = useRef<HTMLDivElement>(null)
  const [told, setTold] = useState(false)
  const changing: Changing = {
    onGoTo(place) {
      if (place.of === 'document') return
      onClose()
      show({
        part: place.part,
        entry: 'id' in place ? place.id : null,
        field: 'field' in place ? place.field : null,
      })
    },
    onRestore(place) {
      change((now) => restored(now, before, place))
      setTold(true)
      // The pressed button went with its change.
      requestAnimationFrame(() => {
        const next = list.current?.querySelector<HTMLElement>('[data-restore]')
        ;(next ?? list.current)?.focus()
      })
    },
  }
  if (diff.fields.length + diff.parts.length === 0)
    return (
      <p ref={list} tabIndex={-1} className={styles['quiet']}>
        {t('same', { version })}
      </p>
    )
  return (
    <div ref={list} tabIndex={-1} className={styles['changes']}>
      <p role="status" className={styles['quiet']}>
        {told && t('restored')}
      </p>
      {diff.fields.length > 0 && (
        <section className={styles['part']}>
          <h3>{t('document')}</h3>
          <FieldLines
            fields={diff.fields}
            actionsOf={(field) => (
              <ChangeActions
                place={{ of: 'document', field }}
                name={field}
                there={false}
                {...changing}
              />
            )}
          />
        </section>
      )}
      {diff.parts.map((part) => (
        <section key={part.id} className={styles['part']} aria-label={part.name}>
          <h3>
            {part.name} <ChangeTag change={part.change} />
            <ChangeActions
              place={{ of: 'part', part: part.id }}
              name={part.name}
              there={part.change !== 'removed'}
              {...changing}
            />
          </h3>
          <FieldLines
            fields={part.fields}
            actionsOf={(field) => (
              <ChangeActions
                place={{ of: 'part-field', part: part.id, field }}
                name={t('fieldOf', { name: part.name, field })}
                there
                {...changing}
              />
            )}
          />
          <PartChanges part={part} before={before} after={after} changing={changing} />
        </section>
      ))}
    </div>
  )
}
