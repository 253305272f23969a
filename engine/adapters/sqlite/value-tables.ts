import type {
  BlobRow,
  BlobTable,
  CaseRow,
  CaseTable,
  MarkTable,
  SnapshotRow,
  SnapshotTable,
  TenantHead,
  TenantTable,
  ValueTable,
} from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

export function tenantTable(db: Sqlite): TenantTable {
  const all = db.prepare<[], TenantHead>('SELECT tenant, chain, entries, events FROM tenants')
  const get = db.prepare<[string], TenantHead>(
    'SELECT tenant, chain, entries, events FROM tenants WHERE tenant = ?',
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO tenants (tenant, chain, entries, events) VALUES (?, ?, ?, ?)',
  )
  return {
    all: () => all.all(),
    get: (tenant) => get.get(tenant),
    put: (head) => {
      put.run(head.tenant, head.chain, head.entries, head.events)
    },
  }
}

const caseColumns = 'number, tenant, token, key, name, created_at AS createdAt'

export function caseTable(db: Sqlite): CaseTable {
  const add = db.prepare(
    'INSERT INTO cases (tenant, token, key, name, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  const get = db.prepare<[number], CaseRow>(`SELECT ${caseColumns} FROM cases WHERE number = ?`)
  const find = db.prepare<[string, Uint8Array], CaseRow>(
    `SELECT ${caseColumns} FROM cases WHERE tenant = ? AND token = ?`,
  )
  return {
    add: (row) =>
      Number(add.run(row.tenant, row.token, row.key, row.name, row.createdAt).lastInsertRowid),
    get: (number) => get.get(number),
    find: (tenant, token) => find.get(tenant, token),
  }
}

export function snapshotTable(db: Sqlite): SnapshotTable {
  const put = db.prepare(
    'INSERT OR REPLACE INTO snapshots (run, tenant, seq, data) VALUES (?, ?, ?, ?)',
  )
  const get = db.prepare<[string], SnapshotRow>(
    'SELECT run, tenant, seq, data FROM snapshots WHERE run = ?',
  )
  const remove = db.prepare('DELETE FROM snapshots WHERE run = ?')
  return {
    put: (row) => {
      put.run(row.run, row.tenant, row.seq, row.data)
    },
    get: (run) => get.get(run),
    remove: (run) => {
      remove.run(run)
    },
  }
}

export function valueTable(db: Sqlite): ValueTable {
  const put = db.prepare(
    `INSERT INTO "values" (case_number, id, tenant, data) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const get = db
    .prepare<[number, string], Uint8Array>(
      'SELECT data FROM "values" WHERE case_number = ? AND id = ?',
    )
    .pluck()
  return {
    put: (row) => {
      put.run(row.case, row.id, row.tenant, row.data)
    },
    get: (caseNumber, id) => get.get(caseNumber, id),
  }
}

export function blobTable(db: Sqlite): BlobTable {
  const put = db.prepare(
    `INSERT INTO blobs (tenant, hash, name, type, size, key, data, created_at, created_by)
     VALUES (:tenant, :hash, :name, :type, :size, :key, :data, :createdAt, :createdBy)
     ON CONFLICT DO NOTHING`,
  )
  const get = db.prepare<[string, string], BlobRow>(
    `SELECT tenant, hash, name, type, size, key, data, created_at AS createdAt,
       created_by AS createdBy FROM blobs WHERE tenant = ? AND hash = ?`,
  )
  const has = db
    .prepare<[string, string], number>('SELECT 1 FROM blobs WHERE tenant = ? AND hash = ?')
    .pluck()
  const about = db.prepare<[string, string], Pick<BlobRow, 'hash' | 'name' | 'type' | 'size'>>(
    'SELECT hash, name, type, size FROM blobs WHERE tenant = ? AND hash = ?',
  )
  const remove = db.prepare('DELETE FROM blobs WHERE tenant = ? AND hash = ?')
  return {
    put: (row) => {
      put.run(row)
    },
    get: (tenant, hash) => get.get(tenant, hash),
    has: (tenant, hash) => has.get(tenant, hash) !== undefined,
    about: (tenant, hash) => about.get(tenant, hash),
    remove: (tenant, hash) => {
      remove.run(tenant, hash)
    },
  }
}

export function markTable(db: Sqlite): MarkTable {
  const put = db.prepare('INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)')
  const get = db.prepare<[string], Uint8Array>('SELECT value FROM marks WHERE name = ?').pluck()
  return {
    put: (name, value) => {
      put.run(name, value)
    },
    get: (name) => get.get(name),
  }
}
