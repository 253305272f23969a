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
  const { transaction, overwriting, foldLog, close, ...tables } = store
  return {
    ...(Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, guarded(table)]),
    ) as typeof tables),
    transaction(work) {
      if (failure) throw failure
      try {
        return transaction(work)
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
