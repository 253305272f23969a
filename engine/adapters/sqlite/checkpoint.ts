import { Database } from './database.ts'

/** Where the thread that makes checkpoints stands; shared with the loop, which ends it and waits for what is under way. */
export const phases = { idle: 0, working: 1, ended: 2 } as const

export interface CheckpointTask {
  readonly path: string
  /** One of `phases`. */
  readonly phase: Int32Array<SharedArrayBuffer>
}

/**
 * Takes over into the file what stands in its log, as far as no reader holds it, and waits for nobody. Nothing is open
 * between one and the next. Returns what SQLite refused it with.
 */
export function checkpoint({ path, phase }: CheckpointTask): string | undefined {
  const before = Atomics.compareExchange(phase, 0, phases.idle, phases.working)
  if (before !== phases.idle) return undefined
  try {
    const db = new Database(path, { fileMustExist: true })
    try {
      // The log is on disk before the file is written, and the file before the log may begin anew.
      db.pragma('synchronous = NORMAL')
      db.pragma('wal_checkpoint(PASSIVE)')
    } finally {
      db.close()
    }
    return undefined
  } catch (error) {
    if (error instanceof Database.SqliteError) return error.code
    throw error
  } finally {
    Atomics.store(phase, 0, phases.idle)
    Atomics.notify(phase, 0)
  }
}
