import type { Store } from '#core/store.ts'
import { withCheckpoints, type CheckpointOptions } from './checkpoints.ts'
import { connectionTable, secretTable } from './connection-tables.ts'
import { documentTable, releaseTable } from './document-tables.ts'
import { erasureTable, fileUseTable } from './erasure-tables.ts'
import { journalTable } from './journal-table.ts'
import { busyTimeout, damage, openDatabase, type Sqlite } from './open-database.ts'
import { bulkTable, holdTable } from './operation-tables.ts'
import { answerTable, guardTable } from './policy-tables.ts'
import { fanOutTable } from './fan-out-table.ts'
import { lockTable } from './lock-table.ts'
import { logSync, noLog, type LogSync } from './log-sync.ts'
import { messageTable } from './message-tables.ts'
import { runTable } from './run-table.ts'
import { taskTable } from './task-table.ts'
import { timerTable } from './timer-table.ts'
import {
  blobTable,
  caseTable,
  markTable,
  snapshotTable,
  tenantTable,
  valueTable,
} from './value-tables.ts'

/**
 * The store in one SQLite file; `:memory:` keeps nothing.
 * @throws TerminalError DATABASE_NEWER, DATABASE_DAMAGED
 */
export function openStore(path: string, checkpoints: CheckpointOptions = {}): Store {
  const db = openDatabase(path)
  try {
    if (path === ':memory:') return storeOn(db)
    // In this mode a commit differs from a FULL one only in that nobody syncs the log.
    db.pragma('synchronous = NORMAL')
    const log = logSync(path)
    // What a killed process has committed is seen from here on, and so must be on disk.
    log.now()
    return storeOn(db, withCheckpoints(log, db, path, checkpoints))
  } catch (error) {
    db.close()
    throw damage(path, error)
  }
}

/** The tables of an open database. */
export function storeOn(db: Sqlite, log: LogSync = noLog): Store {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  /** A full disk has rolled back already; a failing one may refuse even that, and what it said first counts. */
  const rollBack = (): void => {
    try {
      if (db.inTransaction) rollback.run()
    } catch {
      // The next start rolls back.
    }
  }
  const write: Store['write'] = (work) => {
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      rollBack()
      throw error
    }
  }
  return {
    transaction(work) {
      const result = write(work)
      log.now()
      return result
    },
    write,
    sync: () => log.soon(),
    tenants: tenantTable(db),
    cases: caseTable(db),
    journal: journalTable(db),
    snapshots: snapshotTable(db),
    values: valueTable(db),
    runs: runTable(db),
    fanOuts: fanOutTable(db),
    timers: timerTable(db),
    holds: holdTable(db),
    bulks: bulkTable(db),
    tasks: taskTable(db),
    documents: documentTable(db),
    releases: releaseTable(db),
    connections: connectionTable(db),
    secrets: secretTable(db),
    blobs: blobTable(db),
    guards: guardTable(db),
    answers: answerTable(db),
    messages: messageTable(db),
    locks: lockTable(db),
    marks: markTable(db),
    erasures: erasureTable(db),
    fileUses: fileUseTable(db),
    overwriting(work) {
      db.pragma('secure_delete = ON')
      try {
        return work()
      } finally {
        db.pragma('secure_delete = FAST')
      }
    },
    foldLog() {
      // Who reads is not waited for: the loop would stand still.
      db.pragma('busy_timeout = 0')
      try {
        const [told] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
        return told?.busy === 0
      } finally {
        db.pragma(`busy_timeout = ${busyTimeout}`)
      }
    },
    close() {
      // A checkpoint that is under way would hold up the last one.
      log.close()
      try {
        db.pragma('wal_checkpoint(TRUNCATE)')
      } catch {
        // A full disk: the log stays, and the next start takes everything from there.
      } finally {
        db.close()
      }
    },
  }
}
