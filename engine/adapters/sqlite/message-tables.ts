import type { KeptMessages, MessageRow, MessageTable, SubscriptionRow } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function messageTable(db: Sqlite): MessageTable {
  const subscribe = db.prepare(
    `INSERT INTO subscriptions (effect, tenant, run, flow, place, since)
     VALUES (:effect, :tenant, :run, :flow, :place, :since)`,
  )
  const unsubscribe = db.prepare('DELETE FROM subscriptions WHERE effect = ?')
  const waiting = db.prepare<[string, Uint8Array], SubscriptionRow>(
    `SELECT effect, tenant, run, flow, place, since FROM subscriptions
     WHERE tenant = ? AND place = ? ORDER BY since, number`,
  )
  const servable = db.prepare<[number], Pick<SubscriptionRow, 'run' | 'effect'>>(
    `SELECT run, effect FROM subscriptions s WHERE EXISTS (
       SELECT 1 FROM messages m WHERE m.tenant = s.tenant AND m.place = s.place
         AND m.data IS NOT NULL AND m.expires_at > ? AND (m.flow IS NULL OR m.flow = s.flow))
     ORDER BY since, number`,
  )
  const keep = db.prepare(
    `INSERT INTO messages (tenant, place, flow, mark, data, expires_at)
     VALUES (:tenant, :place, :flow, :mark, :data, :expiresAt)`,
  )
  const kept = db.prepare<[], KeptMessages>(
    'SELECT tenant, messages, bytes FROM kept_messages WHERE messages > 0 ORDER BY tenant',
  )
  const oldest = db.prepare<
    [string, Uint8Array, string, number],
    MessageRow & { readonly data: Uint8Array }
  >(
    `SELECT number, tenant, place, flow, mark, data, expires_at AS expiresAt FROM messages
     WHERE tenant = ? AND place = ? AND data IS NOT NULL AND (flow IS NULL OR flow = ?)
       AND expires_at > ? ORDER BY number LIMIT 1`,
  )
  const forget = db.prepare('UPDATE messages SET data = NULL WHERE number = ?')
  const removeUnmarked = db.prepare('DELETE FROM messages WHERE number = ? AND mark IS NULL')
  const isKnown = db
    .prepare<[string, Uint8Array, number], number>(
      'SELECT 1 FROM messages WHERE tenant = ? AND mark = ? AND expires_at > ? LIMIT 1',
    )
    .pluck()
  const due = db
    .prepare<[number, number, number], number>(
      'SELECT number FROM messages WHERE expires_at <= ? ORDER BY expires_at LIMIT ? OFFSET ?',
    )
    .pluck()
  const earliest = db
    .prepare<[number], number>(
      'SELECT expires_at FROM messages ORDER BY expires_at LIMIT 1 OFFSET ?',
    )
    .pluck()
  const remove = db.prepare('DELETE FROM messages WHERE number = ?')
  return {
    subscribe: (row) => {
      subscribe.run(row)
    },
    unsubscribe: (effect) => {
      unsubscribe.run(effect)
    },
    waiting: (tenant, place) => waiting.all(tenant, place),
    servable: (now) => servable.all(now),
    keep: (row) => {
      keep.run(row)
    },
    kept: () => kept.all(),
    oldest: ({ tenant, place, flow }, now) => oldest.get(tenant, place, flow, now),
    take: (number) => {
      if (removeUnmarked.run(number).changes === 0) forget.run(number)
    },
    isKnown: (tenant, mark, now) => isKnown.get(tenant, mark, now) !== undefined,
    due: (now, limit, skip = 0) => due.all(now, limit, skip),
    earliest: (skip = 0) => earliest.get(skip),
    remove: (number) => {
      remove.run(number)
    },
  }
}
