import { createProductWorkers } from '#engine/adapters/workers/worker-pool.ts'
import { phases, type CheckpointTask } from './checkpoint.ts'
import type { LogSync } from './log-sync.ts'
import type { Sqlite } from './open-database.ts'

/** The thread that makes checkpoints. */
export interface CheckpointThread {
  /** Resolves to what SQLite refused it with. @throws when the thread itself fails */
  run(task: CheckpointTask): Promise<string | undefined>
  close(): Promise<void>
}

export interface CheckpointOptions {
  /** Pages by which the log grows from one checkpoint to the next. @default 1_000 */
  readonly every?: number
  /** Pages in the log beyond which commits wait until it begins anew. @default 4_000 */
  readonly most?: number
  /** Told when a checkpoint fails. Nothing is lost: the log keeps what it holds, and grows. */
  readonly failed?: (detail: string) => void
  /** @default one of the product's workers, started by the first checkpoint */
  readonly thread?: CheckpointThread
}

/** ms for which closing waits for a checkpoint that is under way. */
const patience = 5_000
/** How often a checkpoint is made again for what was written beside it, until no more may wait for a sync. */
const attempts = 4

function productThread(): CheckpointThread {
  // Commits may have to wait for it, so that it stands back for nobody.
  const workers = createProductWorkers({ size: 1, maxHeap: 64, standBack: 0 })
  return { run: (task) => workers.run('log.checkpoint', task), close: () => workers.close() }
}

/**
 * The same log, taken over into the file of `db` beside the loop once it has grown. SQLite begins a log anew where all of
 * it is taken over when a commit begins, which under load never comes to pass by itself. So beyond `most` pages a sync
 * ends only after a checkpoint that has caught up: no more than `mostUnsynced` commits go on meanwhile.
 */
export function withCheckpoints(
  log: LogSync,
  db: Sqlite,
  path: string,
  options: CheckpointOptions = {},
): LogSync {
  const { every = 1_000, most = 4_000, failed = () => {}, thread = productThread() } = options
  db.pragma('wal_autocheckpoint = 0')
  // It looks and does nothing, since SQLite 3.51; an earlier one would take the word for PASSIVE. The driver brings a
  // SQLite of its own, whatever Node it runs on: 3.53 in version 12, 3.54 in version 13.
  const look = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)')
  const phase = new Int32Array(new SharedArrayBuffer(4))
  let closed = false
  let underWay: Promise<void> | undefined
  /** Pages in the log when the last checkpoint began, and when commits last waited for one. */
  let begun = 0
  let waited = 0
  let takenOver = 0

  const pages = () => {
    const { log: all, checkpointed } = look.get() ?? { log: 0, checkpointed: 0 }
    // It has begun anew.
    if (checkpointed < takenOver) begun = waited = 0
    takenOver = checkpointed
    return { all, caughtUp: all === checkpointed }
  }
  const onLoop = (): void => {
    try {
      db.pragma('wal_checkpoint(PASSIVE)')
    } catch (error) {
      failed(String(error))
    }
  }
  const make = async (): Promise<void> => {
    begun = pages().all
    try {
      const refusal = await thread.run({ path, phase })
      if (refusal !== undefined) failed(refusal)
      if (!closed) pages()
    } catch (error) {
      if (closed) return
      // A thread that died has left it.
      Atomics.store(phase, 0, phases.idle)
      failed(String(error))
      onLoop()
    } finally {
      underWay = undefined
    }
  }
  const checkpoint = (): Promise<void> => (underWay ??= make())

  const catchUp = async (): Promise<void> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await checkpoint()
      if (closed) return
      const { all, caughtUp } = pages()
      // Where a reader holds it up, it is tried again when it has grown by as much.
      waited = all
      if (caughtUp) return
    }
  }

  return {
    now() {
      log.now()
      const { all } = pages()
      // Whoever writes so cannot wait, and may leave the loop no turn in which a thread is heard.
      if (all - waited >= 2 * most) {
        onLoop()
        begun = waited = pages().all
      } else if (all - begun >= every) void checkpoint()
    },
    async soon() {
      await log.soon()
      if (closed) return
      const { all } = pages()
      if (all - waited >= most) await catchUp()
      else if (all - begun >= every) void checkpoint()
    },
    close() {
      closed = true
      while (Atomics.compareExchange(phase, 0, phases.idle, phases.ended) === phases.working)
        if (Atomics.wait(phase, 0, phases.working, patience) === 'timed-out') break
      void thread.close()
      log.close()
    },
  }
}
