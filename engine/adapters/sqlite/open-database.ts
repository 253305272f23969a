import Database from 'better-sqlite3'
import { TerminalError } from '#core/errors.ts'
import { migrations } from './migrations.ts'

export type Sqlite = Database.Database

/**
 * Opens or creates the file and lifts it to the newest schema.
 * @throws TerminalError DATABASE_NEWER for a file that a later release has written
 */
export function openDatabase(path: string): Sqlite {
  const db = new Database(path)
  try {
    // Both pragmas must come before the first table to have an effect on a new file.
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: Sqlite): void {
  const newest = migrations.length
  const lift = db.transaction(() => {
    const found = db.pragma('user_version', { simple: true }) as number
    if (found > newest) throw new TerminalError('DATABASE_NEWER', { found, newest })
    for (const sql of migrations.slice(found)) db.exec(sql)
    if (found < newest) db.pragma(`user_version = ${newest}`)
  })
  lift.immediate()
}
