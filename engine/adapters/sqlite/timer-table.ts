import type { TimerRow, TimerTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function timerTable(db: Sqlite): TimerTable {
  const add = db.prepare(
    'INSERT OR REPLACE INTO timers (run, effect, tenant, kind, due_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM timers WHERE run = ? AND effect = ?')
  const removeRun = db.prepare('DELETE FROM timers WHERE run = ?')
  const due = db.prepare<[number, number], TimerRow>(
    `SELECT tenant, run, effect, kind, due_at AS dueAt FROM timers
     WHERE due_at <= ? ORDER BY due_at LIMIT ?`,
  )
  const earliest = db.prepare<[], number | null>('SELECT min(due_at) FROM timers').pluck()
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
    due: (now, limit) => due.all(now, limit),
    earliest: () => earliest.get() ?? undefined,
  }
}
