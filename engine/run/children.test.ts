import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const body = { parent: 'each' }

/** Calls the peer for each of `input.items` and ends with what it answered. */
const overItems = (config: Record<string, Json>, edges: readonly string[] = []) =>
  sketch(
    'list',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'each', type: 'flow.each', config, inputs: { items: { var: 'input.items' } } },
      {
        id: 'call',
        type: 'test.call',
        config: { peer: 'peer' },
        inputs: { value: { var: 'item' } },
        policy: { retry: { attempts: 1, first: '1s', factor: 1, cap: '1s' } },
        ...body,
      },
      { id: 'told', type: 'flow.end', inputs: { output: { var: 'call' } }, ...body },
      {
        id: 'wrong',
        type: 'flow.end',
        config: { status: 'failed' },
        inputs: { output: { var: 'call.error' } },
        ...body,
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'each' } } },
    ],
    [
      'start.out > each',
      'each.item > call',
      'call.out > told',
      'call.other > told',
      'call.error > wrong',
      'each.out > end',
      ...edges,
    ],
  )

const range = (count: number) => Array.from({ length: count }, (_, n) => n)
const value = ({ inputs }: { inputs: unknown }) => (inputs as { value: number }).value

describe('a list', () => {
  it('[R240] runs its items in order and answers with their results in order', async () => {
    bench.peers.set('peer', (call) => value(call) * 2)
    const id = await bench.run(overItems({}), { items: [3, 1, 2] })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: [6, 2, 4], failed: [] })
    expect(bench.calls.map(({ key }) => key)).toEqual(
      [0, 1, 2].map((n) => `${id}:each:1/${n}:call:1`),
    )
  })

  it('[R241] has at most its limit under way at once', async () => {
    let under = 0
    let most = 0
    bench.peers.set('peer', async (call) => {
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setImmediate(resolve))
      under -= 1
      return value(call)
    })
    const id = await bench.run(overItems({ mode: 'concurrent', limit: 7 }), { items: range(40) })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: range(40), failed: [] })
    expect(most).toBe(7)
  })
})

describe('what fails', () => {
  const refuseOdd = (call: { inputs: unknown }) => {
    if (value(call) % 2) throw new Error('odd')
    return value(call)
  }

  it('[R242] is collected, with null in its place among the results', async () => {
    bench.peers.set('peer', refuseOdd)
    const id = await bench.run(overItems({ onFailure: 'collect' }), { items: range(4) })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toMatchObject({
      results: [0, null, 2, null],
      failed: [{ index: 1, error: { code: 'EFFECT_FAILED' } }, { index: 3 }],
    })
  })

  it('[R243] stops the rest where no failure is tolerated, and waits for an operator without an error edge; begun anew, only what did not succeed runs again', async () => {
    let broken = true
    bench.peers.set('peer', (call) => {
      if (broken && value(call) === 1) throw new Error('down')
      return value(call)
    })
    const id = await bench.run(overItems({}), { items: range(4) })
    const stopped = await bench.engine.settled('default', id)
    expect(stopped.status).toBe('incident')
    expect(bench.calls).toHaveLength(2)
    broken = false
    await bench.engine.retryStep({ ...by, run: id, step: 'each:1' })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: range(4), failed: [] })
    expect(bench.calls.map(value)).toEqual([0, 1, 1, 2, 3])
  })
})

describe('a parent', () => {
  it('[R244] writes two entries for a list of any length, and its items stay out of the list of runs', async () => {
    bench.peers.set('peer', value)
    const id = await bench.run(overItems({ mode: 'concurrent', limit: 50 }), { items: range(300) })
    const run = await bench.engine.settled('default', id)
    expect(run.output).toMatchObject({ results: range(300) })
    expect(run.steps.find(({ node }) => node === 'each')?.children).toEqual({
      total: 300,
      started: 300,
      done: 300,
      failed: 0,
    })
    expect(bench.engine.replay('default', id)).toEqual({ same: true, entries: 2 })
    expect(bench.engine.listRuns('default', {}).total).toBe(1)
    expect(bench.engine.listRuns('default', { parent: id }).total).toBe(300)
  })

  it('[R245] goes on after a kill in the middle of a list, each item once', async () => {
    let held: (() => void)[] = []
    bench.peers.set('peer', async (call) => {
      if (value(call) === 20) await new Promise<void>((resolve) => held.push(resolve))
      return value(call)
    })
    const id = await bench.run(overItems({}), { items: range(40) })
    await new Promise<void>((resolve) => {
      const look = () => (held.length > 0 ? resolve() : setImmediate(look))
      look()
    })
    bench.peers.set('peer', value)
    await bench.reopen({ killed: true })
    held = []
    const run = await bench.engine.settled('default', id)
    expect(run.output).toEqual({ results: range(40), failed: [] })
    expect(new Set(bench.calls.map(({ key }) => key)).size).toBe(40)
  })

  it('[R246] that is cancelled takes along what it asked for', async () => {
    bench.peers.set('peer', () => new Promise(() => {}))
    const id = await bench.run(overItems({ mode: 'concurrent', limit: 3 }), { items: range(9) })
    await bench.engine.cancelRun({ ...by, run: id })
    await bench.engine.idle()
    expect(bench.engine.listRuns('default', { parent: id, status: 'cancelled' }).total).toBe(3)
    expect(bench.calls.every(({ signal }) => signal.aborted)).toBe(true)
  })
})

describe('a called flow', () => {
  const called = (status: string) =>
    sketch(
      'called',
      [
        { id: 'start', type: 'flow.start' },
        {
          id: 'end',
          type: 'flow.end',
          config: status === 'failed' ? { status, reason: 'no' } : { status },
          inputs: { output: { var: 'input' } },
        },
      ],
      ['start.out > end'],
    )
  const calling = sketch(
    'calling',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'call',
        type: 'flow.call',
        config: { flow: 'called' },
        inputs: { input: { var: 'input' } },
      },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
      { id: 'other', type: 'flow.end', inputs: { output: { var: 'call.error.code' } } },
    ],
    ['start.out > call', 'call.out > end', 'call.error > other'],
  )

  it('[R247] answers with its output, or with its own code where it ended as failed', async () => {
    await bench.run(called('completed'))
    const id = await bench.run(calling, { code: 'TOO_YOUNG' })
    expect((await bench.engine.settled('default', id)).output).toEqual({ code: 'TOO_YOUNG' })
    await bench.run(called('failed'))
    bench.engine.flows.save({ ...by, document: { ...calling, name: 'again' } })
    const next = await bench.run({ ...calling, name: 'again' }, { code: 'TOO_YOUNG' })
    expect((await bench.engine.settled('default', next)).output).toBe('TOO_YOUNG')
  })
})

describe('a run that begins anew', () => {
  it('[R248] goes on as a new run with the case key, each naming the other', async () => {
    const flow = sketch(
      'rounds',
      [
        { id: 'start', type: 'flow.start' },
        { id: 'call', type: 'test.call', config: { peer: 'peer' } },
        {
          id: 'which',
          type: 'flow.branch',
          config: { cases: [{ id: 'more', when: { lt: [{ var: 'input.n' }, 3] } }] },
        },
        { id: 'next', type: 'data.map', inputs: { n: { plus: [{ var: 'input.n' }, 1] } } },
        { id: 'anew', type: 'flow.continue', inputs: { input: { var: 'next' } } },
        { id: 'end', type: 'flow.end', inputs: { output: { var: 'input.n' } } },
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
    const { id: name } = bench.engine.flows.save({ ...by, document: flow })
    bench.engine.flows.publish({ ...by, id: name })
    const start = { ...by, flow: name, input: { n: 1 }, caseKey: 'A-1' }
    const { id } = await bench.engine.startRun(start)
    await bench.engine.idle()
    expect(bench.engine.getRun('default', id)).toMatchObject({
      status: 'continued',
      next: `${id}~2`,
      previous: null,
    })
    expect(bench.engine.getRun('default', `${id}~3`)).toMatchObject({
      status: 'completed',
      output: 3,
      previous: `${id}~2`,
      caseKey: 'A-1',
    })
    expect(await bench.engine.startRun(start)).toEqual({ id: `${id}~3`, created: false })
  })
})
