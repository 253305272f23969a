import type { Actor } from '#core/ports.ts'
import type { JournalRow, JournalTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

interface Stored {
  tenant: string
  stream: string
  seq: number
  at: number
  type: string
  actor_id: string
  actor_kind: Actor['kind']
  reason: string | null
  case_number: number | null
  data: Uint8Array
  events: string | null
  last_event: number | null
  hash: Uint8Array
}

const toRow = (stored: Stored): JournalRow => ({
  tenant: stored.tenant,
  stream: stored.stream,
  seq: stored.seq,
  at: stored.at,
  type: stored.type,
  actor: { id: stored.actor_id, kind: stored.actor_kind },
  reason: stored.reason,
  case: stored.case_number,
  data: stored.data,
  events: stored.events,
  lastEvent: stored.last_event,
  hash: stored.hash,
})

const columns = `tenant, stream, seq, at, type, actor_id, actor_kind, reason, case_number, data,
  events, last_event, hash`

export function journalTable(db: Sqlite): JournalTable {
  const append = db.prepare(
    `INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const read = db.prepare<[string, number, string], Stored>(
    `SELECT ${columns} FROM journal WHERE stream = ? AND seq > ? AND tenant = ? ORDER BY seq`,
  )
  const walk = db.prepare<[string], Stored>(
    `SELECT ${columns} FROM journal WHERE tenant = ? ORDER BY id`,
  )
  const last = db.prepare<[string, string], { seq: number | null }>(
    'SELECT max(seq) AS seq FROM journal WHERE stream = ? AND tenant = ?',
  )
  const events = db.prepare<[string, number, number], Stored>(
    `SELECT ${columns} FROM journal WHERE tenant = ? AND last_event > ? ORDER BY last_event LIMIT ?`,
  )
  // What is below a run is named after it, and names it where it tells of it. `+` keeps to the index over streams.
  const below = (from: string, to: string): string =>
    `SELECT ${columns} FROM journal
     WHERE stream > ${from} AND stream < ${to} AND tenant = :tenant AND +last_event > :from
       AND instr(events, :named) > 0`
  const about = db.prepare<[{ tenant: string; run: string; from: number; named: string }], Stored>(
    `SELECT ${columns} FROM journal
     WHERE stream = :run AND tenant = :tenant AND +last_event > :from
     UNION ALL ${below(`:run || ':'`, `:run || ';'`)}
     UNION ALL ${below(`'list/' || :run || ':'`, `'list/' || :run || ';'`)}
     ORDER BY last_event`,
  )
  return {
    about: (tenant, run, from) =>
      about.all({ tenant, run, from, named: `"run":${JSON.stringify(run)}` }).map(toRow),
    append: (row) => {
      append.run(
        row.tenant,
        row.stream,
        row.seq,
        row.at,
        row.type,
        row.actor.id,
        row.actor.kind,
        row.reason,
        row.case,
        row.data,
        row.events,
        row.lastEvent,
        row.hash,
      )
    },
    read: (tenant, stream, after = 0) => read.all(stream, after, tenant).map(toRow),
    *walk(tenant) {
      for (const stored of walk.iterate(tenant)) yield toRow(stored)
    },
    last: (tenant, stream) => last.get(stream, tenant)?.seq ?? 0,
    events: (tenant, from, limit) => events.all(tenant, from, limit).map(toRow),
  }
}
