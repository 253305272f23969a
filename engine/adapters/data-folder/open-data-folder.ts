import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { TerminalError } from '#core/errors.ts'

export interface DataFolder {
  file(name: string): string
  /** Lets another process have it. */
  close(): void
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'

/** @throws TerminalError DATA_UNUSABLE */
function usable<T>(path: string, open: () => T): T {
  try {
    return open()
  } catch (cause) {
    throw new TerminalError('DATA_UNUSABLE', { path, detail: codeOf(cause) }, { cause })
  }
}

/**
 * The folder with database, keys and token, made where it is missing and held by one process: a second engine would
 * perform every open effect once more. The lock is SQLite's on a file of its own, so it ends with the process, however
 * that ends.
 * @throws TerminalError DATA_IN_USE, DATA_UNUSABLE
 */
export function openDataFolder(path: string): DataFolder {
  const lock = usable(path, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.W_OK)
    return new Database(join(path, 'lock'), { timeout: 0 })
  })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    const code = codeOf(cause) === 'SQLITE_BUSY' ? 'DATA_IN_USE' : 'DATA_UNUSABLE'
    throw new TerminalError(code, { path, detail: codeOf(cause) }, { cause })
  }
  return { file: (name) => join(path, name), close: () => void lock.close() }
}
