import type { ConnectionRow, ConnectionTable, SecretRow, SecretTable } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const connectionColumns =
  'tenant, name, kind, address, settings, secret, limits, updated_at AS updatedAt, updated_by AS updatedBy'

export function connectionTable(db: Sqlite): ConnectionTable {
  const put = db.prepare(
    `INSERT INTO connections (tenant, name, kind, address, settings, secret, limits, updated_at, updated_by)
     VALUES (:tenant, :name, :kind, :address, :settings, :secret, :limits, :updatedAt, :updatedBy)
     ON CONFLICT (tenant, name) DO UPDATE SET kind = excluded.kind, address = excluded.address,
       settings = excluded.settings, secret = excluded.secret, limits = excluded.limits, updated_at = excluded.updated_at,
       updated_by = excluded.updated_by`,
  )
  const get = db.prepare<[string, string], ConnectionRow>(
    `SELECT ${connectionColumns} FROM connections WHERE tenant = ? AND name = ?`,
  )
  const list = db.prepare<[string], ConnectionRow>(
    `SELECT ${connectionColumns} FROM connections WHERE tenant = ? ORDER BY name`,
  )
  return {
    put: (row) => {
      put.run(row)
    },
    get: (tenant, name) => get.get(tenant, name),
    list: (tenant) => list.all(tenant),
  }
}

export function secretTable(db: Sqlite): SecretTable {
  const put = db.prepare(
    `INSERT INTO secrets (tenant, name, origin, data, updated_at, updated_by)
     VALUES (:tenant, :name, :origin, :data, :updatedAt, :updatedBy)
     ON CONFLICT (tenant, name) DO UPDATE SET origin = excluded.origin, data = excluded.data,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
  )
  const bind = db.prepare('UPDATE secrets SET origin = ? WHERE tenant = ? AND name = ?')
  const get = db.prepare<[string, string], SecretRow>(
    `SELECT tenant, name, origin, data, updated_at AS updatedAt, updated_by AS updatedBy
     FROM secrets WHERE tenant = ? AND name = ?`,
  )
  return {
    put: (row) => {
      put.run(row)
    },
    bind: (tenant, name, origin) => {
      bind.run(origin, tenant, name)
    },
    get: (tenant, name) => get.get(tenant, name),
  }
}
