import { useState } from 'react'
import { Alert, Button, FileInput, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { decisionsApi } from '../../api/documents.ts'
import { t as shell } from '../../ui/messages.ts'
import { findingSentence } from '../finding-sentence.ts'
import { t } from './messages.ts'
import { readFile } from './read-file.ts'

export interface ImportDecisionProps {
  readonly taken: readonly string[]
  readonly onClose: () => void
}

const shown = 20

function freeId(id: string, taken: readonly string[]): string {
  let free = id
  for (let number = 2; taken.includes(free); number += 1) free = `${id}-${number}`
  return free
}

/** Shows what a file gives, and what of it cannot be read, before anything is made. */
export function ImportDecision({ taken, onClose }: ImportDecisionProps) {
  const [file, setFile] = useState<File | null>(null)
  const navigate = useNavigate()
  const client = useQueryClient()
  const reading = useMutation({
    mutationFn: async (chosen: File) => {
      const answer = await readFile(chosen)
      if ('problem' in answer) throw new Error(answer.problem)
      return answer.read
    },
  })
  const create = useMutation({
    mutationFn: (decision: Decision) =>
      decisionsApi.save({ ...decision, id: freeId(decision.id, taken) }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['decisions'] })
      await navigate({ to: '/decisions/$decisionId', params: { decisionId: id } })
    },
  })
  const decision = reading.data?.decision ?? null
  const error = reading.error ?? create.error
  return (
    <Modal opened onClose={onClose} title={t('title')} size="lg">
      <Stack gap="sm">
        <FileInput
          label={t('choose')}
          description={t('hint')}
          accept=".dmn,.xlsx,.csv,.json"
          value={file}
          onChange={(chosen) => {
            setFile(chosen)
            reading.reset()
            if (chosen !== null) reading.mutate(chosen)
          }}
          data-autofocus
        />
        {reading.isPending && <Text size="sm">{t('reading')}</Text>}
        {error !== null && <Alert color="red">{error.message}</Alert>}
        {decision !== null && (
          <Text size="sm">{t('taken', { name: decision.name, count: decision.parts.length })}</Text>
        )}
        <Unread findings={reading.data?.findings ?? []} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {shell('cancel')}
          </Button>
          <Button
            loading={create.isPending}
            disabled={decision === null}
            onClick={() => decision !== null && create.mutate(decision)}
          >
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Unread({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <Alert color="yellow" title={t('problems')}>
      <List size="sm">
        {findings.slice(0, shown).map((finding, index) => (
          <List.Item key={index}>{findingSentence(finding)}</List.Item>
        ))}
      </List>
      {findings.length > shown && (
        <Text size="sm">{t('more', { count: findings.length - shown })}</Text>
      )}
    </Alert>
  )
}
