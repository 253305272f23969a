import { useEffect } from 'react'
import { flowsApi } from '../api/documents.ts'
import type { EditorViewStore } from '../canvas/editor-view.ts'
import type { Editor } from '../document/editor.ts'

/** ms of rest after which the flow is checked */
const restBefore = 250

/** Keeps the view's findings up with the document. */
export function useValidation(editor: Editor, view: EditorViewStore): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let checked: unknown
    const check = (): void => {
      const { flow } = editor.store.get()
      if (flow === checked) return
      checked = flow
      flowsApi
        .validate(flow.id, flow)
        .then(({ findings }) => {
          if (editor.store.get().flow === flow) view.show({ findings })
        })
        .catch(() => undefined)
    }
    check()
    const stop = editor.store.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(check, restBefore)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [editor, view])
}
