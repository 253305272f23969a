import type { FanOutRow, FanOutTable, ItemResultRow } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const columns = `effect, tenant, run, total, at_once AS atOnce, tolerated, started, again, done, failed,
  running, incidents, stopping`

export function fanOutTable(db: Sqlite): FanOutTable {
  const put = db.prepare(
    `INSERT INTO fan_outs (effect, tenant, run, total, at_once, tolerated, started, again, done, failed,
      running, incidents, stopping) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (effect) DO UPDATE SET total = excluded.total, at_once = excluded.at_once, tolerated = excluded.tolerated, started = excluded.started, again = excluded.again,
      done = excluded.done, failed = excluded.failed, running = excluded.running,
      incidents = excluded.incidents, stopping = excluded.stopping`,
  )
  const get = db.prepare<[string], FanOutRow>(`SELECT ${columns} FROM fan_outs WHERE effect = ?`)
  const remove = db.prepare('DELETE FROM fan_outs WHERE effect = ?')
  const of = db.prepare<[string], FanOutRow>(`SELECT ${columns} FROM fan_outs WHERE run = ?`)
  const unfinished = db.prepare<[], FanOutRow>(
    `SELECT ${columns} FROM fan_outs WHERE stopping = 0 AND (started < total OR again > 0)
     AND started - again - done - failed < at_once`,
  )
  const putResult = db.prepare(
    'INSERT OR REPLACE INTO item_results (effect, tenant, item, status, data) VALUES (?, ?, ?, ?, ?)',
  )
  const results = db.prepare<[string], ItemResultRow>(
    'SELECT effect, tenant, item, status, data FROM item_results WHERE effect = ? ORDER BY item',
  )
  const failedAgain = db.prepare(
    `UPDATE item_results SET status = 'again' WHERE effect = ? AND status <> 'done'`,
  )
  const nextAgain = db
    .prepare<[string], number | null>(
      `SELECT min(item) FROM item_results WHERE effect = ? AND status = 'again'`,
    )
    .pluck()
  return {
    put: (row) => {
      put.run(
        row.effect,
        row.tenant,
        row.run,
        row.total,
        row.atOnce,
        row.tolerated,
        row.started,
        row.again,
        row.done,
        row.failed,
        row.running,
        row.incidents,
        row.stopping,
      )
    },
    get: (effect) => get.get(effect),
    remove: (effect) => {
      remove.run(effect)
    },
    of: (run) => of.all(run),
    unfinished: () => unfinished.all(),
    putResult: (row) => {
      putResult.run(row.effect, row.tenant, row.item, row.status, row.data)
    },
    results: (effect) => results.all(effect),
    failedAgain: (effect) => failedAgain.run(effect).changes,
    nextAgain: (effect) => nextAgain.get(effect) ?? undefined,
  }
}
