import { afterEach, beforeEach, expect, it } from 'vitest'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { by, callFlow, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

/** Someone at the file itself. */
const tamper = (sql: string, ...values: unknown[]): void => {
  const db = new Database(bench.file)
  db.prepare(sql).run(...values)
  db.close()
}
const history = async (): Promise<string[]> => {
  const ids = [await bench.run(callFlow('loan'))]
  for (let n = 0; n < 3; n += 1)
    ids.push((await bench.engine.startRun({ ...by, flow: 'loan', input: {} })).id)
  await bench.engine.idle()
  await bench.engine.close()
  return ids
}

it('an untouched history verifies, across restarts', async () => {
  await history()
  await bench.reopen({ killed: true })
  const first = bench.engine.verify('default')
  expect(first).toMatchObject({ ok: true, entries: 10 })
  await bench.engine.startRun({ ...by, flow: 'loan', input: {} })
  await bench.engine.idle()
  expect(bench.engine.verify('default')).toMatchObject({ ok: true, entries: 12 })
})

it('[R64] one flipped byte is found and its place named', async () => {
  const [, second = ''] = await history()
  const db = new Database(bench.file)
  const row = db
    .prepare<[string], { data: Buffer }>('SELECT data FROM journal WHERE stream = ? AND seq = 2')
    .get(second)
  db.close()
  const data = Buffer.from(row?.data ?? [])
  data[20] = (data[20] ?? 0) ^ 1
  tamper('UPDATE journal SET data = ? WHERE stream = ? AND seq = 2', data, second)
  await bench.reopen({ killed: true })
  expect(bench.engine.verify('default')).toMatchObject({ ok: false, stream: second, seq: 2 })
})

it.each([
  ['who did it', `UPDATE journal SET actor_id = 'eve' WHERE stream = 'flow/loan' AND seq = 2`],
  ['when', `UPDATE journal SET at = at + 1 WHERE stream = 'flow/loan' AND seq = 2`],
  ['why', `UPDATE journal SET reason = 'ordered' WHERE stream = 'flow/loan' AND seq = 2`],
])('[R64] a change of %s is found', async (_, sql) => {
  await history()
  tamper(sql)
  await bench.reopen({ killed: true })
  const verdict = bench.engine.verify('default')
  expect(verdict).toMatchObject({ ok: false, stream: 'flow/loan', seq: 2 })
})

it('[R64] removed rows are found, at the end too', async () => {
  const [first = ''] = await history()
  tamper('DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)')
  await bench.reopen({ killed: true })
  expect(bench.engine.verify('default')).toMatchObject({
    ok: false,
    detail: 'rows after this one are missing',
  })
  await bench.engine.close()
  tamper('DELETE FROM journal WHERE stream = ? AND seq = 1', first)
  await bench.reopen({ killed: true })
  expect(bench.engine.verify('default')).toMatchObject({ ok: false })
})

it('[R65] destroying a case’s key erases its values, and the chain still verifies', async () => {
  const [first = '', second = ''] = await history()
  tamper(
    'UPDATE cases SET key = zeroblob(60) WHERE number = (SELECT case_number FROM runs WHERE id = ?)',
    first,
  )
  await bench.reopen({ killed: true })
  expect(bench.engine.verify('default').ok).toBe(true)
  expect(bench.engine.getRun('default', first)).toMatchObject({
    erased: true,
    input: null,
    steps: [],
  })
  expect(bench.engine.getRun('default', second).status).toBe('completed')
})
