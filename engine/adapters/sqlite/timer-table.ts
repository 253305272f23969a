import type { TimerRow, TimerTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function timerTable(db: Sqlite): TimerTable {
  const add = db.prepare(
    'INSERT OR REPLACE INTO timers (run, effect, tenant, kind, due_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM timers WHERE run = ? AND effect = ?')
  const removeRun = db.prepare('DELETE FROM timers WHERE run = ?')
  const hold = db.prepare('UPDATE timers SET held = 1 WHERE run = ? AND effect = ?')
  // A child's id begins with its parent's and a colon; the semicolon follows it.
  const releaseRun = db.prepare(
    'UPDATE timers SET held = 0 WHERE held = 1 AND (run = ? OR (run > ? AND run < ?))',
  )
  const releaseFlow = db.prepare(
    `UPDATE timers SET held = 0 WHERE held = 1
     AND run IN (SELECT id FROM runs WHERE tenant = ? AND flow = ? AND ended_at IS NULL)`,
  )
  const due = db.prepare<[number, number, number], TimerRow>(
    `SELECT tenant, run, effect, kind, due_at AS dueAt FROM timers
     WHERE due_at <= ? AND held = 0 ORDER BY due_at LIMIT ? OFFSET ?`,
  )
  const earliest = db
    .prepare<[number], number>(
      'SELECT due_at FROM timers WHERE held = 0 ORDER BY due_at LIMIT 1 OFFSET ?',
    )
    .pluck()
  return {
    add: (row) => {
      add.run(row.run, row.effect, row.tenant, row.kind, row.dueAt)
    },
    remove: (run, effect) => {
      remove.run(run, effect)
    },
    removeRun: (run) => {
      removeRun.run(run)
    },
    hold: (run, effect) => {
      hold.run(run, effect)
    },
    releaseRun: (run) => {
      releaseRun.run(run, `${run}:`, `${run};`)
    },
    releaseFlow: (tenant, flow) => {
      releaseFlow.run(tenant, flow)
    },
    due: (now, limit, skip = 0) => due.all(now, limit, skip),
    earliest: (skip = 0) => earliest.get(skip),
  }
}
