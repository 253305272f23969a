import type { AnswerRow, AnswerTable, GuardTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function guardTable(db: Sqlite): GuardTable {
  const put = db.prepare(
    `INSERT INTO guards (tenant, name, data) VALUES (?, ?, ?)
     ON CONFLICT (tenant, name) DO UPDATE SET data = excluded.data`,
  )
  const get = db
    .prepare<[string, string], string>('SELECT data FROM guards WHERE tenant = ? AND name = ?')
    .pluck()
  return {
    put: (tenant, name, data) => {
      put.run(tenant, name, data)
    },
    get: (tenant, name) => get.get(tenant, name),
  }
}

/** Expired answers that go with one that comes: more than come, so that they do not pile up. */
const sweep = 4

export function answerTable(db: Sqlite): AnswerTable {
  const put = db.prepare(
    `INSERT INTO answers (tenant, key, case_number, data, at, expires_at)
     VALUES (:tenant, :key, :case, :data, :at, :expiresAt)
     ON CONFLICT (tenant, key) DO UPDATE SET case_number = excluded.case_number,
       data = excluded.data, at = excluded.at, expires_at = excluded.expires_at`,
  )
  // One of the future comes from a clock that was set back since, and would be given for too long.
  const get = db.prepare<[string, Uint8Array, number, number], AnswerRow>(
    `SELECT tenant, key, case_number AS "case", data, at, expires_at AS expiresAt
     FROM answers WHERE tenant = ? AND key = ? AND expires_at > ? AND at <= ?`,
  )
  const remove = db.prepare(
    `DELETE FROM answers WHERE rowid IN (
       SELECT rowid FROM answers WHERE expires_at <= ? ORDER BY expires_at LIMIT ${sweep})`,
  )
  return {
    put: (row) => {
      remove.run(row.at)
      put.run(row)
    },
    get: (tenant, key, now) => get.get(tenant, key, now, now),
  }
}
