import type { Editor } from '../document/editor.ts'
import { isDirty } from '../document/flow-store.ts'
import type { Lifecycle } from './use-lifecycle.ts'

/** ms until one gives up waiting for the save */
const patience = 10_000

/** Saves what is unsaved; resolves when it stands on the server. @throws Error when it could not be saved */
export function saveNow(editor: Editor, { send }: Pick<Lifecycle, 'send'>): Promise<void> {
  if (!isDirty(editor.store.get())) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Error('The flow could not be saved.'))
    }, patience)
    const stop = editor.store.subscribe(() => {
      if (isDirty(editor.store.get())) return
      clearTimeout(timer)
      stop()
      resolve()
    })
    send({ type: 'save' })
  })
}
