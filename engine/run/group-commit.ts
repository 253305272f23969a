import { type MetisError, TerminalError } from '#core/errors.ts'
import { storageFailure } from './storage-failure.ts'

/** What one transaction carries besides its rows. `wrote` marks that a job has touched the database. */
export interface CommitBatch {
  writes: number
}

export interface GroupCommitOptions<B extends CommitBatch> {
  /** All or nothing, and on disk only with the next sync. */
  write<T>(work: () => T): T
  /** Resolves when all that was written before is on disk. What it fails to bring there may be lost. */
  sync(): Promise<void>
  open(): B
  /** Last work inside the transaction. */
  finish(batch: B): void
  /** On disk: acknowledge has happened, now perform. */
  committed(batch: B): void
  /** Nothing of it was kept: forget what memory holds of it. */
  rolledBack(batch: B): void
  /** Told once, when the database can no longer be written. */
  failed(failure: MetisError): void
  /** Transactions that may wait for a sync. */
  mostUnsynced: number
  /** Jobs in one transaction. @default 256 */
  limit?: number
  /** How long jobs are taken into one transaction, ms, so that the loop is not held for long. @default no limit */
  turn?: number
}

export interface GroupCommit<B extends CommitBatch> {
  /** Runs `job` inside the next transaction; resolves once it is on disk. */
  submit<T>(job: (batch: B) => T): Promise<T>
  queued(): number
  /** What is written and was not told yet to be on disk, oldest first. */
  unsynced(): readonly B[]
  /** Resolves when all that is written by now is on disk. @throws what a sync has failed with */
  synced(): Promise<void>
  /** Writes what is queued, refuses more, and resolves when all is on disk. */
  close(): Promise<void>
}

interface Queued<B> {
  /** In a transaction of its own: another job of its former one failed. */
  readonly alone?: true
  readonly job: (batch: B) => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}
interface Written<B> {
  readonly batch: B
  /** How its jobs are told that they are on disk, or that they may not be. */
  readonly settled: readonly ((failure?: MetisError) => void)[]
}

/**
 * Writes in one transaction what was submitted in this turn of the loop or while others waited for the disk: alone a job
 * does not wait, under load hundreds share one sync. There is no timer. The sync runs beside the loop, which goes on with
 * further transactions meanwhile; each is told and performed, in a turn of its own, once a sync that began after it has ended.
 */
export function groupCommit<B extends CommitBatch>(options: GroupCommitOptions<B>): GroupCommit<B> {
  const { limit = 256, turn = Infinity } = options
  let queue: Queued<B>[] = []
  let scheduled = false
  let refusal: MetisError | undefined
  let closed: MetisError | undefined
  /** Of the disk itself; then it is the refusal too. */
  let lost: MetisError | undefined
  /** On disk and to be told, oldest first. */
  const synced: Written<B>[] = []
  /** Oldest first; the first `syncing` of them are covered by the sync that is under way. */
  const unsynced: Written<B>[] = []
  let syncing = 0
  const waiting: { readonly until: B; resolve(): void; reject(failure: MetisError): void }[] = []

  const untold = (): number => synced.length + unsynced.length
  /** One transaction is told, or one written, in a turn of the loop: what others ask of it comes in between. */
  const schedule = () => {
    const mayWrite = queue.length > 0 && untold() < options.mostUnsynced
    if (scheduled || (synced.length === 0 && !mayWrite)) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (synced.length > 0) tell()
      else flush()
      schedule()
    })
  }

  /** Takes of the jobs as many into one transaction as its turn has room for. */
  const write = (jobs: readonly Queued<B>[]): void => {
    const batch = options.open()
    const until = performance.now() + turn
    let taken = 0
    const settled: Written<B>['settled'][number][] = []
    let guilty: Queued<B> | undefined
    try {
      options.write(() => {
        for (const queued of jobs) {
          if (taken > 0 && performance.now() > until) break
          taken += 1
          const before = batch.writes
          try {
            const value = queued.job(batch) as never
            settled.push((failure) => (failure ? queued.reject(failure) : queued.resolve(value)))
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
      queue.splice(0, failed.length)
      options.rolledBack(batch)
      recover(failed, guilty, error)
      return
    }
    queue.splice(0, taken)
    unsynced.push({ batch, settled })
    sync()
  }

  const sync = (): void => {
    if (syncing > 0 || unsynced.length === 0) return
    syncing = unsynced.length
    options.sync().then(kept, (error: unknown) => {
      lost = storageFailure(error) ?? new TerminalError('STORAGE_FAILED', { detail: String(error) })
      while (synced.length > 0) tell()
      fail(lost, [])
      for (const { settled } of unsynced.splice(0)) for (const settle of settled) settle(lost)
      for (const { reject } of waiting.splice(0)) reject(lost)
    })
  }
  const kept = (): void => {
    synced.push(...unsynced.splice(0, syncing))
    syncing = 0
    sync()
    schedule()
  }
  /** Of the oldest: acknowledges and performs. */
  const tell = (): void => {
    const told = synced.shift()
    if (!told) return
    const { batch, settled } = told
    for (const settle of settled) settle()
    options.committed(batch)
    while (waiting[0]?.until === batch) waiting.shift()?.resolve()
  }
  const fail = (failure: MetisError, jobs: readonly Queued<B>[]): void => {
    refusal = failure
    for (const queued of [...jobs, ...queue]) queued.reject(failure)
    queue = []
    options.failed(failure)
  }

  /** The innocent are tried again, each alone. */
  const recover = (jobs: readonly Queued<B>[], guilty: Queued<B> | undefined, error: unknown) => {
    const failure = storageFailure(error)
    if (failure) fail(failure, jobs)
    else if (jobs.length === 1) jobs[0]?.reject(error)
    else {
      guilty?.reject(error)
      const innocent = jobs.filter((queued) => queued !== guilty)
      queue.unshift(...innocent.map((queued) => ({ ...queued, alone: true as const })))
    }
  }

  const flush = () => {
    const together = queue.slice(0, limit).findIndex(({ alone }) => alone)
    if (queue.length > 0) write(queue.slice(0, together < 0 ? limit : Math.max(together, 1)))
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        const refused = refusal ?? closed
        if (refused) {
          reject(refused)
          return
        }
        queue.push({ job, resolve, reject })
        schedule()
      }),
    queued: () => queue.length,
    unsynced: () => [...synced, ...unsynced].map(({ batch }) => batch),
    synced: allSynced,
    async close() {
      closed = new TerminalError('ENGINE_CLOSED')
      while (queue.length > 0 && !refusal) {
        flush()
        await allSynced().catch(() => {})
      }
      await allSynced().catch(() => {})
    },
  }

  function allSynced(): Promise<void> {
    const newest = unsynced.at(-1) ?? synced.at(-1)
    if (lost) return Promise.reject(lost)
    if (!newest) return Promise.resolve()
    return new Promise((resolve, reject) => waiting.push({ until: newest.batch, resolve, reject }))
  }
}
