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
  const commits = groupCommit<CommitBatch>({
    transaction(work) {
      current = { rows: [] }
      const result = work()
      if (failure) throw failure
      disk.push(...current.rows)
      transactions.push(current)
      return result
    },
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
  return { commits, disk, transactions, told, write, fail: (error: Error) => (failure = error) }
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
  commits.close()
  await expect(queued).resolves.toBe('a')
  expect(disk).toEqual(['a'])
  await expect(write('b')).rejects.toMatchObject({ code: 'ENGINE_CLOSED' })
})
