import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalRow, RunRow, Store } from '#core/store.ts'
import { loadMasterKey } from './master-key.ts'
import { migrations } from './migrations.ts'
import { openStore } from './open-store.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-store-'))
  file = join(folder, 'metis.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const line = (stream: string, seq: number): JournalRow => ({
  tenant: 't',
  stream,
  seq,
  at: 0,
  type: 'done',
  actor: { id: 'a', kind: 'user' },
  reason: null,
  case: null,
  data: Buffer.from('{}'),
  events: null,
  lastEvent: null,
  hash: Buffer.alloc(32),
})

describe('a database file', () => {
  it('[R73] is opened with every guard on', () => {
    openStore(file).close()
    const db = new Database(file)
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    const tables = db
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([])
    const withoutTenant = tables.filter(
      ({ name }) =>
        !db
          .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
          .all(name)
          .some((column) => column.name === 'tenant'),
    )
    // What holds for the database as a whole, as the check value of its master key.
    expect(withoutTenant.map(({ name }) => name)).toEqual(['marks'])
    db.close()
  })

  it('[R72] of a later release is refused, and left as it is', () => {
    openStore(file).close()
    const db = new Database(file)
    db.pragma(`user_version = ${migrations.length + 1}`)
    db.close()
    expect(() => openStore(file)).toThrow(
      `has format ${migrations.length + 1}, but this release knows only up to`,
    )
  })

  it('keeps all of a transaction or nothing', () => {
    const store = openStore(file)
    store.transaction(() => store.journal.append(line('r', 1)))
    const work = () =>
      store.transaction(() => {
        store.journal.append(line('r', 2))
        store.journal.append(line('r', 1))
      })
    expect(work).toThrow('UNIQUE')
    expect(store.journal.read('t', 'r').map(({ seq }) => seq)).toEqual([1])
    store.transaction(() => store.journal.append(line('r', 2)))
    store.close()
    expect(openStore(file).journal.last('t', 'r')).toBe(2)
  })
})

describe('a list of 10,000 runs', () => {
  const seed = (store: Store, count: number): void =>
    store.transaction(() => {
      store.releases.put({ tenant: 't', hash: 'h', body: '{}', createdAt: 0 })
      const own = store.cases.add({
        tenant: 't',
        token: Buffer.from('x'),
        key: Buffer.alloc(1),
        name: null,
        createdAt: 0,
      })
      for (let n = 0; n < count; n += 1) {
        const row: RunRow = {
          id: `r${String(n).padStart(6, '0')}`,
          tenant: 't',
          flow: n % 2 ? 'odd' : 'even',
          flowName: 'Flow',
          version: 1,
          release: 'h',
          case: own,
          token: n === 4_321 ? Buffer.from('case') : null,
          status: n % 10 ? 'completed' : 'waiting',
          running: 0,
          at: '[]',
          seq: 1,
          startedAt: Math.floor(n / 3),
          endedAt: null,
          parent: null,
          parentEffect: null,
          item: null,
          body: null,
          priority: 5,
          previous: null,
          next: null,
          error: null,
        }
        store.runs.add(row)
      }
    })

  it('[R74] is walked page by page, newest first, none twice and none left out, by every filter', () => {
    const store = openStore(file)
    seed(store, 10_000)
    for (const filter of [
      {},
      { flow: 'odd' },
      { status: 'waiting' },
      { flow: 'even', status: 'waiting' },
    ]) {
      const ids: string[] = []
      for (let before: { startedAt: number; id: string } | undefined; ;) {
        const page = store.runs.page('t', { ...filter, before, limit: 500 })
        ids.push(...page.map(({ id }) => id))
        before = page.at(-1)
        if (page.length < 500) break
      }
      expect(ids.length).toBe(store.runs.count('t', filter))
      expect(ids).toEqual(ids.toSorted().reverse())
    }
    const found = store.runs.page('t', { id: 'nothing', tokens: [Buffer.from('case')], limit: 5 })
    expect(found.map(({ id }) => id)).toEqual(['r004321'])
    expect(store.runs.page('t', { id: 'r00999', limit: 50 })).toHaveLength(10)
    store.close()
  })

  it('[R74] reads a page by an index, never the whole table', () => {
    openStore(file).close()
    const db = new Database(file)
    const plan = (where: string): string =>
      db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT * FROM runs WHERE tenant = 't' AND parent IS NULL ${where} ORDER BY started_at DESC, id DESC LIMIT 50`,
        )
        .all()
        .map(({ detail }) => detail)
        .join()
    for (const where of ['', `AND flow = 'f'`, `AND status = 's'`]) {
      expect(plan(where)).toContain('USING INDEX')
      expect(plan(where)).not.toContain('TEMP B-TREE')
    }
    db.close()
  })
})

describe('the master key', () => {
  it('is made once, for its owner alone', () => {
    const keyFile = join(folder, 'master.key')
    const key = loadMasterKey(keyFile)
    expect(key).toHaveLength(32)
    expect(loadMasterKey(keyFile)).toEqual(key)
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  })

  it('is refused when the file holds something else', () => {
    writeFileSync(join(folder, 'master.key'), 'hello')
    expect(() => loadMasterKey(join(folder, 'master.key'))).toThrow('64 hexadecimal digits')
  })
})
