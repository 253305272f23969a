import { Modal } from '@mantine/core'
import { useEditor, useView } from '../canvas/editor-context.ts'
import type { Action } from './action.ts'
import { t } from './messages.ts'
import { ShortcutKeys } from './ShortcutKeys.tsx'

export function ShortcutsDialog({ actions }: { readonly actions: readonly Action[] }) {
  const { view } = useEditor()
  const opened = useView((state) => state.shortcuts)
  return (
    <Modal
      opened={opened}
      onClose={() => view.show({ shortcuts: false })}
      title={t('shortcuts')}
      size={760}
    >
      <ShortcutKeys actions={actions} />
    </Modal>
  )
}
