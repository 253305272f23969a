import { useEffect, useMemo, useState } from 'react'
import { useMachine } from '@xstate/react'
import { useQueryClient } from '@tanstack/react-query'
import { fromPromise } from 'xstate'
import type { Decision } from '#core/graph/decision.ts'
import type { DocumentView } from '#core/api/views.ts'
import { decisionsApi } from '../api/documents.ts'
import { queries } from '../api/queries.ts'
import { lifecycle, type SaveOutcome } from '../document/lifecycle.ts'
import { useObservable } from '../ui/use-observable.ts'
import { createHistory, isDirty, type History } from './history.ts'

export interface DecisionEditing {
  readonly decision: Decision
  readonly change: History<Decision>['change']
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly state: 'saved' | 'dirty' | 'saving' | 'conflict' | 'failed'
  readonly problem: string | null
  readonly save: () => void
  /** Saves over what somebody else saved. */
  readonly overwrite: () => Promise<void>
  /** Takes what somebody else saved. */
  readonly takeTheirs: () => Promise<void>
}

const documentOf = (view: DocumentView): Decision =>
  // The server validated the document against the schema when it was saved.
  view.document as Decision

/** An open decision: its history, and saving by itself with a check for what others saved. */
export function useDecisionEditor(view: DocumentView): DecisionEditing {
  const client = useQueryClient()
  const [history] = useState(() => createHistory(documentOf(view)))
  const machine = useMemo(
    () =>
      lifecycle.provide({
        actors: {
          save: fromPromise<SaveOutcome, { draft: number }>(async ({ input }) => {
            const { document, mark } = history.get()
            const outcome = await decisionsApi.save(document, input.draft)
            history.markSaved(mark)
            // What is open need not come back: a document may be large.
            client.setQueryData(queries.decision(view.id).queryKey, (known) =>
              known === undefined ? known : { ...known, document, draft: outcome.draft },
            )
            await client.invalidateQueries({ queryKey: ['decisions'], refetchType: 'none' })
            return outcome
          }),
        },
      }),
    [history, client, view.id],
  )
  const [snapshot, send] = useMachine(machine, { input: { draft: view.draft } })
  const now = useObservable(history, (state) => state)
  const { mark } = now
  const dirty = isDirty(now)
  useEffect(() => {
    if (dirty) send({ type: 'edited' })
    else send({ type: 'clean' })
  }, [mark, dirty, send])
  const state = snapshot.value as DecisionEditing['state']

  const theirs = (): Promise<DocumentView> => decisionsApi.get(view.id)
  return {
    decision: now.document,
    change: history.change,
    undo: history.undo,
    redo: history.redo,
    canUndo: now.past.length > 0,
    canRedo: now.future.length > 0,
    state,
    problem: snapshot.context.problem,
    save: () => send({ type: 'save' }),
    overwrite: async () => send({ type: 'overwrite', draft: (await theirs()).draft }),
    takeTheirs: async () => {
      const other = await theirs()
      history.reset(documentOf(other))
      send({ type: 'reloaded', draft: other.draft })
    },
  }
}
