import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TerminalError } from '#core/errors.ts'
import type { Store } from '#core/store.ts'
import { Database } from './database.ts'
import { inspectLog } from './inspect-wal.ts'
import { migrations } from './migrations.ts'
import { damage, migrate, refuseNewer, type Sqlite } from './open-database.ts'
import { storeOn } from './open-store.ts'

/** A sealed value or a body with its hash, by the row that it stands in. */
interface ArchivedRow {
  readonly tenant: string
  readonly case: number | null
  /** Of a value, task, run or document its id, of a blob and a release its hash, of a case its token. */
  readonly id: string
  /** Of a snapshot: the journal row that it contains last; of an item, a message and a version its number. */
  readonly seq: number
  readonly data: Uint8Array
  /** Of a case and a blob: its own key, wrapped; of an answer and a message the hash that it is found by; of a version its hash. */
  readonly key: Uint8Array
}

const tables = {
  cases: `SELECT tenant, number AS "case", lower(hex(token)) AS id, 0 AS seq, coalesce(name, x'') AS data, key FROM cases`,
  values: `SELECT tenant, case_number AS "case", id, 0 AS seq, data, x'' AS key FROM "values"`,
  snapshots: `SELECT s.tenant, r.case_number AS "case", s.run AS id, s.seq, s.data, x'' AS key
    FROM snapshots s JOIN runs r ON r.id = s.run`,
  tasks: `SELECT tenant, case_number AS "case", id, 0 AS seq, data, x'' AS key FROM tasks`,
  items: `SELECT i.tenant, r.case_number AS "case", i.effect AS id, i.item AS seq, i.data, x'' AS key
    FROM item_results i JOIN fan_outs f ON f.effect = i.effect JOIN runs r ON r.id = f.run`,
  answers: `SELECT tenant, case_number AS "case", lower(hex(key)) AS id, 0 AS seq, data, key FROM answers`,
  messages: `SELECT tenant, NULL AS "case", lower(hex(place)) AS id, number AS seq, data, place AS key
    FROM messages WHERE data IS NOT NULL`,
  bulks: `SELECT tenant, NULL AS "case", id, 0 AS seq, data, x'' AS key FROM bulks`,
  blobs: `SELECT tenant, NULL AS "case", hash AS id, 0 AS seq, data, key FROM blobs`,
  secrets: `SELECT tenant, NULL AS "case", name AS id, 0 AS seq, data, x'' AS key FROM secrets`,
  releases: `SELECT tenant, NULL AS "case", hash AS id, 0 AS seq, CAST(body AS BLOB) AS data, x'' AS key FROM releases`,
  versions: `SELECT tenant, NULL AS "case", kind || '/' || id AS id, version AS seq, CAST(body AS BLOB) AS data,
    CAST(hash AS BLOB) AS key FROM versions`,
} as const
type ArchivedTable = keyof typeof tables

/** A database as it stood at one moment, read while a server may go on writing to it. Nothing is changed. */
export interface Archive {
  readonly store: Store
  rows(table: ArchivedTable): IterableIterator<ArchivedRow>
  /** Ids of all runs in the order of their start. */
  runs(): { readonly id: string; readonly tenant: string }[]
  /** What SQLite finds wrong with the file's own structure. */
  damages(): string[]
  close(): void
}

/** Reads a database of any release up to this one; an older one is lifted in a copy that goes with `close`. */
async function opened(path: string): Promise<{ db: Sqlite; close: () => void }> {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    if (refuseNewer(db) === migrations.length) return { db, close: () => db.close() }
    const folder = mkdtempSync(join(tmpdir(), 'metis-archive-'))
    const remove = () => rmSync(folder, { recursive: true, force: true })
    try {
      await copyOf(db, join(folder, 'metis.db'))
      const copy = new Database(join(folder, 'metis.db'))
      migrate(copy)
      return {
        db: copy,
        close: () => {
          copy.close()
          remove()
        },
      }
    } catch (error) {
      remove()
      throw error
    } finally {
      db.close()
    }
  } catch (error) {
    if (db.open) db.close()
    throw error
  }
}

/** What the check of the file's structure finds; damage may end the check itself. */
function structure(db: Sqlite): string[] {
  try {
    return (db.pragma('integrity_check') as { integrity_check: string }[])
      .map((line) => line.integrity_check)
      .filter((line) => line !== 'ok')
  } catch (error) {
    if (error instanceof Database.SqliteError) return [`its structure is damaged (${error.code})`]
    throw error
  }
}

/** One moment of a database in a file of its own: all pages in one turn, since a copy in portions begins anew with each commit. */
const copyOf = (db: Sqlite, path: string) => db.backup(path, { progress: () => 0x7f_ff_ff_ff })

/** @throws TerminalError NO_DATABASE, DATABASE_NEWER, DATABASE_DAMAGED, DATABASE_UNOPENED */
export async function openArchive(path: string): Promise<Archive> {
  if (!existsSync(path)) throw new TerminalError('NO_DATABASE', { path })
  try {
    const { db, close } = await opened(path)
    // Everything that follows reads the state of this moment.
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM tenants').get()
    return {
      store: storeOn(db),
      rows: (table) => db.prepare<[], ArchivedRow>(tables[table]).iterate(),
      runs: () =>
        db
          .prepare<[], { id: string; tenant: string }>(
            'SELECT id, tenant FROM runs ORDER BY started_at, id',
          )
          .all(),
      damages() {
        const lost = inspectLog(path)
        const found = structure(db)
        return lost
          ? [`write-ahead log at byte ${lost.offset}: commits behind it are lost`, ...found]
          : found
      },
      close() {
        db.exec('ROLLBACK')
        close()
      },
    }
  } catch (error) {
    throw damage(path, error)
  }
}

/** What SQLite says of a place that cannot be written. */
const unwritable = ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_CANTOPEN', 'SQLITE_READONLY']

/**
 * Copies the database at one moment to a new file, also while a server writes to it. The file is there whole or not at
 * all: until `check` has passed, and if the process is killed, it bears another name. A check that fails takes it away.
 * @throws TerminalError NO_DATABASE, BACKUP_TARGET_EXISTS, BACKUP_TARGET_FAILED, DATABASE_DAMAGED, DATABASE_UNOPENED
 */
export async function copyDatabase(
  path: string,
  target: string,
  check: (copy: string) => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  if (!existsSync(path)) throw new TerminalError('NO_DATABASE', { path })
  if (existsSync(target)) throw new TerminalError('BACKUP_TARGET_EXISTS', { path: target })
  const partial = `${target}.partial`
  const remove = () => {
    for (const file of [partial, `${partial}-journal`]) rmSync(file, { force: true })
  }
  try {
    remove()
    readable(path)
    await copyTo(path, partial)
    if (!(await check(partial))) return false
    renameSync(partial, target)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (unwritable.some((prefix) => code.startsWith(prefix)) || /^E[A-Z]+$/.test(code))
      throw new TerminalError(
        'BACKUP_TARGET_FAILED',
        { path: target, detail: code },
        { cause: error },
      )
    throw damage(path, error)
  } finally {
    remove()
  }
}

/** So that what is wrong with the original is not said of the copy. */
function readable(path: string): void {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
    } finally {
      db.close()
    }
  } catch (error) {
    throw damage(path, error)
  }
}

async function copyTo(path: string, target: string): Promise<void> {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    await copyOf(db, target)
  } finally {
    db.close()
  }
  // One plain file: no log has to travel with it.
  const copy = new Database(target)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}
