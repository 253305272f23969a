import { useState } from 'react'
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { decisionSchema } from '#core/graph/decision.ts'
import { decisionsApi } from '../api/documents.ts'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'

export interface NewDecisionProps {
  readonly taken: readonly string[]
  readonly onClose: () => void
}

const idOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')

function freeId(name: string, taken: readonly string[]): string {
  const wanted = idOf(name) || 'decision'
  let id = wanted
  for (let number = 2; taken.includes(id); number += 1) id = `${wanted}-${number}`
  return id
}

/** Asks for a name and opens the empty decision. */
export function NewDecision({ taken, onClose }: NewDecisionProps) {
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const client = useQueryClient()
  const id = freeId(name, taken)
  const create = useMutation({
    mutationFn: () =>
      decisionsApi.save(
        decisionSchema.parse({
          kind: 'decision',
          format: 1,
          id,
          name: name.trim(),
          input: { type: 'object', properties: {} },
          parts: [{ kind: 'rules', id: 'policy', name: t('newRules'), rules: [] }],
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['decisions'] })
      await navigate({ to: '/decisions/$decisionId', params: { decisionId: id } })
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('add')} closeOnClickOutside={name === ''}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') create.mutate()
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            description={name === '' ? t('idHint') : `${t('id')}: ${id}. ${t('idHint')}`}
            data-autofocus
            required
          />
          {create.error !== null && <Alert color="red">{create.error.message}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell('cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
