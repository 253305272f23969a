import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Verb } from '#core/api/verbs.ts'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const because = { ...by, reason: 'asked by the branch' }
const operate = (run: string, verb: Verb) => bench.engine.operate({ ...because, run, verb })
const view = (run: string) => bench.engine.getRun('default', run)
const commands = (run?: string) =>
  bench.engine
    .events('default', { from: 0, ...(run === undefined ? {} : { run }) })
    .filter(({ type }) => type === 'command')
    .map(({ step, data }) => [data['action'], step, data['actor'], data['reason']])

const down = () => {
  throw new Error('the peer is down')
}
/** A run that stands as an incident at its call. */
async function broken(
  flow = callFlow('broken', {
    policy: { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } },
  }),
) {
  bench.peers.set('peer', down)
  const run = await bench.run(flow, { n: 1 })
  await bench.engine.idle()
  expect(view(run)).toMatchObject({ status: 'incident' })
  return run
}
const waitFlow = sketch(
  'waits',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'pause', type: 'flow.wait', config: { duration: '1h' } },
    { id: 'call', type: 'test.call', config: { peer: 'peer' } },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
  ],
  ['start.out > pause', 'pause.out > call', 'call.out > end', 'call.other > end'],
)
const taskFlow = sketch(
  'asks',
  [
    { id: 'start', type: 'flow.start' },
    {
      id: 'review',
      type: 'human.task',
      config: {
        title: 'Review',
        form: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
        outcomes: [{ id: 'ok', name: 'OK' }],
      },
    },
    { id: 'end', type: 'flow.end', inputs: { output: { var: 'review' } } },
  ],
  ['start.out > review', 'review.ok > end'],
)

describe('a step, by hand', () => {
  it('[R290] is skipped by its first port with an empty value that fits, and the history says who and why', async () => {
    const run = await broken()
    await operate(run, { do: 'skip', at: 'call' })
    expect(await bench.engine.settled('default', run)).toMatchObject({
      status: 'completed',
      output: null,
    })
    expect(commands(run)).toEqual([['skip', 'call:1', 'ada', 'asked by the branch']])
  })

  it('[R290] is not skipped by a port that asks for more, until a value is given', async () => {
    const run = await broken()
    const skip = { do: 'skip', at: 'call', port: 'other' } as const
    await expect(operate(run, skip)).rejects.toMatchObject({ code: 'SKIP_NEEDS_VALUE' })
    await expect(operate(run, { ...skip, value: { n: 'two' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    await operate(run, { ...skip, value: { n: 2 } })
    expect((await bench.engine.settled('default', run)).status).toBe('completed')
  })

  it('[R291] fails by its error port where there is an edge', async () => {
    bench.peers.set('peer', () => new Promise(() => {}))
    const run = await bench.run(callFlow('caught', {}, ['call.error > end']))
    await operate(run, { do: 'fail', at: 'call:1', code: 'BUREAU_DOWN', message: 'By phone.' })
    expect(view(run)).toMatchObject({ status: 'completed' })
    expect(view(run).steps.find(({ node }) => node === 'call')).toMatchObject({
      port: 'error',
      error: { code: 'BUREAU_DOWN', message: 'By phone.' },
    })
  })

  it('[R291] becomes an incident without one, its attempt is cut off, and it can be retried', async () => {
    let signal: AbortSignal | undefined
    bench.peers.set('peer', (call) => {
      signal = call.signal
      return new Promise(() => {})
    })
    const run = await bench.run(callFlow('plain'))
    await operate(run, { do: 'fail', at: 'call', code: 'BUREAU_DOWN', message: 'By phone.' })
    expect(view(run)).toMatchObject({ status: 'incident', error: { code: 'BUREAU_DOWN' } })
    expect(view(run).steps.find(({ node }) => node === 'call')).toMatchObject({ attempts: 0 })
    expect(signal?.aborted).toBe(true)
    bench.peers.set('peer', () => 'well')
    await operate(run, { do: 'retry' })
    expect((await bench.engine.settled('default', run)).output).toBe('well')
    expect(bench.engine.replay('default', run).same).toBe(true)
  })

  it('[R291] a task without an error port says what to do instead', async () => {
    const run = await bench.run(taskFlow)
    await expect(
      operate(run, { do: 'fail', at: 'review', code: 'LOST', message: 'Lost.' }),
    ).rejects.toMatchObject({ code: 'STEP_NOT_FAILABLE' })
  })
})

describe('a run that undoes', () => {
  it('[R204] [R206] is shown so, and turned by nobody, until it has ended, in the list, in its events and over a restart', async () => {
    const asks = { config: { peer: 'peer' }, type: 'test.call' }
    const run = await bench.run(
      sketch(
        'booking',
        [
          { id: 'start', type: 'flow.start' },
          { id: 'book', ...asks, undo: 'release' },
          { id: 'pause', type: 'flow.wait', config: { duration: '1d' } },
          { id: 'end', type: 'flow.end' },
          { id: 'release', type: 'test.call', config: { peer: 'slow' } },
        ],
        ['start.out > book', 'book.out > pause', 'book.other > pause', 'pause.out > end'],
      ),
    )
    await bench.engine.idle()
    let released: (value: string) => void = () => {}
    bench.peers.set('slow', () => new Promise<string>((resolve) => (released = resolve)))
    await operate(run, { do: 'cancel' })
    expect(view(run)).toMatchObject({ status: 'undoing', at: ['release'] })
    await bench.reopen({ killed: true })
    expect(view(run).status).toBe('undoing')
    const { items } = bench.engine.listRuns('default', { status: 'undoing' })
    expect(items.map(({ id }) => id)).toEqual([run])
    for (const verb of [{ do: 'cancel' }, { do: 'rewind', node: 'book', values: {} }] as const)
      await expect(operate(run, verb)).rejects.toMatchObject({
        code: expect.stringMatching(/^(RUN_UNDOING|REWIND_REFUSED)$/) as string,
      })
    await operate(run, { do: 'suspend' })
    expect(view(run).status).toBe('suspended')
    await operate(run, { do: 'resume' })
    expect(view(run).status).toBe('undoing')
    released('free')
    await bench.engine.settled('default', run)
    await bench.engine.idle()
    expect(view(run).status).toBe('cancelled')
    const told = bench.engine
      .events('default', { from: 0, run })
      .flatMap(({ type, data }) => (type === 'run.status' ? [data['status']] : []))
    expect(told.filter((status) => status === 'undoing')).toHaveLength(2)
    expect(bench.engine.replay('default', run).same).toBe(true)
  })
})

/** Asks, and begins anew until `n` is 2. */
const rounds = sketch(
  'rounds',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'call', type: 'test.call', config: { peer: 'peer' } },
    {
      id: 'which',
      type: 'flow.branch',
      config: { cases: [{ id: 'more', when: { lt: [{ var: 'input.n' }, 2] } }] },
    },
    { id: 'next', type: 'data.map', inputs: { n: { plus: [{ var: 'input.n' }, 1] } } },
    { id: 'anew', type: 'flow.continue', inputs: { input: { var: 'next' } } },
    { id: 'end', type: 'flow.end' },
  ],
  [
    'start.out > call',
    'call.out > which',
    'call.other > which',
    'which.more > next',
    'next.out > anew',
    'which.else > end',
  ],
)
/** The same without asking. */
const unheld = {
  nodes: rounds.nodes?.filter(({ id }) => id !== 'call') ?? [],
  edges: [
    { id: 'direct', source: 'start', sourcePort: 'out', target: 'which' },
    ...(rounds.edges?.filter(({ source, target }) => ![source, target].includes('call')) ?? []),
  ],
}

describe('a suspended run', () => {
  it('[R292] makes no attempt and fires no timer until it is resumed, over a restart too', async () => {
    bench.peers.set('peer', () => 'here')
    const run = await bench.run(waitFlow)
    await operate(run, { do: 'suspend' })
    await operate(run, { do: 'suspend' })
    expect(view(run).status).toBe('suspended')
    bench.clock.advance(2 * 3_600_000)
    await bench.engine.idle()
    expect(view(run).at).toEqual(['pause'])
    await bench.reopen()
    bench.clock.advance(3_600_000)
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'suspended', at: ['pause'] })
    await operate(run, { do: 'resume' })
    expect((await bench.engine.settled('default', run)).status).toBe('waiting')
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'completed', output: 'here' })
    expect(commands(run).map(([action]) => action)).toEqual(['suspend', 'resume'])
    expect(bench.engine.replay('default', run).same).toBe(true)
  })

  it('[R292] keeps the result of an attempt under way, and stands at the next effect', async () => {
    let answer: (value: string) => void = () => {}
    bench.peers.set('peer', () => new Promise<string>((resolve) => (answer = resolve)))
    const second = { id: 'second', type: 'test.call', config: { peer: 'next' } }
    const flow = callFlow('twice')
    const run = await bench.run({
      ...flow,
      nodes: [...(flow.nodes ?? []), { version: 1, name: 'second', inputs: {}, ...second }],
      edges: [
        { id: 'a', source: 'start', sourcePort: 'out', target: 'call' },
        { id: 'b', source: 'call', sourcePort: 'out', target: 'second' },
        { id: 'c', source: 'call', sourcePort: 'other', target: 'end' },
        { id: 'd', source: 'second', sourcePort: 'out', target: 'end' },
        { id: 'e', source: 'second', sourcePort: 'other', target: 'end' },
      ],
    })
    await operate(run, { do: 'suspend' })
    answer('kept')
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'suspended', at: ['second'] })
    expect(bench.calls).toHaveLength(1)
    await operate(run, { do: 'resume' })
    expect(await bench.engine.settled('default', run)).toMatchObject({
      status: 'completed',
      output: 'kept',
    })
  })

  it('[R292] takes no answer to a task, and says why', async () => {
    const run = await bench.run(taskFlow)
    await operate(run, { do: 'suspend' })
    const answer = { ...by, task: `${run}:review:1`, outcome: 'ok', value: { note: 'fine' } }
    await expect(bench.engine.completeTask(answer)).rejects.toMatchObject({ code: 'RUN_SUSPENDED' })
    await operate(run, { do: 'resume' })
    await bench.engine.completeTask(answer)
    expect(view(run).status).toBe('completed')
  })

  it('[R378] that begins anew goes on suspended, over a restart too, until the new run is resumed', async () => {
    let answer: (value: string) => void = () => {}
    bench.peers.set('peer', () => new Promise<string>((resolve) => (answer = resolve)))
    const run = await bench.run(rounds, { n: 1 })
    await operate(run, { do: 'suspend' })
    answer('first')
    await bench.engine.idle()
    const next = `${run}~2`
    expect(view(run)).toMatchObject({ status: 'continued', next })
    expect(view(next)).toMatchObject({ status: 'suspended', at: ['call'] })
    await bench.reopen()
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    await expect(operate(run, { do: 'resume' })).rejects.toMatchObject({ code: 'RUN_ENDED' })
    await operate(next, { do: 'resume' })
    answer('second')
    expect(await bench.engine.settled('default', next)).toMatchObject({ status: 'completed' })
    expect(commands(next).map(([action]) => action)).toEqual(['suspend', 'resume'])
    expect(bench.engine.replay('default', next).same).toBe(true)
    expect(bench.engine.verify('default')).toMatchObject({ ok: true })
  })

  it('[R378] is held by its flow when it has begun anew; runs that never wait stop soon, and go on with it', async () => {
    const suspend = (suspended: boolean) =>
      bench.engine.setSuspension({ ...by, kind: 'flow', name: 'rounds', suspended })
    bench.engine.flows.save({ ...by, document: { ...rounds, ...unheld } })
    await suspend(true)
    const run = await bench.run({ ...rounds, ...unheld }, { n: -100 })
    await bench.engine.idle()
    const begun = () => bench.engine.listRuns('default', { limit: 500 }).items.length
    const stopped = begun()
    expect(stopped).toBeLessThan(40)
    await bench.engine.idle()
    expect(begun()).toBe(stopped)
    await suspend(false)
    await bench.engine.idle()
    expect(begun()).toBe(103)
    expect(view(`${run}~103`)).toMatchObject({ status: 'completed' })
  })

  it('[R292] holds the runs that it asked for, and lets them go on with it', async () => {
    let answer: (value: string) => void = () => {}
    bench.peers.set('peer', () => new Promise<string>((resolve) => (answer = resolve)))
    const list = sketch(
      'list',
      [
        { id: 'start', type: 'flow.start' },
        { id: 'each', type: 'flow.each', inputs: { items: { var: 'input.items' } } },
        { id: 'call', type: 'test.call', config: { peer: 'peer' }, parent: 'each' },
        { id: 'told', type: 'flow.end', inputs: { output: { var: 'call' } }, parent: 'each' },
        { id: 'end', type: 'flow.end', inputs: { output: { var: 'each.results' } } },
      ],
      [
        'start.out > each',
        'each.item > call',
        'call.out > told',
        'call.other > told',
        'each.out > end',
      ],
    )
    const run = await bench.run(list, { items: [1, 2] })
    await operate(run, { do: 'suspend' })
    answer('one')
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    await bench.reopen()
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    bench.peers.set('peer', () => 'two')
    await operate(run, { do: 'resume' })
    expect((await bench.engine.settled('default', run)).output).toEqual(['one', 'two'])
  })

  it('keeps its back-off, and tries once it is resumed', async () => {
    bench.peers.set('peer', down)
    const run = await bench.run(callFlow('backs-off'))
    await bench.engine.idle()
    await operate(run, { do: 'suspend' })
    bench.clock.advance(60_000)
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    bench.peers.set('peer', () => 'up')
    await operate(run, { do: 'resume' })
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'completed', output: 'up' })
  })
})

describe('a suspended flow', () => {
  const hold = (suspended: boolean, kind: 'flow' | 'connection', name: string) =>
    bench.engine.setSuspension({ ...because, kind, name, suspended })

  it('[R293] holds all its runs and those started meanwhile, and no other flow, over a restart too', async () => {
    bench.peers.set('peer', () => 'here')
    const waiting = await bench.run(waitFlow)
    await hold(true, 'flow', 'waits')
    await hold(true, 'flow', 'waits')
    expect(commands()).toEqual([['suspend', null, 'ada', 'asked by the branch']])
    const late = (await bench.engine.startRun({ ...by, flow: 'waits', input: {} })).id
    const other = await bench.run(callFlow('other'))
    expect((await bench.engine.settled('default', other)).status).toBe('completed')
    await bench.reopen()
    bench.clock.advance(2 * 3_600_000)
    await bench.engine.idle()
    const list = (status: 'suspended' | 'waiting') =>
      bench.engine.listRuns('default', { status }).items.map(({ id }) => id)
    expect(list('suspended')).toEqual([late, waiting].toSorted().toReversed())
    expect(list('waiting')).toEqual([])
    expect(bench.engine.listSuspensions('default')).toMatchObject([
      { kind: 'flow', name: 'waits', by: 'ada', reason: 'asked by the branch' },
    ])
    await hold(false, 'flow', 'waits')
    await bench.engine.idle()
    for (const run of [waiting, late]) {
      await bench.engine.settled('default', run)
      await bench.engine.idle()
      expect(view(run)).toMatchObject({ status: 'completed', output: 'here' })
    }
    expect(bench.engine.verify('default').ok).toBe(true)
  })

  it('leaves a run that is suspended itself as it is', async () => {
    const run = await bench.run(waitFlow)
    await operate(run, { do: 'suspend' })
    await hold(true, 'flow', 'waits')
    bench.clock.advance(2 * 3_600_000)
    await hold(false, 'flow', 'waits')
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'suspended', at: ['pause'] })
  })

  it('does not know a flow that there is not', async () => {
    await expect(hold(true, 'flow', 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
