import type { Flow } from '#core/graph/flow.ts'
import { apply } from './apply.ts'
import type { Command } from './command.ts'
import { applyDiff, diffFlows, isEmptyDiff, type FlowDiff } from './diff.ts'
import { createObservable, type Observable } from './observable.ts'

interface Entry {
  /** Names the state that the entry leads to. */
  readonly mark: number
  readonly command: Command['do']
  readonly gesture: string | null
  readonly diff: FlowDiff
}

export interface FlowState {
  readonly flow: Flow
  readonly past: readonly Entry[]
  readonly future: readonly Entry[]
  /** Names this state of the document; undoing back to it gives the same mark. */
  readonly mark: number
  /** The mark that stands on the server. */
  readonly savedMark: number
}

interface ExecuteOptions {
  /** Commands in a row with one gesture make one entry of the history. */
  readonly gesture?: string
}

export interface FlowStore extends Pick<Observable<FlowState>, 'get' | 'subscribe'> {
  execute(command: Command, options?: ExecuteOptions): void
  undo(): void
  redo(): void
  /** The state named by `mark` now stands on the server. */
  markSaved(mark: number): void
  /** Another document takes the place, without a history. */
  reset(flow: Flow): void
}

export const isDirty = (state: FlowState): boolean => state.mark !== state.savedMark

const fresh = (flow: Flow): FlowState => ({ flow, past: [], future: [], mark: 0, savedMark: 0 })

/** The document with its history. Knows no React, no selection and no server. */
export function createFlowStore(flow: Flow): FlowStore {
  const state = createObservable(fresh(flow))
  let marks = 0

  const execute: FlowStore['execute'] = (command, { gesture = null } = {}) => {
    const now = state.get()
    const next = apply(now.flow, command)
    if (isEmptyDiff(diffFlows(now.flow, next))) return
    const last = now.past.at(-1)
    const merges = gesture !== null && last?.gesture === gesture && now.future.length === 0
    const from = merges ? applyDiff(now.flow, last.diff, 'back') : now.flow
    const past = merges ? now.past.slice(0, -1) : now.past
    const diff = diffFlows(from, next)
    marks += 1
    const entry = { mark: marks, command: command.do, gesture, diff }
    state.set({ ...now, flow: next, past: [...past, entry], future: [], mark: marks })
  }

  const undo = (): void => {
    const { past, future, flow: now, ...rest } = state.get()
    const entry = past.at(-1)
    if (entry === undefined) return
    const left = past.slice(0, -1)
    state.set({
      ...rest,
      flow: applyDiff(now, entry.diff, 'back'),
      past: left,
      future: [entry, ...future],
      mark: left.at(-1)?.mark ?? 0,
    })
  }

  const redo = (): void => {
    const { past, future, flow: now, ...rest } = state.get()
    const [entry, ...left] = future
    if (entry === undefined) return
    state.set({
      ...rest,
      flow: applyDiff(now, entry.diff, 'forth'),
      past: [...past, entry],
      future: left,
      mark: entry.mark,
    })
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    execute,
    undo,
    redo,
    markSaved: (savedMark) => state.set({ ...state.get(), savedMark }),
    reset(next) {
      marks = 0
      state.set(fresh(next))
    },
  }
}
