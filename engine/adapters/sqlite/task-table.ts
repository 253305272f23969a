import type { TaskPageQuery, TaskRow, TaskTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const columns = `id, tenant, run, flow, node, role, status, created_at AS createdAt,
  due_at AS dueAt, completed_at AS completedAt, completed_by AS completedBy,
  case_number AS "case", data`

function filter(tenant: string, query: Omit<TaskPageQuery, 'limit'>) {
  const where = ['tenant = ?']
  const values: (string | number)[] = [tenant]
  const add = (condition: string, ...of: (string | number)[]) => {
    where.push(condition)
    values.push(...of)
  }
  if (query.status !== undefined) add('status = ?', query.status)
  if (query.role !== undefined) add('role = ?', query.role)
  if (query.run !== undefined) add('run = ?', query.run)
  if (query.after) add('(created_at, id) > (?, ?)', query.after.createdAt, query.after.id)
  return { where: where.join(' AND '), values }
}

export function taskTable(db: Sqlite): TaskTable {
  const add = db.prepare(
    `INSERT INTO tasks (id, tenant, run, flow, node, role, status, created_at, due_at, completed_at,
      completed_by, case_number, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = 'open', completed_at = NULL, completed_by = NULL`,
  )
  const close = db.prepare(
    `UPDATE tasks SET status = ?, completed_at = ?, completed_by = ?
     WHERE id = ? AND status = 'open'`,
  )
  const get = db.prepare<[string], TaskRow>(`SELECT ${columns} FROM tasks WHERE id = ?`)
  return {
    add: (row) => {
      add.run(
        row.id,
        row.tenant,
        row.run,
        row.flow,
        row.node,
        row.role,
        row.status,
        row.createdAt,
        row.dueAt,
        row.completedAt,
        row.completedBy,
        row.case,
        row.data,
      )
    },
    close: (id, how) => {
      close.run(how.status, how.at, how.by, id)
    },
    get: (id) => get.get(id),
    page(tenant, query) {
      const { where, values } = filter(tenant, query)
      return db
        .prepare<unknown[], TaskRow>(
          `SELECT ${columns} FROM tasks WHERE ${where} ORDER BY created_at, id LIMIT ?`,
        )
        .all(...values, query.limit)
    },
    count(tenant, query) {
      const { where, values } = filter(tenant, query)
      return db
        .prepare<unknown[], number>(`SELECT count(*) FROM tasks WHERE ${where}`)
        .pluck()
        .get(...values) as number
    },
  }
}
