import { expect, it, onTestFinished } from 'vitest'
import { TerminalError } from '#core/errors.ts'
import { by, callFlow, openBench } from './engine-fixture.ts'

/** An engine whose syncs are held from `hold` on, until they are let go or fail. */
async function withHeldSyncs() {
  let held: Promise<void> | undefined
  const bench = await openBench({}, async () => held)
  onTestFinished(() => bench.close())
  bench.peers.set('peer', () => 'answered')
  bench.engine.flows.save({ ...by, document: callFlow('loan') })
  bench.engine.flows.publish({ ...by, id: 'loan' })
  const told: string[] = []
  bench.engine.subscribe((_, events) => told.push(...events.map(({ type }) => type)))
  const hold = () => {
    const by = { release: () => {}, fail: (_error: Error) => {} }
    held = new Promise((release, fail) => Object.assign(by, { release, fail }))
    // It may fail before a sync comes to wait for it.
    held.catch(() => {})
    return by
  }
  return { bench, told, hold }
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
}

it('[R730] while the sync of its start is under way a run is neither acknowledged nor told nor performed', async () => {
  const { bench, told, hold } = await withHeldSyncs()
  const { engine, calls } = bench
  const { release } = hold()
  const seen: string[] = []
  const started = engine.startRun({ ...by, flow: 'loan', input: { n: 1 }, caseKey: 'a' })
  void started.then(() => seen.push('acknowledged'))
  await turns()
  // It is written, and so can be read; who would show it waits.
  expect(engine.listRuns('default', {}).total).toBe(1)
  const shown = engine.synced().then(() => seen.push('shown'))
  // The same command again finds what is not on disk yet, and waits for it too.
  const again = engine.startRun({ ...by, flow: 'loan', input: { n: 1 }, caseKey: 'a' })
  void again.then(() => seen.push('again'))
  await turns()
  expect([seen, told, calls]).toEqual([[], [], []])
  expect(engine.events('default', { from: 0 })).toEqual([])
  release()
  await Promise.all([started, shown, again])
  await engine.idle()
  expect(seen.toSorted()).toEqual(['acknowledged', 'again', 'shown'])
  expect(calls).toHaveLength(1)
  expect(engine.events('default', { from: 0 }).map(({ type }) => type)).toEqual(told)
  expect(told.at(-1)).toBe('run.completed')
})

it('[R730] an answer is written while the sync of another run goes on, and what follows waits for its own', async () => {
  const { bench, told, hold } = await withHeldSyncs()
  const { engine } = bench
  let answer = (_value: string) => {}
  bench.peers.set('peer', () => new Promise<string>((resolve) => (answer = resolve)))
  const { id } = await engine.startRun({ ...by, flow: 'loan', input: { n: 1 } })
  while (bench.calls.length === 0) await turns()
  const { release } = hold()
  const settled = engine.settled('default', id).then(() => told.push('settled'))
  answer('yes')
  await turns()
  expect(engine.getRun('default', id).status).toBe('completed')
  expect(told).not.toContain('run.completed')
  expect(told).not.toContain('settled')
  release()
  await settled
  expect(told).toContain('run.completed')
})

it('[R731] a sync that fails stops the engine: nothing is acknowledged, performed or shown any more', async () => {
  const { bench, told, hold } = await withHeldSyncs()
  const { engine, calls } = bench
  const { fail } = hold()
  const started = engine.startRun({ ...by, flow: 'loan', input: { n: 1 } })
  const refused = started.catch((error: unknown) => error)
  await turns()
  fail(new TerminalError('STORAGE_FAILED', { detail: 'EIO' }))
  expect(await refused).toMatchObject({ code: 'STORAGE_FAILED' })
  expect(engine.failure()).toMatchObject({ code: 'STORAGE_FAILED' })
  await expect(engine.synced()).rejects.toMatchObject({ code: 'STORAGE_FAILED' })
  const save = () => engine.flows.save({ ...by, document: callFlow('other') })
  expect(save).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }))
  await turns()
  expect([told, calls]).toEqual([[], []])
})
