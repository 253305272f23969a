import { expect, it, onTestFinished } from 'vitest'
import type { Store } from '#core/store.ts'
import { createRegistry } from '#core/node/registry.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { builtInNodes } from '#nodes/index.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'
import { createEngine } from './create-engine.ts'
import { answering, by, sketch } from './engine-fixture.ts'

/** Faults of our own making, in the engine and beside it. */
async function open(change: (store: Store) => Store, store = openStore(':memory:')) {
  const logged: unknown[] = []
  const engine = await createEngine({
    store: change(store),
    registry: createRegistry([...builtInNodes, answering]),
    clock: simulatedClock(),
    masterKey: Buffer.alloc(32, 7),
    log: { info: () => {}, error: ({ event }) => void logged.push(event) },
  })
  onTestFinished(() => engine.close())
  const run = async (flow: { id: string }): Promise<string> => {
    engine.flows.save({ ...by, document: flow })
    engine.flows.publish({ ...by, id: flow.id })
    const { id } = await engine.startRun({ ...by, flow: flow.id, input: { amount: 1 } })
    await engine.idle()
    return id
  }
  return { engine, logged, run }
}
/** The journal fails at the n-th entry of this type, and then no more. */
const failingAt =
  (type: string, count: number) =>
  (store: Store): Store => {
    let left = count
    return {
      ...store,
      journal: {
        ...store.journal,
        append(row) {
          if (row.type === type && (left -= 1) === 0) throw new RangeError('Invalid string length')
          store.journal.append(row)
        },
      },
    }
  }
const asks = sketch(
  'loan',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'ask', type: 'test.answer' },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'ask' } } },
  ],
  ['start.out > ask', 'ask.out > end'],
)

it('[R588] an answer that cannot be kept becomes an incident that says so, and can be tried again', async () => {
  const { engine, logged, run } = await open(failingAt('done', 1))
  const id = await run(asks)
  expect(engine.getRun('default', id)).toMatchObject({
    status: 'incident',
    error: { code: 'ANSWER_NOT_KEPT', message: expect.stringContaining('Invalid string length') },
  })
  expect(logged).toEqual(['effect.answer'])
  await engine.retryStep({ ...by, run: id, step: 'ask:1' })
  await engine.idle()
  expect(engine.getRun('default', id)).toMatchObject({ status: 'completed', output: 'answer' })
  expect(engine.replay('default', id).same).toBe(true)
  expect(engine.verify('default').ok).toBe(true)
})

it('[R588] a listener that fails keeps no run from going on', async () => {
  const { engine, logged, run } = await open((store) => store)
  engine.subscribe(() => {
    throw new Error('nobody is at home')
  })
  expect(engine.getRun('default', await run(asks)).status).toBe('completed')
  expect(logged).toContain('event.listener')
})

it('[R588] a run at which the engine itself fails gets its verdict in a command on many, and the others theirs', async () => {
  const { engine, run } = await open(failingAt('suspend', 4))
  const first = await run(taskFlow)
  const runs = [first]
  for (let n = 0; n < 2; n += 1) {
    const { id } = await engine.startRun({ ...by, flow: 'ask', input: { amount: 2 } })
    runs.push(id)
  }
  // Three are tried and taken back, the first of those changed is the fourth.
  const { id } = await engine.previewBulk({ ...by, query: {}, verb: { do: 'suspend' } })
  await engine.applyBulk({ ...by, id, reason: 'r' })
  while (engine.getBulk('default', id).status === 'running')
    await new Promise((resume) => setImmediate(resume))
  expect(engine.getBulk('default', id)).toMatchObject({ status: 'done', done: 2, refused: 1 })
  const verdicts = engine.listBulkItems('default', { id }).items
  expect(verdicts.filter(({ verdict }) => verdict === 'refused')).toMatchObject([
    { code: 'VERB_FAILED', detail: expect.stringContaining('RangeError') },
  ])
  expect(runs.map((each) => engine.getRun('default', each).status).toSorted()).toEqual([
    'suspended',
    'suspended',
    'waiting',
  ])
})

it('[R588] a command on many whose order was changed on the disk keeps no start from its work', async () => {
  const store = openStore(':memory:')
  const { engine, run } = await open((given) => ({ ...given, close: () => {} }), store)
  await run(taskFlow)
  const { id } = await engine.previewBulk({ ...by, query: {}, verb: { do: 'suspend' } })
  await engine.close()
  store.transaction(() => {
    store.bulks.begin(id, { at: 0, actor: by.actor, reason: null })
    store.bulks.reseal(id, Buffer.alloc(80, 1))
  })
  const again = await open((given) => given, store)
  expect(again.engine.getRun('default', await again.run(asks)).status).toBe('completed')
})
