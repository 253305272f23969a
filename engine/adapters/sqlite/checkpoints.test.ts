import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkpoint, phases, type CheckpointTask } from './checkpoint.ts'
import type { CheckpointOptions, CheckpointThread } from './checkpoints.ts'
import { Database } from './database.ts'
import { openStore } from './open-store.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-checkpoints-'))
  file = join(folder, 'metis.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const frame = 4_096 + 24
const log = () => statSync(`${file}-wal`)

/** A store and how to bring to disk so many pages more. */
function open(options: CheckpointOptions) {
  const store = openStore(file, options)
  let marks = 0
  const put = (count: number) => {
    for (const until = marks + count; marks < until; marks += 1)
      store.marks.put(`mark-${marks}`, Buffer.alloc(4_000, marks % 256))
  }
  return {
    store,
    async write(count: number) {
      store.write(() => put(count))
      await store.sync()
    },
    transaction: (count: number) => store.transaction(() => put(count)),
    marks: () => marks,
  }
}

/** Makes checkpoints in this thread, between turns of the loop. */
const thread = (
  run: CheckpointThread['run'] = (task) => Promise.resolve(checkpoint(task)),
): CheckpointThread & { readonly tasks: CheckpointTask[] } => {
  const tasks: CheckpointTask[] = []
  return {
    tasks,
    run(task) {
      tasks.push(task)
      return run(task)
    },
    close: () => Promise.resolve(),
  }
}

/** What a reader of the file alone finds, as if the log were lost. */
const marksIn = (path: string): number => {
  const db = new Database(path, { readonly: true })
  const { count } = db
    .prepare<[], { count: number }>("SELECT count(*) AS count FROM marks WHERE name LIKE 'mark-%'")
    .get() ?? { count: -1 }
  db.close()
  return count
}

it('[R732] the log is taken over in a thread of its own, stays the same file, and begins anew before it is too long', async () => {
  const failures: string[] = []
  const { store, write, marks } = open({
    every: 20,
    most: 100,
    failed: (detail) => failures.push(detail),
  })
  const { ino } = log()
  for (let turn = 0; turn < 60; turn += 1) {
    await write(10)
    expect(log().size).toBeLessThan(150 * frame)
  }
  expect(log().ino).toBe(ino)
  expect(failures).toEqual([])
  store.close()
  expect(log).toThrow('ENOENT')
  expect(marksIn(file)).toBe(marks())
})

it('[R732] commits go on while a checkpoint is made; a log that is too long holds up the sync until it has caught up', async () => {
  const held: (() => void)[] = []
  const slow = thread(async (task) => {
    await new Promise<void>((go) => held.push(go))
    return checkpoint(task)
  })
  const { store, write } = open({ every: 10, most: 200, thread: slow })
  for (let turn = 0; turn < 3; turn += 1) await write(10)
  expect(slow.tasks).toHaveLength(1)
  held.shift()?.()
  await new Promise(setImmediate)
  let ended = false
  const long = write(250).then(() => (ended = true))
  while (held.length === 0) await new Promise(setImmediate)
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
  expect(ended).toBe(false)
  let both = false
  const ends = Promise.all([long, write(10)]).then(() => (both = true))
  while (!both) {
    held.shift()?.()
    await new Promise(setImmediate)
  }
  await ends
  const { size } = log()
  await write(1)
  // Written at its beginning.
  expect(log().size).toBe(size)
  store.close()
})

it('[R732] a reader holds up no commit: the log grows, and begins anew once nobody reads', async () => {
  const { store, write, marks } = open({ every: 10, most: 50, thread: thread() })
  await write(5)
  const reader = new Database(file, { readonly: true })
  reader.exec('BEGIN')
  const count = reader.prepare<[], number>('SELECT count(*) FROM marks').pluck()
  const seen = count.get()
  for (let turn = 0; turn < 20; turn += 1) await write(10)
  expect(log().size).toBeGreaterThan(200 * frame)
  expect(count.get()).toBe(seen)
  reader.close()
  for (let turn = 0; turn < 8; turn += 1) await write(10)
  const { size } = log()
  for (let turn = 0; turn < 20; turn += 1) await write(10)
  expect(log().size).toBe(size)
  store.close()
  expect(marksIn(file)).toBe(marks())
})

it('[R732] whoever never leaves the loop makes the checkpoint itself', () => {
  const idle = thread(() => new Promise(() => {}))
  const { store, transaction, marks } = open({ every: 10, most: 50, thread: idle })
  for (let turn = 0; turn < 100; turn += 1) {
    transaction(10)
    expect(log().size).toBeLessThan(150 * frame)
  }
  expect(idle.tasks).toHaveLength(1)
  store.close()
  expect(marksIn(file)).toBe(marks())
})

it('[R733] a thread that dies is told, its checkpoint made on the loop, and the next one asked of a thread again', async () => {
  const failures: string[] = []
  const dying = thread((task) => {
    // In the middle.
    Atomics.store(task.phase, 0, phases.working)
    return Promise.reject(new Error('it ended'))
  })
  const { store, write, marks } = open({
    every: 10,
    most: 50,
    thread: dying,
    failed: (detail) => failures.push(detail),
  })
  for (let turn = 0; turn < 30; turn += 1) {
    await write(10)
    expect(log().size).toBeLessThan(150 * frame)
  }
  expect(failures.length).toBeGreaterThan(5)
  expect(failures.length).toBe(dying.tasks.length)
  expect(failures[0]).toContain('it ended')
  store.close()
  expect(marksIn(file)).toBe(marks())
})

it('[R733] a checkpoint that the disk refuses is told, and loses nothing', async () => {
  const failures: string[] = []
  const full = thread(() => Promise.resolve('SQLITE_FULL'))
  const { store, write, marks } = open({
    every: 10,
    most: 50,
    thread: full,
    failed: (detail) => failures.push(detail),
  })
  for (let turn = 0; turn < 30; turn += 1) await write(10)
  expect(failures.length).toBe(full.tasks.length)
  expect(new Set(failures)).toEqual(new Set(['SQLITE_FULL']))
  expect(store.marks.get('mark-299')).toHaveLength(4_000)
  store.close()
  expect(marksIn(file)).toBe(marks())
})

it('[R734] closing waits for a checkpoint that is under way, makes the last one, and lets none begin after it', async () => {
  const { store, write, marks } = open({ every: 10, most: 1_000 })
  await write(20)
  await write(20)
  // Wherever the thread stands now: it may not even have started.
  store.close()
  expect(log).toThrow('ENOENT')
  expect(marksIn(file)).toBe(marks())
  const phase = new Int32Array(new SharedArrayBuffer(4)).fill(phases.ended)
  expect(checkpoint({ path: join(folder, 'none.db'), phase })).toBeUndefined()
})

it('[R734] an erasure folds the log in between, whether a checkpoint is under way or not', async () => {
  const { store, write, marks } = open({ every: 10, most: 1_000 })
  for (let turn = 0; turn < 20; turn += 1) {
    await write(20)
    const folded = store.foldLog()
    expect(folded && log().size > 0).toBe(false)
  }
  await expect.poll(() => store.foldLog(), { timeout: 15_000 }).toBe(true)
  expect(log().size).toBe(0)
  store.close()
  expect(marksIn(file)).toBe(marks())
})

it('[R732] the SQLite that the driver brings can look at its log without taking anything over', async () => {
  const { store, write } = open({ thread: thread() })
  await write(5)
  const db = new Database(file, { fileMustExist: true })
  const look = () => db.pragma('wal_checkpoint(NOOP)')
  expect(look()).toEqual(look())
  expect(look()).toMatchObject([{ busy: 0, checkpointed: 0 }])
  db.close()
  store.close()
})
