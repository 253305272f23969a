import { expect, it } from 'vitest'
import { groupCommit, type CommitBatch } from './group-commit.ts'

interface Transaction {
  readonly rows: string[]
}

/** A database that counts its syncs and can fail. */
function database(turn?: number) {
  const disk: string[] = []
  const transactions: Transaction[] = []
  const told: string[] = []
  let current: Transaction = { rows: [] }
  let failure: Error | undefined
  let syncs = 0
  /** Where a sync is held until it is let go. */
  let hold: Promise<void> | undefined
  const commits = groupCommit<CommitBatch>({
    write(work) {
      current = { rows: [] }
      const result = work()
      if (failure) throw failure
      disk.push(...current.rows)
      transactions.push(current)
      return result
    },
    async sync() {
      syncs += 1
      await hold
    },
    mostUnsynced: 3,
    open: () => ({ writes: 0 }),
    finish: () => {},
    committed: () => told.push('committed'),
    rolledBack: () => told.push('rolled back'),
    failed: () => told.push('failed'),
    limit: 10,
    ...(turn === undefined ? {} : { turn }),
  })
  const write = (row: string) =>
    commits.submit((batch) => {
      batch.writes += 1
      current.rows.push(row)
      if (row.startsWith('bad')) throw new Error(`${row} is bad`)
      return row
    })
  /** Holds syncs back; returns how they go on, or fail. */
  const holdSyncs = () => {
    const held = { resolve: () => {}, reject: (_error: Error) => {} }
    hold = new Promise((resolve, reject) => Object.assign(held, { resolve, reject }))
    return held
  }
  const fail = (error: Error) => (failure = error)
  return { commits, disk, transactions, told, write, fail, holdSyncs, syncs: () => syncs }
}

/** Turns of the loop in which whatever can go on does. */
const turns = async (count = 5) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
}

it('[R45] two commands of one turn of the loop share one sync', async () => {
  const { write, transactions } = database()
  await expect(Promise.all([write('a'), write('b')])).resolves.toEqual(['a', 'b'])
  expect(transactions).toEqual([{ rows: ['a', 'b'] }])
})

it('[R45] a command alone does not wait for others, nor do those of a later turn join it', async () => {
  const { write, transactions } = database()
  await write('a')
  await write('b')
  expect(transactions).toEqual([{ rows: ['a'] }, { rows: ['b'] }])
})

it('[R540] what no longer fits into a turn of the loop is written in the next, in order', async () => {
  // A turn that is over before it begins leaves room for one.
  const { write, transactions, commits } = database(-1)
  const all = Promise.all([write('a'), write('b'), write('c')])
  await new Promise(setImmediate)
  expect(transactions).toEqual([{ rows: ['a'] }])
  expect(commits.queued()).toBe(2)
  await expect(all).resolves.toEqual(['a', 'b', 'c'])
  expect(transactions).toEqual([{ rows: ['a'] }, { rows: ['b'] }, { rows: ['c'] }])
})

it('[R540] when the disk fails, those that waited for the next turn are refused too', async () => {
  const { write, fail } = database(-1)
  fail(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }))
  const results = await Promise.allSettled([write('a'), write('b'), write('c')])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

it('[R44] nothing is acknowledged before it is on disk', async () => {
  const { write, disk } = database()
  const acknowledged = write('a').then((row) => disk.includes(row))
  expect(disk).toEqual([])
  await expect(acknowledged).resolves.toBe(true)
})

it('a transaction takes no more than its limit, in order', async () => {
  const { write, transactions, disk } = database()
  const rows = Array.from({ length: 25 }, (_, n) => `r${n}`)
  await Promise.all(rows.map(write))
  expect(transactions.map((one) => one.rows.length)).toEqual([10, 10, 5])
  expect(disk).toEqual(rows)
})

it('a command that fails before it writes is refused alone', async () => {
  const { commits, write, transactions } = database()
  const refused = commits.submit(() => {
    throw new Error('no')
  })
  const results = await Promise.allSettled([write('a'), refused, write('b')])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(transactions).toEqual([{ rows: ['a', 'b'] }])
})

it('a command that fails after it wrote takes nobody along', async () => {
  const { write, disk, told } = database()
  const results = await Promise.allSettled([write('a'), write('bad'), write('b')])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(disk).toEqual(['a', 'b'])
  expect(told).toEqual(['rolled back', 'committed', 'committed'])
})

it('[R46] when the disk is full nothing is acknowledged, and nothing is taken any more', async () => {
  const { write, disk, told, fail } = database()
  fail(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }))
  const results = await Promise.allSettled([write('a'), write('b')])
  for (const result of results)
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_FULL' } })
  expect(disk).toEqual([])
  expect(told).toEqual(['rolled back', 'failed'])
  await expect(write('c')).rejects.toMatchObject({ code: 'STORAGE_FULL' })
})

it('closing writes what is queued and refuses the rest', async () => {
  const { commits, write, disk } = database()
  const queued = write('a')
  void commits.close()
  await expect(queued).resolves.toBe('a')
  expect(disk).toEqual(['a'])
  await expect(write('b')).rejects.toMatchObject({ code: 'ENGINE_CLOSED' })
})

it('[R730] nothing is acknowledged or performed before the sync that covers it has ended', async () => {
  const { write, told, holdSyncs, transactions, commits } = database()
  const held = holdSyncs()
  const acknowledged: string[] = []
  const first = write('a').then((row) => acknowledged.push(row))
  const shown = turns().then(() => commits.synced().then(() => told.push('shown')))
  await turns(20)
  expect(transactions).toHaveLength(1)
  expect(acknowledged).toEqual([])
  expect(told).toEqual([])
  expect(commits.unsynced()).toHaveLength(1)
  held.resolve()
  await first
  await shown
  expect(acknowledged).toEqual(['a'])
  expect(told).toEqual(['committed', 'shown'])
  expect(commits.unsynced()).toHaveLength(0)
})

it('[R730] what is written while a sync is under way waits for the next one, which covers all of it', async () => {
  const { write, told, holdSyncs, transactions, syncs } = database()
  const first = holdSyncs()
  const acknowledged: string[] = []
  const begin = (row: string) => write(row).then(() => acknowledged.push(row))
  const all = [begin('a')]
  await turns()
  const second = holdSyncs()
  for (const row of ['b', 'c']) {
    all.push(begin(row))
    await turns()
  }
  expect(transactions).toHaveLength(3)
  expect(syncs()).toBe(1)
  first.resolve()
  await turns()
  expect(acknowledged).toEqual(['a'])
  expect(syncs()).toBe(2)
  second.resolve()
  await Promise.all(all)
  expect(told).toEqual(['committed', 'committed', 'committed'])
  expect(syncs()).toBe(2)
})

it('[R730] no more transactions than a torn log may lose wait for the disk; further ones come together', async () => {
  const { write, holdSyncs, transactions } = database()
  const held = holdSyncs()
  const all: Promise<string>[] = []
  for (const row of ['a', 'b', 'c', 'd', 'e']) {
    all.push(write(row))
    await turns()
  }
  expect(transactions.map(({ rows }) => rows)).toEqual([['a'], ['b'], ['c']])
  held.resolve()
  await Promise.all(all)
  expect(transactions.slice(3).map(({ rows }) => rows)).toEqual([['d', 'e']])
})

it('[R822] a turn of the loop tells one transaction or writes one, so that nobody else waits for several', async () => {
  const { write, told, holdSyncs, transactions } = database()
  const first = holdSyncs()
  const all = [write('a')]
  await turns()
  const second = holdSyncs()
  for (const row of ['b', 'c', 'd']) {
    all.push(write(row))
    await turns()
  }
  first.resolve()
  second.resolve()
  let done = 0
  const since: number[] = []
  const settled = Promise.all(all).then(() => true)
  for (let ended = false; !ended;) {
    ended = await Promise.race([settled, new Promise<false>((go) => setImmediate(go, false))])
    since.push(told.length + transactions.length - done)
    done = told.length + transactions.length
  }
  expect(told).toHaveLength(4)
  expect(Math.max(...since.slice(1))).toBe(1)
})

it('[R822] what is on disk is told although the next sync fails', async () => {
  const { write, told, holdSyncs } = database()
  const first = holdSyncs()
  const kept = Promise.allSettled([write('a'), turns().then(() => write('b'))])
  await turns(10)
  const second = holdSyncs()
  const lost = write('c')
  await turns()
  first.resolve()
  second.reject(Object.assign(new Error('i/o error'), { code: 'EIO' }))
  await expect(lost).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
  const [a] = await kept
  expect(a?.status).toBe('fulfilled')
  expect(told).toEqual(['committed', 'failed'])
})

it('[R731] a sync that fails acknowledges nothing, is not tried again, and nothing is taken or shown any more', async () => {
  const { write, told, holdSyncs, commits, syncs } = database()
  const held = holdSyncs()
  const results = Promise.allSettled([write('a'), turns().then(() => write('b'))])
  await turns(10)
  const shown = commits.synced()
  held.reject(Object.assign(new Error('i/o error'), { code: 'EIO' }))
  for (const result of await results)
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_FAILED' } })
  await expect(shown).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
  expect(told).toEqual(['failed'])
  for (const refused of [write('c'), commits.synced()])
    await expect(refused).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
  await commits.close()
  expect(syncs()).toBe(1)
})
