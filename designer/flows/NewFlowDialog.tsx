import { useState } from 'react'
import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { documentId, type Flow } from '#core/graph/flow.ts'
import { flowsApi } from '../api/documents.ts'
import { t } from './messages.ts'

export interface NewFlowDialogProps {
  readonly opened: boolean
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

const idFrom = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')

const emptyFlow = (id: string, name: string): Flow => ({
  kind: 'flow',
  format: 1,
  id,
  name,
  description: '',
  input: { type: 'object', properties: {} },
  nodes: [
    { id: 'start', type: 'flow.start', version: 1, name: 'Start', config: {}, inputs: {} },
    { id: 'end', type: 'flow.end', version: 1, name: 'End', config: {}, inputs: {} },
  ],
  edges: [{ id: 'e1', source: 'start', sourcePort: 'out', target: 'end' }],
  groups: [],
  notes: [],
  layout: { start: { x: 80, y: 160 }, end: { x: 400, y: 160 } },
  tests: [],
})

/** Asks for a name; the flow begins with its start and its end, tied together. */
export function NewFlowDialog({ opened, taken, onClose, onCreated }: NewFlowDialogProps) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const id = idFrom(name)
  const create = useMutation({
    mutationFn: () => flowsApi.save(emptyFlow(id, name.trim())),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['flows'] })
      onClose()
      onCreated(saved.id)
    },
  })
  const isTaken = taken.includes(id)
  const fits = documentId.safeParse(id).success && !isTaken
  return (
    <Modal opened={opened} onClose={onClose} title={t('newFlow')}>
      <Stack
        gap={12}
        component="form"
        onSubmit={(event: { preventDefault: () => void }) => {
          event.preventDefault()
          if (fits) create.mutate()
        }}
      >
        <TextInput
          label={t('createName')}
          data-autofocus
          size="sm"
          value={name}
          error={isTaken ? t('idTaken') : create.error?.message}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="xs" c="dimmed">
          {t('createId')}: <span className="mono">{id === '' ? '–' : id}</span>. {t('createText')}
        </Text>
        <Button type="submit" disabled={!fits} loading={create.isPending}>
          {t('createAction')}
        </Button>
      </Stack>
    </Modal>
  )
}
