import { Button, Group, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseFlow } from '#core/graph/parse.ts'
import { flowsApi } from '../api/documents.ts'
import { useEditor } from '../canvas/editor-context.ts'
import { placesOf } from '../document/columns.ts'
import { momentText } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import { exportFlow } from './export-flow.ts'
import { t } from './messages.ts'
import type { Lifecycle } from './use-lifecycle.ts'

/** Somebody saved the same flow meanwhile: nothing is overwritten until a person has chosen. */
export function ConflictDialog({ lifecycle }: { readonly lifecycle: Lifecycle }) {
  const { editor } = useEditor()
  const opened = lifecycle.snapshot.matches('conflict')
  const { id } = editor.store.get().flow
  const theirs = useQuery({
    queryKey: ['conflict', id, lifecycle.snapshot.context.draft],
    queryFn: () => flowsApi.get(id),
    enabled: opened,
  })
  const found = theirs.data
  const now = useNow(60_000, opened)
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('conflictTitle')}
    >
      <Text mb="md">
        {t('conflictText', {
          who: found?.updatedBy ?? '…',
          when: found === undefined ? '…' : momentText(found.updatedAt, now),
        })}
      </Text>
      <Group gap={8} justify="flex-end">
        <Button variant="subtle" color="gray" onClick={() => exportFlow(editor.store.get().flow)}>
          {t('exportMine')}
        </Button>
        <Button
          variant="default"
          disabled={found === undefined}
          onClick={() => {
            const parsed = found === undefined ? null : parseFlow(found.document)
            if (found === undefined || parsed === null || !parsed.ok) return
            editor.store.reset({ ...parsed.document, layout: placesOf(parsed.document) })
            editor.selection.set({})
            lifecycle.send({ type: 'reloaded', draft: found.draft })
          }}
        >
          {t('takeTheirs')}
        </Button>
        <Button
          color="red.9"
          disabled={found === undefined}
          onClick={() => {
            if (found !== undefined) lifecycle.send({ type: 'overwrite', draft: found.draft })
          }}
        >
          {t('keepMine')}
        </Button>
      </Group>
    </Modal>
  )
}
