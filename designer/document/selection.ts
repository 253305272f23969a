import { createObservable, type Observable } from './observable.ts'

/** What is chosen on the canvas. Never part of the document or its history. */
export interface Selection {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  readonly notes: readonly string[]
}

const nothing: Selection = { nodes: [], edges: [], notes: [] }

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index])

export interface SelectionStore extends Pick<Observable<Selection>, 'get' | 'subscribe'> {
  set(next: Partial<Selection>): void
}

export function createSelection(): SelectionStore {
  const state = createObservable(nothing)
  return {
    ...state,
    set(next) {
      const whole = { ...nothing, ...next }
      const now = state.get()
      const unchanged =
        same(whole.nodes, now.nodes) && same(whole.edges, now.edges) && same(whole.notes, now.notes)
      if (!unchanged) state.set(whole)
    },
  }
}
