import { MetisError, TerminalError } from '#core/errors.ts'
import type { MessageCode } from '#core/messages/catalogue.ts'

/** What SQLite says of the disk and the file, not of a statement; the first that fits. */
const failures: readonly (readonly [prefix: string, code: MessageCode])[] = [
  ['SQLITE_FULL', 'STORAGE_FULL'],
  ['SQLITE_CORRUPT', 'STORAGE_DAMAGED'],
  ['SQLITE_NOTADB', 'STORAGE_DAMAGED'],
  ...[
    'SQLITE_IOERR',
    'SQLITE_CANTOPEN',
    'SQLITE_READONLY',
    'SQLITE_PERM',
    'SQLITE_NOMEM',
    'SQLITE_PROTOCOL',
    'SQLITE_BUSY',
    'SQLITE_LOCKED',
  ].map((prefix) => [prefix, 'STORAGE_FAILED'] as const),
]
const codes = new Set<string>(failures.map(([, code]) => code))

/**
 * The error as a failure of the disk: STORAGE_FULL, STORAGE_FAILED, STORAGE_DAMAGED. Undefined for any
 * other, as a broken rule of one job, which is that job's fault.
 */
export function storageFailure(error: unknown): MetisError | undefined {
  if (error instanceof MetisError) return codes.has(error.code) ? error : undefined
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const detail = String(error.code)
  const found = failures.find(([prefix]) => detail.startsWith(prefix))
  return found && new TerminalError(found[1], { detail }, { cause: error })
}
