import { createObservable, type Observable } from '../document/observable.ts'

interface Entry<T> {
  readonly document: T
  /** Names this state; undoing back to it gives the same mark. */
  readonly mark: number
}

export interface HistoryState<T> extends Entry<T> {
  readonly past: readonly Entry<T>[]
  readonly future: readonly Entry<T>[]
  /** The mark that stands on the server. */
  readonly savedMark: number
  /** What the last change belongs to, so that typing in one field is one entry. */
  readonly gesture: string | null
}

export interface History<T> extends Pick<Observable<HistoryState<T>>, 'get' | 'subscribe'> {
  /** Changes in a row with one gesture make one entry. A change that gives the same document makes none. */
  change(next: (document: T) => T, gesture?: string): void
  undo(): void
  redo(): void
  markSaved(mark: number): void
  /** Another document takes the place, without a history. */
  reset(document: T): void
}

export const isDirty = (state: Pick<HistoryState<unknown>, 'mark' | 'savedMark'>): boolean =>
  state.mark !== state.savedMark

/** An immutable document with undo and redo. Entries share what they have in common. */
export function createHistory<T>(document: T): History<T> {
  const fresh = (first: T): HistoryState<T> => ({
    document: first,
    mark: 0,
    past: [],
    future: [],
    savedMark: 0,
    gesture: null,
  })
  const state = createObservable(fresh(document))
  let marks = 0
  return {
    get: state.get,
    subscribe: state.subscribe,
    change(next, gesture) {
      const now = state.get()
      const changed = next(now.document)
      if (Object.is(changed, now.document)) return
      const merges = gesture !== undefined && gesture === now.gesture && now.future.length === 0
      marks += 1
      state.set({
        ...now,
        document: changed,
        mark: marks,
        past: merges ? now.past : [...now.past, { document: now.document, mark: now.mark }],
        future: [],
        gesture: gesture ?? null,
      })
    },
    undo() {
      const now = state.get()
      const before = now.past.at(-1)
      if (before === undefined) return
      const { document: left, mark } = now
      state.set({
        ...now,
        ...before,
        past: now.past.slice(0, -1),
        future: [{ document: left, mark }, ...now.future],
        gesture: null,
      })
    },
    redo() {
      const now = state.get()
      const [next, ...future] = now.future
      if (next === undefined) return
      const { document: left, mark } = now
      state.set({
        ...now,
        ...next,
        past: [...now.past, { document: left, mark }],
        future,
        gesture: null,
      })
    },
    markSaved: (savedMark) => state.set({ ...state.get(), savedMark }),
    reset: (next) => {
      marks = 0
      state.set(fresh(next))
    },
  }
}
