import { useEffect, useMemo } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useMachine } from '@xstate/react'
import { fromPromise, type SnapshotFrom } from 'xstate'
import { flowsApi } from '../api/documents.ts'
import type { Editor } from '../document/editor.ts'
import { isDirty } from '../document/flow-store.ts'
import { lifecycle, type LifecycleEvent, type SaveOutcome } from '../document/lifecycle.ts'

export interface Lifecycle {
  readonly snapshot: SnapshotFrom<typeof lifecycle>
  readonly send: (event: LifecycleEvent) => void
}

/** Ties the open document to the server: saves what was edited, notices conflicts, warns before leaving. */
export function useLifecycle(editor: Editor, draft: number): Lifecycle {
  const client = useQueryClient()
  const machine = useMemo(
    () =>
      lifecycle.provide({
        actors: {
          save: fromPromise<SaveOutcome, { draft: number }>(async ({ input }) => {
            const { flow, mark } = editor.store.get()
            const saved = await flowsApi.save(flow, input.draft)
            editor.store.markSaved(mark)
            await client.invalidateQueries({ queryKey: ['flows'], refetchType: 'none' })
            return saved
          }),
        },
      }),
    [editor, client],
  )
  const [snapshot, send] = useMachine(machine, { input: { draft } })
  useEffect(() => {
    let { mark } = editor.store.get()
    return editor.store.subscribe(() => {
      const state = editor.store.get()
      if (state.mark === mark) return
      mark = state.mark
      send({ type: isDirty(state) ? 'edited' : 'clean' })
    })
  }, [editor, send])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (isDirty(editor.store.get())) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      const state = editor.store.get()
      // Leaving within the designer saves what the timer had not yet saved.
      if (isDirty(state)) void flowsApi.save(state.flow).catch(() => undefined)
    }
  }, [editor])
  return { snapshot, send }
}
