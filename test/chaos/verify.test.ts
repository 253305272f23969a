import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openArchive } from '#engine/adapters/sqlite/open-archive.ts'
import { audit } from '#engine/run/audit.ts'
import { createRandom } from '../property/random.ts'
import { metis } from './metis.ts'
import { database } from './releases/0.2.0/release.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-verify-'))
  cpSync(database, folder, { recursive: true })
  file = join(folder, 'metis.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The places that `metis verify` names. */
async function faults(): Promise<string[]> {
  const archive = await openArchive(file)
  try {
    const damages = archive.damages()
    const master = loadMasterKey(join(folder, 'master.key'), { make: false })
    return [...damages, ...[...audit(archive, master)].map(({ stream }) => stream)]
  } finally {
    archive.close()
  }
}
const rows = (sql: string) => {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[], Record<string, unknown>>(sql).all()
  } finally {
    db.close()
  }
}
const flipped = (bytes: Uint8Array, random: ReturnType<typeof createRandom>): Buffer => {
  const changed = Buffer.from(bytes)
  const at = random.int(changed.length)
  changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8))
  return changed
}

/** Each table that holds what is sealed, with the place that is named. */
const sealed: Readonly<Record<string, string>> = {
  journal: 'stream',
  cases: `'case/' || number`,
  tasks: `'task/' || id`,
  item_results: `'list/' || effect`,
  answers: `'answer/' || lower(hex(key))`,
  messages: `'message/' || number`,
  bulks: `'bulk/' || id`,
}

it('an untouched database has no fault', async () => {
  expect(await faults()).toEqual([])
})

it.each(Object.entries(sealed))(
  '[R372] any changed byte of what is sealed in %s is found, and its place named',
  async (table, place) => {
    const random = createRandom(7)
    const column = table === 'cases' ? 'name' : 'data'
    const all = rows(
      `SELECT rowid AS id, ${place} AS place, ${column} AS data FROM ${table} WHERE ${column} IS NOT NULL`,
    )
    expect(all.length).toBeGreaterThan(0)
    for (let n = 0; n < 6; n += 1) {
      const row = random.pick(all) as { id: number; place: string; data: Uint8Array }
      const write = (data: Uint8Array) => {
        const db = new Database(file)
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(data, row.id)
        db.close()
      }
      write(flipped(row.data, random))
      expect(await faults()).toContain(row.place)
      write(row.data)
    }
    expect(await faults()).toEqual([])
  },
)

it('[R587] a damaged page ends verify and replay with a sentence, and verify with a place, wherever it lies', async () => {
  const random = createRandom(13)
  const whole = readFileSync(file)
  const size = 4096
  const pages = whole.length / size
  const tables = [
    'journal',
    'cases',
    'tasks',
    'answers',
    'messages',
    'bulks',
    'releases',
    'versions',
  ]
  const held = () => tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY rowid`))
  const kept = held()
  const damages: readonly ((bytes: Buffer, page: number) => Buffer)[] = [
    (bytes, page) => bytes.fill(0, page * size, (page + 1) * size),
    (bytes, page) => {
      for (let at = page * size; at < (page + 1) * size; at += 1) bytes[at] = random.int(256)
      return bytes
    },
    // Another page in its place.
    (bytes, page) => {
      whole.copy(
        bytes,
        page * size,
        ((page + 7) % pages) * size,
        ((page + 7) % pages) * size + size,
      )
      return bytes
    },
    (bytes, page) => bytes.subarray(0, page * size + random.int(size)),
  ]
  for (const damage of damages)
    for (let n = 0; n < 6; n += 1) {
      const page = 1 + random.int(pages - 1)
      writeFileSync(file, damage(Buffer.from(whole), page))
      const verified = await metis('verify', '--data', folder)
      const replayed = await metis('replay', '--all', '--data', folder)
      for (const { err } of [verified, replayed]) expect(err).not.toMatch(/\n\s+at /)
      const found = verified.code !== 0 && /database|tenant|table/.test(verified.out + verified.err)
      expect(found || held(), `page ${page}: ${verified.out}`).toEqual(found || kept)
    }
})

it('[R373] a flipped bit anywhere in the file is found, or has changed no entry of the journal', async () => {
  const random = createRandom(11)
  const whole = readFileSync(file)
  const journal = rows('SELECT * FROM journal ORDER BY id')
  let found = 0
  const flips = 40
  for (let n = 0; n < flips; n += 1) {
    writeFileSync(file, flipped(whole, random))
    const named = await faults().catch((error: Error) => [error.message])
    const isFound = named.length > 0
    if (isFound) found += 1
    expect(isFound || rows('SELECT * FROM journal ORDER BY id')).toEqual(isFound || journal)
  }
  expect(found).toBeGreaterThan(flips / 10)
})
