import { MetisError } from '#core/errors.ts'
import type { Registry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import type { Store } from '#core/store.ts'
import { bundles } from './bundles.ts'
import { caseKeys } from './case-keys.ts'
import { history } from './history.ts'
import { runJournal, type ReplayVerdict } from './run-journal.ts'
import { valueCodec } from './value-codec.ts'

/** How a run's journal, folded again, compares with what was written; or why it cannot be folded. */
export type Replayed =
  | ReplayVerdict
  | { readonly same: false; readonly seq: null; readonly differs: string }
  /** Its case was erased: there is nothing left to compare. */
  | { readonly same: true; readonly entries: 0; readonly erased: true }

/** Folds journals of a store that no engine needs to have open. Nothing is written, and no effect performed. */
export function replayer(parts: {
  readonly store: Store
  readonly registry: Registry
  readonly masterKey: Uint8Array
}): (run: string) => Replayed {
  const { store, registry, masterKey } = parts
  const keys = caseKeys(store.cases, masterKey)
  const journal = runJournal({
    store,
    core: createCore(),
    keys,
    codec: valueCodec(store.values),
    history: history(store),
    bundles: bundles(store.releases, registry),
  })
  return (id) => {
    try {
      const row = store.runs.get(id)
      if (!row) return { same: false, seq: null, differs: 'there is no such run' }
      if (keys.isErased(row.case)) return { same: true, entries: 0, erased: true }
      return journal.replay(row)
    } catch (error) {
      const differs = error instanceof MetisError ? error.message : String(error)
      return { same: false, seq: null, differs }
    }
  }
}
