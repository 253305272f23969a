import { TerminalError } from '#core/errors.ts'
import type { RunRow, RunTable } from '#core/store.ts'
import type { LiveRun } from './live-run.ts'
import { LruMap } from './lru-map.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunJournal } from './run-journal.ts'

/** A run is snapshotted at least each so many entries. */
const snapshotEvery = 50
/** One that leaves memory with fewer is folded again as fast as a snapshot is read. */
const snapshotWorth = 8

export interface RunCache {
  /** From memory or disk. Ended runs are not loaded. @throws TerminalError NOT_FOUND, RUN_ENDED */
  get(id: string): LiveRun
  /** Undefined where it has ended or never was. */
  find(id: string): LiveRun | undefined
  add(run: LiveRun): void
  /** Within a transaction no run leaves memory: two of the same would each miss what the other does. */
  within<T>(work: () => T): T
  /** Snapshots what has left memory or has grown long: last work in a transaction. */
  save(batch: RunBatch): void
  forget(batch: RunBatch): void
}

/** The runs in memory, at most `capacity`: those that wait longest leave and cost rows only. */
export function runCache(runs: RunTable, journal: RunJournal, capacity: number): RunCache {
  let left: LiveRun[] = []
  const cache = new LruMap<string, LiveRun>(capacity, (_, run) => {
    left.push(run)
  })
  const load = (row: RunRow): LiveRun => {
    const run = journal.load(row)
    cache.set(row.id, run)
    return run
  }
  return {
    get(id) {
      const known = cache.get(id)
      if (known) return known
      const row = runs.get(id)
      if (!row) throw new TerminalError('NOT_FOUND', { what: 'run', id })
      if (row.endedAt !== null) throw new TerminalError('RUN_ENDED', { run: id })
      return load(row)
    },
    find(id) {
      const known = cache.get(id)
      if (known) return known
      const row = runs.get(id)
      return row && row.endedAt === null ? load(row) : undefined
    },
    add: (run) => cache.set(run.id, run),
    within(work) {
      cache.hold()
      try {
        return work()
      } finally {
        cache.release()
      }
    },
    save(batch) {
      cache.release()
      for (const run of left)
        if (run.status === 'active' && run.seq - run.snapshot >= snapshotWorth)
          journal.snapshot(run)
      left = []
      for (const run of batch.touched.values())
        if (run.status !== 'active') {
          cache.delete(run.id)
          journal.ended(run)
        } else if (run.seq - run.snapshot >= snapshotEvery) journal.snapshot(run)
    },
    forget(batch) {
      for (const id of batch.touched.keys()) cache.delete(id)
      left = left.filter((run) => !batch.touched.has(run.id))
    },
  }
}
