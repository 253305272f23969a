import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Verb } from '#core/api/verbs.ts'
import { by, callFlow, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const flow = callFlow('loan', {
  policy: { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } },
})
const view = (run: string) => bench.engine.getRun('default', run)
/** Runs that stand as incidents, oldest first. */
async function broken(count: number): Promise<string[]> {
  bench.peers.set('peer', () => {
    throw new Error('down')
  })
  const runs = [await bench.run(flow)]
  while (runs.length < count) {
    bench.clock.advance(1)
    runs.push((await bench.engine.startRun({ ...by, flow: 'loan', input: {} })).id)
  }
  await bench.engine.idle()
  return runs
}
const preview = (verb: Verb, query = {}) => bench.engine.previewBulk({ ...by, query, verb })
const items = (id: string) =>
  bench.engine
    .listBulkItems('default', { id })
    .items.map(({ run, verdict, code }) => [run, verdict, code])
async function apply(id: string) {
  await bench.engine.applyBulk({ ...by, reason: 'bureau is back', id })
  return ended(id)
}
async function ended(id: string) {
  while (bench.engine.getBulk('default', id).status === 'running')
    await new Promise((resume) => setImmediate(resume))
  await bench.engine.idle()
  return bench.engine.getBulk('default', id)
}

describe('one verb on many runs', () => {
  it('[R295] is previewed with the exact runs and what would be refused, and changes nothing yet', async () => {
    const runs = await broken(3)
    bench.peers.set('peer', () => 'up')
    const last = runs[2] ?? ''
    await bench.engine.operate({ ...by, run: last, verb: { do: 'cancel' } })
    const before = bench.engine.events('default', { from: 0 }).length
    const shown = await preview({ do: 'retry' }, { flow: 'loan' })
    expect(shown).toMatchObject({ status: 'previewed', total: 3, refusals: 1, done: 0 })
    expect(items(shown.id)).toEqual([
      [last, null, 'RUN_ENDED'],
      [runs[1], null, null],
      [runs[0], null, null],
    ])
    expect(bench.engine.events('default', { from: 0 })).toHaveLength(before)
    expect(bench.calls).toHaveLength(3)
    for (const run of runs) expect(bench.engine.replay('default', run).same).toBe(true)
    expect(bench.engine.verify('default').ok).toBe(true)
  })

  it('[R296] is applied to exactly those runs, with a verdict for each, and actor and reason in each history', async () => {
    const runs = await broken(4)
    const shown = await preview({ do: 'retry' }, { status: 'incident', error: 'EFFECT_FAILED' })
    const late = (await bench.engine.startRun({ ...by, flow: 'loan', input: {} })).id
    await bench.engine.idle()
    await bench.engine.cancelRun({ ...by, run: runs[1] ?? '' })
    bench.peers.set('peer', () => 'up')
    expect(await apply(shown.id)).toMatchObject({ status: 'done', total: 4, done: 3, changed: 1 })
    expect(items(shown.id)).toEqual([
      [runs[3], 'done', null],
      [runs[2], 'done', null],
      [runs[1], 'changed', 'BULK_CHANGED'],
      [runs[0], 'done', null],
    ])
    expect([...runs, late].map((run) => view(run).status)).toEqual([
      'completed',
      'cancelled',
      'completed',
      'completed',
      'incident',
    ])
    const told = bench.engine
      .events('default', { from: 0, run: runs[0] ?? '' })
      .find(({ type }) => type === 'command')
    expect(told?.data).toMatchObject({ action: 'retry', actor: 'ada', reason: 'bureau is back' })
    await expect(apply(shown.id)).rejects.toMatchObject({ code: 'BULK_APPLIED' })
  })

  it('[R296] goes on after a restart with the runs that have no verdict yet, none twice', async () => {
    const runs = await broken(100)
    const shown = await preview({ do: 'suspend' }, { flow: 'loan' })
    await bench.engine.applyBulk({ ...by, id: shown.id })
    await bench.reopen()
    expect(await ended(shown.id)).toMatchObject({ done: 100, total: 100 })
    for (const run of runs) {
      const commands = bench.engine.events('default', { from: 0, run })
      expect(commands.filter(({ type }) => type === 'command')).toHaveLength(1)
    }
  })

  it('migrates with a dry run that says which runs cannot go on', async () => {
    const runs = await broken(2)
    bench.peers.set('other', () => 'other')
    bench.engine.flows.save({
      ...by,
      document: { ...callFlow('loan', { config: { peer: 'other' } }), name: 'Second' },
    })
    bench.engine.flows.publish({ ...by, id: 'loan' })
    await bench.engine.operate({
      ...by,
      run: runs[0] ?? '',
      verb: { do: 'migrate', version: 2, nodes: {} },
    })
    const shown = await preview(
      { do: 'migrate', version: 2, nodes: {} },
      { flow: 'loan', version: 1 },
    )
    expect(shown).toMatchObject({ total: 1, refusals: 0 })
    expect(await apply(shown.id)).toMatchObject({ done: 1 })
    expect(view(runs[1] ?? '')).toMatchObject({ version: 2, output: 'other' })
  })

  it('[R676] on more runs than one page gives others their turn while it is previewed and applied', async () => {
    await broken(620)
    const order: string[] = []
    const shown = preview({ do: 'suspend' }, { flow: 'loan' }).then((view) => {
      order.push('preview')
      return view
    })
    await bench.engine.startRun({ ...by, flow: 'loan', input: {} })
    order.push('start')
    const { id, total } = await shown
    expect(total).toBe(620)
    expect(new Set(items(id).map(([run]) => run)).size).toBe(100)
    await bench.engine.applyBulk({ ...by, id, reason: 'audit' })
    await bench.engine.startRun({ ...by, flow: 'loan', input: {} })
    expect(bench.engine.getBulk('default', id).status).toBe('running')
    expect(await ended(id)).toMatchObject({ done: 620, refused: 0 })
    expect(order).toEqual(['start', 'preview'])
  })

  it('refuses a query that no run fits, a stale preview and an unknown one', async () => {
    await broken(1)
    await expect(preview({ do: 'retry' }, { node: 'start' })).rejects.toMatchObject({
      code: 'BULK_EMPTY',
    })
    const { id } = await preview({ do: 'retry' }, { node: 'call' })
    bench.clock.advance(3_600_001)
    await expect(apply(id)).rejects.toMatchObject({ code: 'BULK_STALE' })
    await expect(apply('none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
