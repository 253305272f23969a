import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { TerminalError } from '#core/errors.ts'

/** Brings to disk what was committed to a write-ahead log. @throws TerminalError STORAGE_FULL, STORAGE_FAILED */
export interface LogSync {
  now(): void
  /** Beside the loop; covers what was committed before the call. */
  soon(): Promise<void>
  close(): void
}

const dataSync = promisify(fdatasync)
const failureOf = (error: unknown): TerminalError => {
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const full = detail === 'ENOSPC' || detail === 'EDQUOT'
  return new TerminalError(full ? 'STORAGE_FULL' : 'STORAGE_FAILED', { detail }, { cause: error })
}

/**
 * For the log beside an open database. SQLite keeps one file for it as long as any connection is open, and its locks are on
 * the other files, so that closing this descriptor lets go of none. What a failed sync was to cover may be lost although a
 * second one succeeds: there is none.
 */
export function logSync(database: string): LogSync {
  const log = openSync(`${database}-wal`, 'r+')
  let failure: TerminalError | undefined
  const failed = (error: unknown): TerminalError => (failure ??= failureOf(error))
  return {
    now() {
      if (failure) throw failure
      try {
        fdatasyncSync(log)
      } catch (error) {
        throw failed(error)
      }
    },
    async soon() {
      if (failure) throw failure
      await dataSync(log).catch((error: unknown) => {
        throw failed(error)
      })
    },
    close: () => closeSync(log),
  }
}

/** Of a database that is never on disk, or only read. */
export const noLog: LogSync = { now: () => {}, soon: () => Promise.resolve(), close: () => {} }
