import { useState, type ReactNode } from 'react'
import {
  Alert,
  Button,
  Group,
  Modal,
  Progress,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BulkQuery, BulkView, Verb } from '#core/api/verbs.ts'
import { operationsApi } from '../../api/operations.ts'
import { t as shell } from '../../ui/messages.ts'
import { t } from '../messages.ts'
import { BulkItems } from './BulkItems.tsx'
import { VerbFields, type BulkVerb } from './VerbFields.tsx'

export interface BulkDialogProps {
  readonly query: BulkQuery
  /** The version that the runs have, where they all have one. */
  readonly from: number | 'draft' | undefined
  readonly only?: readonly BulkVerb[]
  /** How many they are; absent where that is not known before the preview. */
  readonly total?: number
  readonly title?: string
  /** What narrows the query further, above the verb. */
  readonly narrow?: ReactNode
  readonly onClose: () => void
}

const irreversible: readonly Verb['do'][] = ['cancel']

/** One verb on many runs: choose it, see exactly which runs it would change, say why, watch it, read each verdict. */
export function BulkDialog({
  query,
  from,
  only,
  total = 0,
  title,
  narrow,
  onClose,
}: BulkDialogProps) {
  const [verb, setVerb] = useState<Verb | null>(null)
  const preview = useMutation({
    mutationFn: (chosen: Verb) => operationsApi.preview(query, chosen),
  })
  const shown = preview.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={title ?? (total === 1 ? t('bulkTitleOne') : t('bulkTitle', { count: total }))}
      size="xl"
      closeOnClickOutside={verb === null}
    >
      {shown === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (verb !== null) preview.mutate(verb)
          }}
        >
          <Stack gap="sm">
            {narrow}
            <VerbFields flow={query.flow} from={from} only={only} onChange={setVerb} />
            {preview.error !== null && <Alert color="red">{preview.error.message}</Alert>}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {shell('cancel')}
              </Button>
              <Button type="submit" disabled={verb === null} loading={preview.isPending}>
                {t('bulkPreview')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Applying preview={shown} onBack={() => preview.reset()} onClose={onClose} />
      )}
    </Modal>
  )
}

function Applying({
  preview,
  onBack,
  onClose,
}: {
  readonly preview: BulkView
  readonly onBack: () => void
  readonly onClose: () => void
}) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [word, setWord] = useState('')
  const apply = useMutation({
    mutationFn: () => operationsApi.apply(preview.id, reason.trim()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['bulk', preview.id] }),
  })
  const state = useQuery({
    queryKey: ['bulk', preview.id],
    queryFn: () => operationsApi.bulk(preview.id),
    initialData: preview,
    refetchInterval: ({ state: { data } }) => (data?.status === 'running' ? 400 : false),
  })
  const bulk = state.data
  const typed = !irreversible.includes(bulk.verb.do) || word.trim() === t('bulkWord')
  const judged = bulk.done + bulk.changed + bulk.refused
  const possible = bulk.total - bulk.refusals
  const close = (): void => {
    void client.invalidateQueries({ queryKey: ['runs'] })
    onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '' && typed) apply.mutate()
      }}
    >
      <Stack gap="sm">
        {bulk.status === 'previewed' ? (
          <Text>
            <b>{t(`verb_${bulk.verb.do}`)}</b>
            {': '}
            {t('bulkWill', { count: possible })}
            {bulk.refusals > 0 && ` ${t('bulkWillRefuse', { count: bulk.refusals })}`}
          </Text>
        ) : (
          <div role="status">
            <Text mb={4}>
              {bulk.status === 'running'
                ? t('bulkProgress', { done: judged, total: bulk.total })
                : t('bulkDone', {
                    done: bulk.done,
                    changed: bulk.changed,
                    refused: bulk.refused,
                  })}
            </Text>
            <Progress value={(100 * judged) / bulk.total} aria-label={t('bulkProgressLabel')} />
          </div>
        )}
        <BulkItems bulk={bulk} />
        {bulk.status === 'previewed' && (
          <>
            <Textarea
              label={t('reason')}
              description={t('reasonHint')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              required
              autosize
              minRows={2}
              data-autofocus
            />
            {irreversible.includes(bulk.verb.do) && (
              <TextInput
                label={t('bulkType', { word: t('bulkWord') })}
                value={word}
                onChange={(event) => setWord(event.currentTarget.value)}
              />
            )}
          </>
        )}
        {apply.error !== null && <Alert color="red">{apply.error.message}</Alert>}
        <Group justify="flex-end" gap="xs">
          {bulk.status === 'previewed' ? (
            <>
              <Button variant="default" onClick={onBack}>
                {t('bulkBack')}
              </Button>
              <Button
                type="submit"
                loading={apply.isPending}
                disabled={reason.trim() === '' || !typed || possible === 0}
                {...(irreversible.includes(bulk.verb.do) ? { color: 'red.9' } : {})}
              >
                {t('bulkApply', { count: possible })}
              </Button>
            </>
          ) : (
            <Button onClick={close}>{shell('close')}</Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
