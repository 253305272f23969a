import type { DocumentTable, DraftRow, ReleaseTable, VersionRow } from '#core/store.ts'
import type { Sqlite } from './open-database.ts'

const draftColumns =
  'tenant, kind, id, draft, body, updated_at AS updatedAt, updated_by AS updatedBy'
const versionColumns =
  'tenant, kind, id, version, body, hash, published_at AS publishedAt, published_by AS publishedBy'

export function documentTable(db: Sqlite): DocumentTable {
  const saveDraft = db.prepare(
    `INSERT INTO drafts (tenant, kind, id, draft, body, updated_at, updated_by)
     VALUES (:tenant, :kind, :id, :draft, :body, :updatedAt, :updatedBy)
     ON CONFLICT (tenant, kind, id) DO UPDATE SET draft = excluded.draft, body = excluded.body,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
  )
  const draft = db.prepare<[string, string, string], DraftRow>(
    `SELECT ${draftColumns} FROM drafts WHERE tenant = ? AND kind = ? AND id = ?`,
  )
  const drafts = db.prepare<[string, string], DraftRow>(
    `SELECT ${draftColumns} FROM drafts WHERE tenant = ? AND kind = ? ORDER BY updated_at DESC, id`,
  )
  const addVersion = db.prepare(
    `INSERT INTO versions (tenant, kind, id, version, body, hash, published_at, published_by)
     VALUES (:tenant, :kind, :id, :version, :body, :hash, :publishedAt, :publishedBy)`,
  )
  const version = db.prepare<[string, string, string, number], VersionRow>(
    `SELECT ${versionColumns} FROM versions
     WHERE tenant = ? AND kind = ? AND id = ? AND version = ?`,
  )
  const versions = db.prepare<[string, string, string, number], VersionRow>(
    `SELECT ${versionColumns} FROM versions
     WHERE tenant = ? AND kind = ? AND id = ? ORDER BY version DESC LIMIT ?`,
  )
  const published = db.prepare<
    [string, string, string, number],
    Pick<VersionRow, 'version' | 'hash'>
  >(
    `SELECT version, hash FROM versions WHERE tenant = ? AND kind = ? AND id = ? AND version <= ?
     ORDER BY version DESC LIMIT 1`,
  )
  const versionOf = db
    .prepare<[string, string, string, string], number | null>(
      'SELECT max(version) FROM versions WHERE tenant = ? AND kind = ? AND id = ? AND hash = ?',
    )
    .pluck()
  return {
    saveDraft: (row) => {
      saveDraft.run(row)
    },
    draft: (tenant, kind, id) => draft.get(tenant, kind, id),
    drafts: (tenant, kind) => drafts.all(tenant, kind),
    addVersion: (row) => {
      addVersion.run(row)
    },
    version: (tenant, kind, id, number) =>
      number === undefined
        ? versions.get(tenant, kind, id, 1)
        : version.get(tenant, kind, id, number),
    published(tenant, kind, id, number) {
      const found = published.get(tenant, kind, id, number ?? Number.MAX_SAFE_INTEGER)
      return number === undefined || found?.version === number ? found : undefined
    },
    versionOf: (tenant, kind, id, hash) => versionOf.get(tenant, kind, id, hash) ?? undefined,
    versions: (tenant, kind, id) => versions.all(tenant, kind, id, -1),
  }
}

export function releaseTable(db: Sqlite): ReleaseTable {
  const put = db.prepare(
    `INSERT INTO releases (tenant, hash, body, created_at) VALUES (:tenant, :hash, :body, :createdAt)
     ON CONFLICT DO NOTHING`,
  )
  const get = db
    .prepare<[string, string], string>('SELECT body FROM releases WHERE tenant = ? AND hash = ?')
    .pluck()
  return {
    put: (row) => {
      put.run(row)
    },
    get: (tenant, hash) => get.get(tenant, hash),
  }
}
