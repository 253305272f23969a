import type { Store } from '#core/store.ts'
import type { CrashPoint } from './protocol.ts'

/** The run's own journal, those of its items, and how far its list is. */
const isOf = (run: string, stream: string): boolean =>
  stream === run || stream.startsWith(`${run}:`) || stream.startsWith(`list/${run}:`)

/** The store, and how to have the process killed at a journal write of the run that is started next. */
export function crashingStore(store: Store): {
  readonly store: Store
  arm(point: CrashPoint): void
} {
  let point: CrashPoint | undefined
  let watched: string | undefined
  let writes = 0
  let wrote = false
  const die = (when: CrashPoint['when']): void => {
    if (point?.when === when && (wrote || when === 'synced') && writes >= point.write)
      process.kill(process.pid, 'SIGKILL')
  }
  const crashing =
    (writes: Store['write']): Store['write'] =>
    (work) => {
      wrote = false
      const result = writes(work)
      // Committed and, unless the transaction brings itself to disk, not synced.
      die('after')
      return result
    }
  return {
    store: {
      ...store,
      journal: {
        ...store.journal,
        append(row) {
          store.journal.append(row)
          if (point && row.type === 'start') watched ??= row.stream
          if (watched === undefined || !isOf(watched, row.stream)) return
          writes += 1
          wrote = true
          // Rows are written and nothing is committed.
          die('before')
        },
      },
      transaction: crashing(store.transaction),
      write: crashing(store.write),
      async sync() {
        await store.sync()
        die('synced')
      },
    },
    arm(given) {
      point = given
    },
  }
}
