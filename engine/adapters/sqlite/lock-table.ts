import type { LockRow, LockTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const columns = 'effect, tenant, run, place, held'

export function lockTable(db: Sqlite): LockTable {
  const add = db.prepare(
    `INSERT INTO locks (effect, tenant, run, place, held)
     VALUES (:effect, :tenant, :run, :place, 0)`,
  )
  const get = db.prepare<[string], LockRow>(`SELECT ${columns} FROM locks WHERE effect = ?`)
  const hold = db.prepare('UPDATE locks SET held = 1 WHERE effect = ?')
  const remove = db.prepare('DELETE FROM locks WHERE effect = ?')
  const holder = db.prepare<[string, Uint8Array], LockRow>(
    `SELECT ${columns} FROM locks WHERE tenant = ? AND place = ? AND held = 1`,
  )
  const waiting = db.prepare<[string, Uint8Array], LockRow>(
    `SELECT ${columns} FROM locks WHERE tenant = ? AND place = ? AND held = 0 ORDER BY number`,
  )
  // The id of what an effect asks for begins with the effect's and a slash; the digit 0 follows it.
  const waitingBelow = db.prepare<[string, string], LockRow>(
    `SELECT ${columns} FROM locks WHERE held = 0 AND run > ? AND run < ?`,
  )
  const free = db.prepare<[], LockRow>(
    `SELECT ${columns} FROM locks l WHERE held = 0 AND NOT EXISTS (
       SELECT 1 FROM locks h WHERE h.tenant = l.tenant AND h.place = l.place AND h.held = 1)
     ORDER BY number`,
  )
  return {
    add: (row) => {
      add.run(row)
    },
    get: (effect) => get.get(effect),
    hold: (effect) => {
      hold.run(effect)
    },
    remove: (effect) => {
      remove.run(effect)
    },
    holder: (tenant, place) => holder.get(tenant, place),
    waiting: (tenant, place) => waiting.all(tenant, place),
    waitingBelow: (effect) => waitingBelow.all(`${effect}/`, `${effect}0`),
    free: () => free.all(),
  }
}
