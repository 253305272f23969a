import { Kbd, Modal } from '@mantine/core'
import { useEditor, useView } from '../canvas/editor-context.ts'
import { keyParts, type Action } from './action.ts'
import { t } from './messages.ts'
import styles from './FlowEditor.module.css'

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
      <div className={styles['keys']}>
        {actions
          .filter((action) => action.keys.length > 0 && action.quiet !== true)
          .map((action) => (
            <div key={action.id} className={styles['key']}>
              <span>{action.title}</span>
              <span style={{ whiteSpace: 'nowrap' }}>
                {keyParts(action.keys[0] ?? '').map((part) => (
                  <Kbd key={part} size="xs" ml={2}>
                    {part}
                  </Kbd>
                ))}
              </span>
            </div>
          ))}
      </div>
    </Modal>
  )
}
