import type { Actor } from '#core/ports.ts'
import type { BulkItemRow, BulkRow, BulkTable, HoldRow, HoldTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function holdTable(db: Sqlite): HoldTable {
  const put = db.prepare(
    'INSERT OR REPLACE INTO holds (tenant, kind, name, at, by_actor, reason) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM holds WHERE tenant = ? AND kind = ? AND name = ?')
  const all = db.prepare<[], HoldRow>(
    'SELECT tenant, kind, name, at, by_actor AS by, reason FROM holds ORDER BY at, kind, name',
  )
  return {
    put: (row) => {
      put.run(row.tenant, row.kind, row.name, row.at, row.by, row.reason)
    },
    remove: (tenant, kind, name) => {
      remove.run(tenant, kind, name)
    },
    all: () => all.all(),
  }
}

type StoredBulk = Omit<BulkRow, 'actor'> & { actorId: string; actorKind: Actor['kind'] }
const toBulk = ({ actorId, actorKind, ...row }: StoredBulk): BulkRow => ({
  ...row,
  actor: { id: actorId, kind: actorKind },
})
const bulkColumns = `id, tenant, status, data AS "order", created_at AS createdAt,
  started_at AS startedAt, ended_at AS endedAt, actor_id AS actorId, actor_kind AS actorKind, reason`

export function bulkTable(db: Sqlite): BulkTable {
  const add = db.prepare(
    `INSERT INTO bulks (id, tenant, status, data, created_at, started_at, ended_at, actor_id,
      actor_kind, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const name = db.prepare(
    `INSERT INTO bulk_items (bulk, tenant, position, run, seq)
     SELECT ?, ?, ? + key, value ->> 'id', value ->> 'seq' FROM json_each(?)`,
  )
  const named = db.prepare(`UPDATE bulks SET status = 'previewed' WHERE id = ?`)
  const get = db.prepare<[string], StoredBulk>(`SELECT ${bulkColumns} FROM bulks WHERE id = ?`)
  const begin = db.prepare(
    `UPDATE bulks SET status = 'running', started_at = ?, actor_id = ?, actor_kind = ?, reason = ?
     WHERE id = ?`,
  )
  const end = db.prepare(`UPDATE bulks SET status = 'done', ended_at = ? WHERE id = ?`)
  const judge = db.prepare(
    'UPDATE bulk_items SET verdict = ?, code = ?, detail = ? WHERE bulk = ? AND position = ?',
  )
  const items = (condition: string) =>
    db.prepare<[string, number, number], BulkItemRow>(
      `SELECT bulk, position, run, seq, verdict, code, detail FROM bulk_items
       WHERE bulk = ? AND position > ? ${condition} ORDER BY position LIMIT ?`,
    )
  const all = items('')
  const open = items('AND verdict IS NULL')
  const counts = db.prepare<[string], { verdict: string; count: number }>(
    `SELECT coalesce(verdict, iif(code IS NULL, 'open', 'refusal')) AS verdict, count(*) AS count
     FROM bulk_items WHERE bulk = ? GROUP BY 1`,
  )
  const running = db.prepare<[], StoredBulk>(
    `SELECT ${bulkColumns} FROM bulks WHERE status = 'running' ORDER BY started_at`,
  )
  const list = db.prepare<[string, number], StoredBulk>(
    `SELECT ${bulkColumns} FROM bulks WHERE tenant = ? AND status NOT IN ('previewing', 'previewed')
     ORDER BY created_at DESC LIMIT ?`,
  )
  const ofCase = db.prepare<[number], StoredBulk>(
    `SELECT ${bulkColumns} FROM bulks WHERE id IN (SELECT bulk FROM bulk_items
      WHERE run IN (SELECT id FROM runs WHERE case_number = ?))`,
  )
  const reseal = db.prepare('UPDATE bulks SET data = ? WHERE id = ?')
  const stale = `SELECT id FROM bulks WHERE status IN ('previewing', 'previewed') AND created_at < ?`
  const removeItems = db.prepare(
    `DELETE FROM bulk_items WHERE rowid IN (SELECT rowid FROM bulk_items WHERE bulk IN (${stale}) LIMIT ?)`,
  )
  const removeStale = db.prepare(
    `DELETE FROM bulks WHERE id IN (${stale}) AND NOT EXISTS (SELECT 1 FROM bulk_items WHERE bulk = bulks.id)`,
  )
  return {
    add(row) {
      const { id, actor } = row
      add.run(
        id,
        row.tenant,
        row.status,
        row.order,
        row.createdAt,
        row.startedAt,
        row.endedAt,
        actor.id,
        actor.kind,
        row.reason,
      )
    },
    name: ({ bulk, tenant, from }, runs) => {
      name.run(bulk, tenant, from, JSON.stringify(runs.map(({ id, seq }) => ({ id, seq }))))
    },
    named: (id) => {
      named.run(id)
    },
    get(id) {
      const found = get.get(id)
      return found && toBulk(found)
    },
    begin: (id, { at, actor, reason }) => {
      begin.run(at, actor.id, actor.kind, reason, id)
    },
    end: (id, at) => {
      end.run(at, id)
    },
    judge: (item) => {
      judge.run(item.verdict, item.code, item.detail, item.bulk, item.position)
    },
    items: (bulk, query) => (query.open ? open : all).all(bulk, query.after, query.limit),
    counts: (bulk) =>
      Object.fromEntries(counts.all(bulk).map(({ verdict, count }) => [verdict, count])),
    running: () => running.all().map(toBulk),
    list: (tenant, limit) => list.all(tenant, limit).map(toBulk),
    ofCase: (number) => ofCase.all(number).map(toBulk),
    reseal: (id, order) => {
      reseal.run(order, id)
    },
    removeStale(at, limit) {
      const { changes } = removeItems.run(at, limit)
      removeStale.run(at)
      return changes
    },
  }
}
