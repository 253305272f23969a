import type { RunPageQuery, RunRow, RunTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export const runColumns = `id, tenant, flow, flow_name AS flowName, version, release, case_number AS "case",
  token, status, running, at, seq, started_at AS startedAt, ended_at AS endedAt, error,
  parent, parent_effect AS parentEffect, item, body, priority, previous, next`

const prefixEnd = (prefix: string): string => `${prefix}\u{10ffff}`

function filter(tenant: string, query: Omit<RunPageQuery, 'limit'>) {
  const where = ['tenant = ?', query.parent === undefined ? 'parent IS NULL' : 'parent = ?']
  const values: (string | number | Uint8Array)[] = [tenant]
  if (query.parent !== undefined) values.push(query.parent)
  const add = (condition: string, ...of: (string | number | Uint8Array)[]) => {
    where.push(condition)
    values.push(...of)
  }
  if (query.parentEffect !== undefined) add('parent_effect = ?', query.parentEffect)
  if (query.flow !== undefined) add('flow = ?', query.flow)
  if (query.version !== undefined) add('version = ?', query.version)
  const held = query.heldFlows ?? []
  const isHeld = `(ended_at IS NULL AND flow IN (${held.map(() => '?').join(', ')}))`
  if (query.status === 'suspended' && held.length > 0)
    add(`(status = 'suspended' OR ${isHeld})`, ...held)
  else if (query.status !== undefined) {
    add('status = ?', query.status)
    if (held.length > 0) add(`NOT ${isHeld}`, ...held)
  }
  if (query.ids) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids))
  if (query.error !== undefined) add('error = ?', query.error)
  if (query.node !== undefined) add('instr(at, ?) > 0', JSON.stringify(query.node))
  if (query.startedBefore !== undefined) add('started_at < ?', query.startedBefore)
  if (query.startedAfter !== undefined) add('started_at > ?', query.startedAfter)
  const tokens = query.tokens ?? []
  const ofCase = `token IN (${tokens.map(() => '?').join(', ')})`
  if (query.id !== undefined && tokens.length > 0)
    add(`((id >= ? AND id < ?) OR ${ofCase})`, query.id, prefixEnd(query.id), ...tokens)
  else if (query.id !== undefined) add('id >= ? AND id < ?', query.id, prefixEnd(query.id))
  else if (tokens.length > 0) add(ofCase, ...tokens)
  if (query.before) add('(started_at, id) < (?, ?)', query.before.startedAt, query.before.id)
  return { where: where.join(' AND '), values }
}

export function runTable(db: Sqlite): RunTable {
  const add = db.prepare(
    `INSERT INTO runs (id, tenant, flow, flow_name, version, release, case_number, token, status,
      running, at, seq, started_at, ended_at, error, parent, parent_effect, item, body, priority, previous)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    'UPDATE runs SET status = ?, running = ?, at = ?, seq = ?, ended_at = ?, error = ? WHERE id = ?',
  )
  const move = db.prepare('UPDATE runs SET version = ?, release = ? WHERE id = ?')
  const get = db.prepare<[string], RunRow>(`SELECT ${runColumns} FROM runs WHERE id = ?`)
  const findCase = db.prepare<[string, string, Uint8Array], RunRow>(
    `SELECT ${runColumns} FROM runs WHERE tenant = ? AND flow = ? AND token = ?`,
  )
  const running = db
    .prepare<[string, number], string>(
      'SELECT id FROM runs WHERE running > 0 AND id > ? ORDER BY id LIMIT ?',
    )
    .pluck()
  const liveChildren = db
    .prepare<[string], string>(
      'SELECT id FROM runs WHERE parent_effect = ? AND ended_at IS NULL ORDER BY item',
    )
    .pluck()
  const liveBelow = db
    .prepare<[string], string>(
      'SELECT id FROM runs WHERE parent = ? AND ended_at IS NULL ORDER BY started_at, id',
    )
    .pluck()
  const countChildren = db.prepare<[string, string], { status: string; count: number }>(
    `SELECT status, count(*) AS count FROM runs
     WHERE parent = ? AND parent_effect = ? AND status <> 'continued' GROUP BY status`,
  )
  const succeed = db.prepare('UPDATE runs SET next = ?, token = NULL WHERE id = ?')
  const toSucceed = db
    .prepare<[], string>(`SELECT id FROM runs WHERE status = 'continued' AND next IS NULL`)
    .pluck()
  return {
    add: (row) => {
      add.run(
        row.id,
        row.tenant,
        row.flow,
        row.flowName,
        row.version,
        row.release,
        row.case,
        row.token,
        row.status,
        row.running,
        row.at,
        row.seq,
        row.startedAt,
        row.endedAt,
        row.error,
        row.parent,
        row.parentEffect,
        row.item,
        row.body,
        row.priority,
        row.previous,
      )
    },
    update: (row) => {
      update.run(row.status, row.running, row.at, row.seq, row.endedAt, row.error, row.id)
    },
    move: (id, to) => {
      move.run(to.version, to.release, id)
    },
    get: (id) => get.get(id),
    findCase: (tenant, flow, token) => findCase.get(tenant, flow, token),
    page(tenant, query) {
      const { where, values } = filter(tenant, query)
      return db
        .prepare<unknown[], RunRow>(
          `SELECT ${runColumns} FROM runs WHERE ${where} ORDER BY started_at DESC, id DESC LIMIT ?`,
        )
        .all(...values, query.limit)
    },
    count(tenant, query) {
      const { where, values } = filter(tenant, query)
      return db
        .prepare<unknown[], number>(`SELECT count(*) FROM runs WHERE ${where}`)
        .pluck()
        .get(...values) as number
    },
    running: (after, limit) => running.all(after, limit),
    liveChildren: (effect) => liveChildren.all(effect),
    liveBelow: (run) => liveBelow.all(run),
    countChildren: (run, effect) => countChildren.all(run, effect),
    succeed: (id, next) => {
      succeed.run(next, id)
    },
    toSucceed: () => toSucceed.all(),
  }
}
