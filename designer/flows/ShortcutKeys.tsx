import { Kbd } from '@mantine/core'
import { keyParts, type Action } from './action.ts'
import styles from './FlowEditor.module.css'

/** What can be done by key, each with its keys. */
export function ShortcutKeys({ actions }: { readonly actions: readonly Action[] }) {
  return (
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
  )
}
