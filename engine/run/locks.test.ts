import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Json } from '#core/json.ts'
import { by, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const task = { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'yes' }] } }
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
const lock = (name: string, config: Record<string, Json> = {}, inputs: Record<string, Json> = {}) =>
  ({ type: 'flow.lock', config: { lock: name, ...config }, inputs }) // prettier-ignore

/** A lock around a task, by the lock’s id. */
const alone = (id: string, node: ReturnType<typeof lock>) => ({
  [id]: node,
  [`${id}_in`]: { ...task, parent: id },
  [`${id}_end`]: { type: 'flow.end', parent: id, inputs: { output: id } },
})
const inside = (id: string) => [`${id}.body -> ${id}_in`, `${id}_in.yes -> ${id}_end`]

const asked = (): string[] =>
  bench.engine
    .listTasks(by.tenant, { status: 'open' })
    .items.map(({ node }) => node)
    .sort()
const waits = async (): Promise<string> => {
  await bench.engine.idle()
  return asked().join(' ')
}
const answer = async (node: string): Promise<string> => {
  const found = bench.engine.listTasks(by.tenant, { status: 'open' }).items
  const id = found.find((each) => each.node === node)?.id ?? ''
  await bench.engine.completeTask({ ...by, task: id, outcome: 'yes', value: {} })
  return waits()
}
const status = (run: string) => bench.engine.getRun(by.tenant, run).status
const stepOf = (run: string, node: string) =>
  bench.engine.getRun(by.tenant, run).steps.find((step) => step.node === node)

/** Two branches, each with a lock; they meet and end. */
const branches = (a: ReturnType<typeof lock>, b: ReturnType<typeof lock>, more: string[] = []) =>
  draw(
    {
      start: 'flow.start',
      f: fork('a', 'b'),
      ...alone('a', a),
      ...alone('b', b),
      j: 'flow.join',
      end: { type: 'flow.end', inputs: { output: { var: 'a' } } },
    },
    ['start -> f', 'f.a -> a', 'f.b -> b', 'a -> j', 'b -> j', 'j -> end', ...inside('a'), ...inside('b'), ...more], // prettier-ignore
  )
/** One lock with the key of the run’s input. */
const single = (config: Record<string, Json> = {}, edges: string[] = []) =>
  draw(
    {
      start: 'flow.start',
      ...alone('a', lock('borrower', config, { key: { var: 'input.borrower' } })),
      end: { type: 'flow.end', inputs: { output: { var: 'a' } } },
      late: { type: 'flow.end', inputs: { output: 'late' } },
    },
    ['start -> a', 'a -> end', ...inside('a'), ...edges],
    {
      input: {
        type: 'object',
        properties: { borrower: { type: 'string' } },
        required: ['borrower'],
      },
    },
  )

describe('a lock', () => {
  it('[R652] lets one branch in at a time, in the order of asking, and is left with what its End gives', async () => {
    const run = await bench.run(branches(lock('file'), lock('file')))
    expect(await waits()).toBe('a_in')
    expect(status(run)).toBe('waiting')
    expect(await answer('a_in')).toBe('b_in')
    expect(await answer('b_in')).toBe('')
    expect(bench.engine.getRun(by.tenant, run)).toMatchObject({ status: 'completed', output: 'a' })
    expect(bench.engine.replay(by.tenant, run)).toMatchObject({ same: true })
  })

  it('[R652] of another name, or without a key in another run, holds nobody up', async () => {
    await bench.run(branches(lock('file'), lock('letter')))
    expect(await waits()).toBe('a_in b_in')
    await bench.run(branches(lock('file'), lock('file')))
    expect(await waits()).toBe('a_in a_in b_in')
  })

  it('[R653] with a key keeps runs apart that have the same, also after a restart', async () => {
    const first = await bench.run(single(), { borrower: 'A-1' })
    const { id: second } = await bench.engine.startRun({ ...by, flow: 'drawn', input: { borrower: 'A-1' } }) // prettier-ignore
    const { id: other } = await bench.engine.startRun({ ...by, flow: 'drawn', input: { borrower: 'B-2' } }) // prettier-ignore
    await bench.engine.idle()
    const inRun = () =>
      bench.engine.listTasks(by.tenant, { status: 'open' }).items.map(({ run }) => run.split(':')[0] ?? '').toSorted() // prettier-ignore
    expect(inRun()).toEqual([first, other].toSorted())
    await bench.reopen({ killed: true })
    expect(inRun()).toEqual([first, other].toSorted())
    expect(stepOf(second, 'a')?.waitsFor).toEqual({ lock: 'borrower', run: first, step: 'a:1', ahead: 0 }) // prettier-ignore
    await bench.engine.cancelRun({ ...by, run: first })
    await bench.engine.idle()
    expect(inRun()).toEqual([second, other].toSorted())
    expect(stepOf(second, 'a')?.waitsFor).toBeUndefined()
  })

  it('[R654] is free again however it is left: by a failure inside, a timeout, a hand', async () => {
    const flow = single({ timeout: '1d' }, ['a.timeout -> late'])
    const first = await bench.run(flow, { borrower: 'A' })
    const start = async () =>
      (await bench.engine.startRun({ ...by, flow: 'drawn', input: { borrower: 'A' } })).id
    const [second, third] = [await start(), await start()]
    await bench.engine.idle()
    bench.clock.advance(3_600_000 * 23)
    await bench.engine.completeStep({ ...by, run: first, step: 'a:1', port: 'out', value: 'hand' })
    expect(await waits()).toBe('a_in')
    expect(status(first)).toBe('completed')
    const fourth = await start()
    await bench.engine.idle()
    bench.clock.advance(3_600_000)
    expect(await waits()).toBe('a_in')
    for (const run of [second, third])
      expect(bench.engine.getRun(by.tenant, run)).toMatchObject({ output: 'late' })
    expect(stepOf(fourth, 'a')?.children).toMatchObject({ started: 1 })
  })

  it('[R654] that is cancelled is held until what was inside is undone', async () => {
    const flow = draw(
      {
        start: 'flow.start',
        a: lock('account', {}, { key: 'one' }),
        pay: { type: 'test.call', config: { peer: 'pay' }, undo: 'refund', parent: 'a' },
        refund: { ...task, parent: 'a' },
        look: { ...task, parent: 'a' },
        a_end: { type: 'flow.end', parent: 'a' },
        end: 'flow.end',
      },
      ['start -> a', 'a.body -> pay', 'pay -> look', 'pay.other -> look', 'look.yes -> a_end', 'a -> end'], // prettier-ignore
    )
    const first = await bench.run(flow)
    const { id: second } = await bench.engine.startRun({ ...by, flow: 'drawn', input: {} })
    expect(await waits()).toBe('look')
    await bench.engine.cancelRun({ ...by, run: first })
    expect(await waits()).toBe('refund')
    expect(status(second)).toBe('waiting')
    expect(await answer('refund')).toBe('look')
    expect(await answer('look')).toBe('')
    expect(status(second)).toBe('completed')
  })

  it('[R655] passes over who is suspended, and lets them in when they are resumed', async () => {
    const first = await bench.run(single(), { borrower: 'A' })
    const start = async () =>
      (await bench.engine.startRun({ ...by, flow: 'drawn', input: { borrower: 'A' } })).id
    const [second, third] = [await start(), await start()]
    const operate = (run: string, what: 'suspend' | 'resume') =>
      bench.engine.operate({ ...by, reason: 'test', run, verb: { do: what } })
    await operate(second, 'suspend')
    await waits()
    await answer('a_in')
    expect(status(first)).toBe('completed')
    expect(stepOf(third, 'a')?.children?.started).toBe(1)
    await answer('a_in')
    expect(status(third)).toBe('completed')
    expect(await waits()).toBe('')
    await operate(second, 'resume')
    expect(await waits()).toBe('a_in')
    await answer('a_in')
    expect(status(second)).toBe('completed')
  })

  it('[R656] that would wait in a circle fails instead, and can be tried again', async () => {
    const nested = (outer: string, inner: string, by: string) => ({
      [outer]: lock(by === 'a' ? 'x' : 'y'),
      [`${outer}_in`]: { ...task, parent: outer },
      [inner]: { ...lock(by === 'a' ? 'y' : 'x'), parent: outer },
      [`${inner}_in`]: { ...task, parent: inner },
      [`${inner}_end`]: { type: 'flow.end', parent: inner },
      [`${outer}_end`]: { type: 'flow.end', parent: outer },
    })
    const edges = (outer: string, inner: string) => [
      `${outer}.body -> ${outer}_in`,
      `${outer}_in.yes -> ${inner}`,
      `${inner}.body -> ${inner}_in`,
      `${inner}_in.yes -> ${inner}_end`,
      `${inner} -> ${outer}_end`,
    ]
    const run = await bench.run(
      draw(
        { start: 'flow.start', f: fork('a', 'b'), ...nested('a', 'ay', 'a'), ...nested('b', 'bx', 'b'), j: 'flow.join', end: 'flow.end' }, // prettier-ignore
        ['start -> f', 'f.a -> a', 'f.b -> b', 'a -> j', 'b -> j', 'j -> end', ...edges('a', 'ay'), ...edges('b', 'bx')], // prettier-ignore
      ),
    )
    expect(await waits()).toBe('a_in b_in')
    expect(await answer('a_in')).toBe('b_in')
    expect(await answer('b_in')).toBe('')
    const child = `${run}:b:1/0`
    expect(bench.engine.getRun(by.tenant, child)).toMatchObject({ status: 'incident' })
    expect(stepOf(child, 'bx')?.error?.code).toBe('LOCK_CIRCLE')
    await bench.engine.operate({
      ...by,
      reason: 'test',
      run: child,
      verb: { do: 'skip', at: 'bx' },
    })
    expect(await waits()).toBe('ay_in')
    await answer('ay_in')
    expect(status(run)).toBe('completed')
  })
})
