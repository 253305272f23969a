import { type MetisError, TerminalError } from '#core/errors.ts'
import { storageFailure } from './storage-failure.ts'

/** What one transaction carries besides its rows. `wrote` marks that a job has touched the database. */
export interface CommitBatch {
  writes: number
}

export interface GroupCommitOptions<B extends CommitBatch> {
  transaction<T>(work: () => T): T
  open(): B
  /** Last work inside the transaction. */
  finish(batch: B): void
  /** On disk: acknowledge has happened, now perform. */
  committed(batch: B): void
  /** Nothing of it was kept: forget what memory holds of it. */
  rolledBack(batch: B): void
  /** Told once, when the database can no longer be written. */
  failed(failure: MetisError): void
  /** Jobs in one transaction. @default 256 */
  limit?: number
  /** How long jobs are taken into one transaction, ms, so that the loop is not held for long. @default no limit */
  turn?: number
}

export interface GroupCommit<B extends CommitBatch> {
  /** Runs `job` inside the next transaction; resolves once it is on disk. */
  submit<T>(job: (batch: B) => T): Promise<T>
  queued(): number
  /** Writes what is queued, then refuses more. */
  close(): void
}

interface Queued<B> {
  readonly job: (batch: B) => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}
type Settled = () => void

/**
 * Writes in one transaction what was submitted in this turn of the loop or during the previous commit:
 * alone a job does not wait, under load hundreds share one sync. There is no timer.
 */
export function groupCommit<B extends CommitBatch>(options: GroupCommitOptions<B>): GroupCommit<B> {
  const { limit = 256, turn = Infinity } = options
  let queue: Queued<B>[] = []
  let scheduled = false
  let refusal: MetisError | undefined

  const schedule = () => {
    if (scheduled || queue.length === 0) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      flush()
    })
  }

  /** `ended` hears how many of the jobs were taken into the transaction. */
  const write = (jobs: readonly Queued<B>[], ended: (taken: number) => void): void => {
    const batch = options.open()
    const until = performance.now() + turn
    let taken = 0
    const settled: Settled[] = []
    let guilty: Queued<B> | undefined
    try {
      options.transaction(() => {
        for (const queued of jobs) {
          if (taken > 0 && performance.now() > until) break
          taken += 1
          const before = batch.writes
          try {
            const value = queued.job(batch) as never
            settled.push(() => queued.resolve(value))
          } catch (error) {
            guilty = queued
            if (batch.writes !== before) throw error
            settled.push(() => queued.reject(error))
          }
        }
        options.finish(batch)
      })
    } catch (error) {
      // None was taken where the transaction could not even begin.
      const failed = taken === 0 ? jobs : jobs.slice(0, taken)
      ended(failed.length)
      options.rolledBack(batch)
      recover(failed, guilty, error)
      return
    }
    ended(taken)
    for (const settle of settled) settle()
    options.committed(batch)
  }

  /** The innocent are tried again, each alone. */
  const recover = (jobs: readonly Queued<B>[], guilty: Queued<B> | undefined, error: unknown) => {
    const failure = storageFailure(error)
    if (failure) {
      refusal = failure
      for (const queued of [...jobs, ...queue]) queued.reject(failure)
      queue = []
      options.failed(failure)
    } else if (jobs.length === 1) jobs[0]?.reject(error)
    else {
      guilty?.reject(error)
      for (const queued of jobs) if (queued !== guilty) write([queued], () => {})
    }
  }

  const flush = () => {
    if (queue.length > 0)
      write(queue.slice(0, limit), (taken) => {
        queue.splice(0, taken)
      })
    schedule()
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        if (refusal) {
          reject(refusal)
          return
        }
        queue.push({ job, resolve, reject })
        schedule()
      }),
    queued: () => queue.length,
    close() {
      while (queue.length > 0 && !refusal) flush()
      refusal ??= new TerminalError('ENGINE_CLOSED')
    },
  }
}
