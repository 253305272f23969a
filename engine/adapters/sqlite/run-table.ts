import type { RunPageQuery, RunRow, RunTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const columns = `id, tenant, flow, flow_name AS flowName, version, release, case_number AS "case",
  token, status, running, at, seq, started_at AS startedAt, ended_at AS endedAt, error`

const prefixEnd = (prefix: string): string => `${prefix}\u{10ffff}`

function filter(tenant: string, query: Omit<RunPageQuery, 'limit'>) {
  const where = ['tenant = ?']
  const values: (string | number | Uint8Array)[] = [tenant]
  const add = (condition: string, ...of: (string | number | Uint8Array)[]) => {
    where.push(condition)
    values.push(...of)
  }
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
  if (query.id !== undefined && query.token !== undefined)
    add('((id >= ? AND id < ?) OR token = ?)', query.id, prefixEnd(query.id), query.token)
  else if (query.id !== undefined) add('id >= ? AND id < ?', query.id, prefixEnd(query.id))
  else if (query.token !== undefined) add('token = ?', query.token)
  if (query.before) add('(started_at, id) < (?, ?)', query.before.startedAt, query.before.id)
  return { where: where.join(' AND '), values }
}

export function runTable(db: Sqlite): RunTable {
  const add = db.prepare(
    `INSERT INTO runs (id, tenant, flow, flow_name, version, release, case_number, token, status,
      running, at, seq, started_at, ended_at, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    'UPDATE runs SET status = ?, running = ?, at = ?, seq = ?, ended_at = ?, error = ? WHERE id = ?',
  )
  const move = db.prepare('UPDATE runs SET version = ?, release = ? WHERE id = ?')
  const get = db.prepare<[string], RunRow>(`SELECT ${columns} FROM runs WHERE id = ?`)
  const findCase = db.prepare<[string, string, Uint8Array], RunRow>(
    `SELECT ${columns} FROM runs WHERE tenant = ? AND flow = ? AND token = ?`,
  )
  const running = db
    .prepare<[string, number], string>(
      'SELECT id FROM runs WHERE running > 0 AND id > ? ORDER BY id LIMIT ?',
    )
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
          `SELECT ${columns} FROM runs WHERE ${where} ORDER BY started_at DESC, id DESC LIMIT ?`,
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
  }
}
