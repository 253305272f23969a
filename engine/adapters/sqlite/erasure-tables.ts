import type { Actor } from '#core/ports.ts'
import type {
  ErasureRow,
  ErasureTable,
  FileUseMark,
  FileUseTable,
  RunRow,
  SealedText,
} from '#core/store.ts'
import type { Sqlite } from './open-database.ts'
import { runColumns } from './run-table.ts'

type Stored = Omit<ErasureRow, 'actor'> & { actorId: string; actorKind: Actor['kind'] }
const toRow = ({ actorId, actorKind, ...row }: Stored): ErasureRow => ({
  ...row,
  actor: { id: actorId, kind: actorKind },
})
const columns = `case_number AS "case", tenant, at, actor_id AS actorId, actor_kind AS actorKind,
  reason, runs, files`

/** Of the case with the number `?`: everything but its history, whose bytes the chain holds, and who it was. */
const erasing = [
  `UPDATE cases SET key = zeroblob(length(key)), name = NULL WHERE number = ?`,
  `DELETE FROM "values" WHERE case_number = ?`,
  `DELETE FROM answers WHERE case_number = ?`,
  `DELETE FROM tasks WHERE run IN (SELECT id FROM runs WHERE case_number = ?)`,
  `DELETE FROM snapshots WHERE run IN (SELECT id FROM runs WHERE case_number = ?)`,
  `DELETE FROM fan_outs WHERE run IN (SELECT id FROM runs WHERE case_number = ?)`,
  `DELETE FROM file_uses WHERE case_number = ?`,
] as const

export function erasureTable(db: Sqlite): ErasureTable {
  const steps = erasing.map((sql) => db.prepare<[number]>(sql))
  const add = db.prepare(
    `INSERT INTO erasures (case_number, tenant, at, actor_id, actor_kind, reason, runs, files)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const get = db.prepare<[number], Stored>(`SELECT ${columns} FROM erasures WHERE case_number = ?`)
  const list = db.prepare<[string, number], Stored>(
    `SELECT ${columns} FROM erasures WHERE tenant = ? ORDER BY at DESC, case_number DESC LIMIT ?`,
  )
  const runs = db.prepare<[number], RunRow>(
    `SELECT ${runColumns} FROM runs WHERE case_number = ? ORDER BY started_at, id`,
  )
  return {
    add(row) {
      for (const step of steps) step.run(row.case)
      const { actor } = row
      add.run(row.case, row.tenant, row.at, actor.id, actor.kind, row.reason, row.runs, row.files)
    },
    get(number) {
      const found = get.get(number)
      return found && toRow(found)
    },
    list: (tenant, limit) => list.all(tenant, limit).map(toRow),
    runs: (number) => runs.all(number),
  }
}

const markName = 'file-uses'

export function fileUseTable(db: Sqlite): FileUseTable {
  const mark = db.prepare<[string], Uint8Array>('SELECT value FROM marks WHERE name = ?').pluck()
  const setMark = db.prepare('INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)')
  const unread = {
    journal: db.prepare<[number, number], SealedText>(
      `SELECT id AS number, tenant, case_number AS "case", stream AS id, seq, data FROM journal
       WHERE id > ? AND case_number IS NOT NULL AND stream NOT LIKE 'list/%' ORDER BY journal.id LIMIT ?`,
    ),
    values: db.prepare<[number, number], SealedText>(
      `SELECT rowid AS number, tenant, case_number AS "case", id, 0 AS seq, data FROM "values"
       WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    ),
  }
  const add = db.prepare(
    'INSERT INTO file_uses (tenant, file, case_number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const of = db.prepare<[number], { file: string; shared: number }>(
    `SELECT file, EXISTS (SELECT 1 FROM file_uses other WHERE other.tenant = own.tenant
       AND other.file = own.file AND other.case_number <> own.case_number) AS shared
     FROM file_uses own WHERE case_number = ? ORDER BY file`,
  )
  return {
    mark() {
      const found = mark.get(markName)
      return found
        ? (JSON.parse(Buffer.from(found).toString()) as FileUseMark)
        : { journal: 0, values: 0 }
    },
    setMark(to) {
      setMark.run(markName, Buffer.from(JSON.stringify(to)))
    },
    unread: (table, after, limit) => unread[table].all(after, limit),
    add(row) {
      add.run(row.tenant, row.file, row.case)
    },
    of: (number) => of.all(number).map(({ file, shared }) => ({ file, shared: shared === 1 })),
  }
}
