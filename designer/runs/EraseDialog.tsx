import { useState } from 'react'
import { Alert, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ErasurePreview } from '#core/api/erasures.ts'
import type { RunView } from '#core/api/views.ts'
import { operationsApi } from '../api/operations.ts'
import { queries } from '../api/queries.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import styles from './EraseDialog.module.css'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useVerb } from './use-verb.ts'

export interface EraseDialogProps {
  readonly run: RunView
  readonly onClose: () => void
}

/** Erases the case of a run for good: names what goes and what stays, and asks for its key once more. */
export function EraseDialog({ run, onClose }: EraseDialogProps) {
  const preview = useQuery(queries.erasure(run.id))
  const [written, setWritten] = useState('')
  const erase = useVerb(run.id, t('done_erase'), (reason: string) =>
    operationsApi.erase(run.id, written.trim(), reason),
  )
  const key = preview.data && (preview.data.caseKey ?? run.id)
  return (
    <ReasonDialog
      title={t('eraseTitle')}
      text={t('eraseText')}
      confirm={t('eraseConfirm')}
      danger
      ready={preview.data?.open === 0 && written.trim() === key}
      size="lg"
      verb={erase}
      onClose={onClose}
    >
      {preview.error !== null && (
        <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {preview.isPending && <PagePending />}
      {preview.data !== undefined && <Taken preview={preview.data} />}
      {key !== undefined && (
        <TextInput
          label={t('eraseKey', { key })}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
          autoComplete="off"
          required
        />
      )}
    </ReasonDialog>
  )
}

function Taken({ preview }: { readonly preview: ErasurePreview }) {
  const { runs, below, files, shared, open } = preview
  const parts = [
    { title: t('eraseRuns'), items: runs.map(({ id, flow, version }) => ({ id, text: t('eraseRun', { flow, version, id }) })) }, // prettier-ignore
    { title: t('eraseFiles'), items: files.map(({ blob, name }) => ({ id: blob, text: name })) },
    { title: t('eraseStays'), items: shared.map(({ blob, name }) => ({ id: blob, text: name })) },
  ]
  return (
    <>
      {open > 0 && <Alert color="red">{t('eraseOpen', { count: open })}</Alert>}
      <div className={styles['taken']}>
        {parts
          .filter(({ items }) => items.length > 0)
          .map(({ title, items }) => (
            <section key={title}>
              <h3>{title}</h3>
              <ul>
                {items.map(({ id, text }) => (
                  <li key={id}>{text}</li>
                ))}
              </ul>
            </section>
          ))}
        {below > 0 && <p>{t('eraseBelow', { count: below })}</p>}
      </div>
    </>
  )
}
