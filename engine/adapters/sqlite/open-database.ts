import type BetterSqlite3 from 'better-sqlite3'
import { Database } from './database.ts'
import { TerminalError } from '#core/errors.ts'
import { inspectLog } from './inspect-wal.ts'
import { migrations } from './migrations.ts'

export type Sqlite = BetterSqlite3.Database

/** ms for which a locked database is tried. */
export const busyTimeout = 5_000

/**
 * Opens or creates the file and lifts it to the newest schema.
 * @throws TerminalError DATABASE_NEWER for a file that a later release has written, DATABASE_DAMAGED, DATABASE_UNOPENED
 */
export function openDatabase(path: string): Sqlite {
  const lost = path === ':memory:' ? undefined : inspectLog(path)
  if (lost)
    throw new TerminalError('DATABASE_DAMAGED', {
      path,
      detail: `its write-ahead log at byte ${lost.offset}, with acknowledged commits behind`,
    })
  const db = opened(path)
  try {
    // Before anything that writes: a file of a later release stays as it is.
    refuseNewer(db)
    // Both pragmas must come before the first table to have an effect on a new file.
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // What moves to another page leaves no copy behind: the key of a case that is erased later would stand there for good.
    db.pragma('secure_delete = FAST')
    db.pragma(`busy_timeout = ${busyTimeout}`)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw damage(path, error)
  }
}

function opened(path: string): Sqlite {
  try {
    return new Database(path)
  } catch (error) {
    throw damage(path, error)
  }
}

const codeOf = (code: string) => {
  if (code === 'SQLITE_FULL') return 'STORAGE_FULL'
  return /^SQLITE_(CANTOPEN|READONLY)/.test(code) ? 'DATABASE_UNOPENED' : 'DATABASE_DAMAGED'
}

/** What SQLite says of a file that it cannot use, told to a person; other errors as they are. */
export const damage = (path: string, error: unknown): unknown =>
  error instanceof Database.SqliteError
    ? new TerminalError(codeOf(error.code), { path, detail: error.code }, { cause: error })
    : error

/** The version found. @throws TerminalError DATABASE_NEWER */
export function refuseNewer(db: Sqlite): number {
  const newest = migrations.length
  const found = db.pragma('user_version', { simple: true }) as number
  if (found > newest) throw new TerminalError('DATABASE_NEWER', { found, newest })
  return found
}

/** Lifts to the newest schema. */
export function migrate(db: Sqlite): void {
  const newest = migrations.length
  const lift = db.transaction(() => {
    const found = refuseNewer(db)
    for (const sql of migrations.slice(found)) db.exec(sql)
    if (found < newest) db.pragma(`user_version = ${newest}`)
  })
  lift.immediate()
}
