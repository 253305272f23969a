import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { TerminalError } from '#core/errors.ts'

export interface DataFolder {
  file(name: string): string
  /** Lets another process have it. */
  close(): void
}

/**
 * The folder with database, keys and token, made where it is missing and held by one process: a second engine would
 * perform every open effect once more. The lock is SQLite's on a file of its own, so it ends with the process, however
 * that ends.
 * @throws TerminalError DATA_IN_USE
 */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const lock = new Database(join(path, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY')
      throw new TerminalError('DATA_IN_USE', { path }, { cause })
    throw cause
  }
  return { file: (name) => join(path, name), close: () => void lock.close() }
}
