import { afterEach, expect, it } from 'vitest'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
afterEach(() => bench.close())

const echo = sketch(
  'echo',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'input.n' } } },
  ],
  ['start.out > end'],
)

it('[R313] a start is answered with the decision where nothing in the flow waits', async () => {
  bench = await openBench()
  await bench.run(echo)
  const start = { ...by, flow: 'echo', input: { n: 7 }, caseKey: 'A-1' }
  const first = await bench.engine.startRun(start)
  expect(first).toMatchObject({ created: true, ended: { status: 'completed', output: 7 } })
  expect(bench.engine.getRun('default', first.id)).toMatchObject(first.ended ?? {})
  // Asked again it is told where the run stands, and nothing is decided anew.
  expect(await bench.engine.startRun(start)).toEqual({ id: first.id, created: false })
})

it('[R313] and without it where an effect is asked for', async () => {
  bench = await openBench()
  await bench.run(callFlow('ask'))
  const started = await bench.engine.startRun({ ...by, flow: 'ask', input: {} })
  expect(started).toEqual({ id: started.id, created: true })
})

it('[R314] a run that leaves memory early leaves no snapshot, and goes on from its journal', async () => {
  bench = await openBench({ runsInMemory: 1 })
  const wait = sketch(
    'wait',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'wait', type: 'flow.wait', config: { duration: '1h' } },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'input.n' } } },
    ],
    ['start.out > wait', 'wait.out > end'],
  )
  const ids = [await bench.run(wait, { n: 0 })]
  for (const n of [1, 2, 3])
    ids.push((await bench.engine.startRun({ ...by, flow: 'wait', input: { n } })).id)
  bench.clock.advance(7_200_000)
  await bench.engine.idle()
  for (const [n, id] of ids.entries()) {
    expect(bench.engine.getRun('default', id)).toMatchObject({ status: 'completed', output: n })
    expect(bench.engine.replay('default', id)).toEqual({ same: true, entries: 2 })
  }
  const db = new Database(bench.file, { readonly: true })
  expect(db.prepare('SELECT count(*) FROM snapshots').pluck().get()).toBe(0)
  db.close()
})
