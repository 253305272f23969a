import type { MetisError } from '#core/errors.ts'
import type { Store } from '#core/store.ts'
import { storageFailure } from './storage-failure.ts'

/**
 * The same store, told apart from its disk: what the disk refuses comes as a STORAGE_… error, and `failed` hears of
 * the first. From then on nothing is written any more; what can be read is.
 */
export function guardStore(store: Store, failed: (failure: MetisError) => void): Store {
  let failure: MetisError | undefined
  const told = (error: unknown): unknown => {
    const found = storageFailure(error)
    if (found && !failure) {
      failure = found
      failed(found)
    }
    return found ?? error
  }
  const guarded = <T extends object>(table: T): T =>
    Object.fromEntries(
      Object.entries(table).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
        name,
        (...args: unknown[]) => {
          try {
            return method(...args)
          } catch (error) {
            throw told(error)
          }
        },
      ]),
      // The same methods under the same names.
    ) as T
  const { transaction, write, sync, overwriting, foldLog, close, ...tables } = store
  const unlessFailed =
    (writes: Store['transaction']): Store['transaction'] =>
    (work) => {
      if (failure) throw failure
      try {
        return writes(work)
      } catch (error) {
        throw told(error)
      }
    }
  return {
    ...(Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, guarded(table)]),
    ) as typeof tables),
    transaction: unlessFailed(transaction),
    write: unlessFailed(write),
    async sync() {
      try {
        await sync()
      } catch (error) {
        throw told(error)
      }
    },
    overwriting,
    foldLog() {
      try {
        return foldLog()
      } catch (error) {
        throw told(error)
      }
    },
    close,
  }
}
