import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Verb } from '#core/api/verbs.ts'
import type { FlowNode } from '#core/graph/flow.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const operate = (run: string, verb: Verb) =>
  bench.engine.operate({ ...by, reason: 'new policy', run, verb })
const view = (run: string) => bench.engine.getRun('default', run)
const publish = (document: unknown) => {
  const { id } = bench.engine.flows.save({ ...by, document })
  return bench.engine.flows.publish({ ...by, id }).version
}

/** A review by `title`, then a call of `peer`. */
const loan = (title: string, peer: string, review: Partial<FlowNode> = {}) =>
  sketch(
    'loan',
    [
      { id: 'start', type: 'flow.start' },
      {
        id: 'review',
        type: 'human.task',
        config: { title, role: 'credit', outcomes: [{ id: 'ok', name: 'OK' }] },
        ...review,
      },
      { id: 'call', type: 'test.call', config: { peer } },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
    ],
    ['start.out > review', 'review.ok > call', 'call.out > end', 'call.other > end'],
  )
const without = () =>
  sketch(
    'loan',
    [
      { id: 'start', type: 'flow.start' },
      { id: 'call', type: 'test.call', config: { peer: 'second' } },
      { id: 'end', type: 'flow.end', inputs: { output: { var: 'call' } } },
    ],
    ['start.out > call', 'call.out > end', 'call.other > end'],
  )
const taskOf = (run: string) =>
  bench.engine
    .listTasks('default', { run, status: 'open' })
    .items.map(({ id, title }) => [id, title])
const answer = (run: string, step: string) =>
  bench.engine.completeTask({ ...by, task: `${run}:${step}`, outcome: 'ok', value: {} })
const same = (run: string) => expect(bench.engine.replay('default', run).same).toBe(true)

describe('migration', () => {
  beforeEach(() => {
    bench.peers.set('first', () => 'first')
    bench.peers.set('second', () => 'second')
  })

  it('[R298] publishing touches no run: it goes on in the version with which it began', async () => {
    const run = await bench.run(loan('Review', 'first'))
    expect(publish(loan('Review', 'second'))).toBe(2)
    await answer(run, 'review:1')
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ version: 1, output: 'first' })
  })

  it('[R299] a run goes on in another version; who works on a task that is the same there is not disturbed', async () => {
    const run = await bench.run(loan('Review', 'first'))
    publish(loan('Review', 'second'))
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    expect(view(run)).toMatchObject({ version: 2, status: 'waiting' })
    await bench.reopen()
    await answer(run, 'review:1')
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ version: 2, status: 'completed', output: 'second' })
    same(run)
    const command = bench.engine
      .events('default', { from: 0, run })
      .find(({ type }) => type === 'command')
    expect(command?.data).toEqual({
      action: 'migrate',
      from: 1,
      to: 2,
      actor: 'ada',
      reason: 'new policy',
    })
  })

  it('[R299] a task that is another one there is asked for anew, also under a new id', async () => {
    const run = await bench.run(loan('Review', 'first'))
    publish(loan('Review twice', 'second'))
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    expect(taskOf(run)).toEqual([[`${run}:review:2`, 'Review twice']])
    publish(
      JSON.parse(JSON.stringify(loan('Look', 'second')).replaceAll('"review', '"look')) as object,
    )
    await operate(run, { do: 'migrate', version: 3, nodes: { review: 'look' } })
    expect(taskOf(run)).toEqual([[expect.stringContaining(`${run}:look:`), 'Look']])
    same(run)
  })

  it('[R300] one that cannot go on there is refused with the node and the reason, and stays as it is', async () => {
    const run = await bench.run(loan('Review', 'first'))
    publish(without())
    await expect(operate(run, { do: 'migrate', version: 2, nodes: {} })).rejects.toMatchObject({
      code: 'MIGRATION_REFUSED',
      findings: [{ code: 'MIGRATION_NODE_GONE', place: { node: 'review' } }],
    })
    await expect(operate(run, { do: 'migrate', version: 7, nodes: {} })).rejects.toMatchObject({
      code: 'VERSION_UNKNOWN',
    })
    await expect(operate(run, { do: 'migrate', version: 1, nodes: {} })).rejects.toMatchObject({
      code: 'MIGRATION_NEEDLESS',
    })
    expect(view(run)).toMatchObject({ version: 1, status: 'waiting' })
    await answer(run, 'review:1')
    await bench.engine.idle()
    expect(view(run).output).toBe('first')
  })

  it('[R301] is taken back with the very task that stood before, over a restart too, until the run has gone on', async () => {
    const run = await bench.run(loan('Review', 'first'))
    publish(loan('Review twice', 'second'))
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    await bench.reopen()
    await operate(run, { do: 'unmigrate' })
    expect(view(run)).toMatchObject({ version: 1, status: 'waiting' })
    expect(view(run).steps.map(({ step, status }) => [step, status])).toEqual([
      ['start:1', 'completed'],
      ['review:1', 'waiting'],
      ['review:2', 'stopped'],
    ])
    expect(taskOf(run)).toEqual([[`${run}:review:1`, 'Review']])
    same(run)
    await bench.reopen()
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    await answer(run, taskOf(run)[0]?.[0]?.slice(run.length + 1) ?? '')
    await bench.engine.idle()
    await expect(operate(run, { do: 'unmigrate' })).rejects.toMatchObject({ code: 'RUN_ENDED' })
    expect(view(run).output).toBe('second')
    same(run)
    expect(bench.engine.verify('default').ok).toBe(true)
  })

  it('[R301] is not taken back once the run has gone on', async () => {
    bench.peers.set('second', () => {
      throw new Error('down')
    })
    const run = await bench.run(loan('Review', 'first'))
    await expect(operate(run, { do: 'unmigrate' })).rejects.toMatchObject({
      code: 'MIGRATION_FINAL',
    })
    publish(loan('Review', 'second'))
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    await answer(run, 'review:1')
    await bench.engine.idle()
    await expect(operate(run, { do: 'unmigrate' })).rejects.toMatchObject({
      code: 'MIGRATION_FINAL',
    })
  })

  it('an incident of a node that was mended is tried anew in the version that mends it', async () => {
    bench.peers.set('first', () => {
      throw new Error('gone for good')
    })
    const run = await bench.run(loan('Review', 'first'))
    await answer(run, 'review:1')
    for (let n = 0; n < 4; n += 1) {
      await bench.engine.idle()
      bench.clock.advance(60_000)
    }
    expect(view(run).status).toBe('incident')
    publish(loan('Review', 'second'))
    await operate(run, { do: 'migrate', version: 2, nodes: {} })
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'completed', output: 'second' })
    same(run)
  })
})

describe('going back', () => {
  it('[R297] begins a new visit with edited values that fit, and the history says to where', async () => {
    bench.peers.set('first', ({ inputs }) => inputs as never)
    const flow = sketch(
      'twice',
      [
        { id: 'start', type: 'flow.start' },
        {
          id: 'call',
          type: 'test.call',
          config: { peer: 'first' },
          inputs: { value: { var: 'input' } },
        },
        {
          id: 'again',
          type: 'test.call',
          config: { peer: 'first' },
          inputs: { value: { var: 'call' } },
        },
        {
          id: 'review',
          type: 'human.task',
          config: { title: 'Review', role: '', outcomes: [{ id: 'ok', name: 'OK' }] },
        },
        { id: 'end', type: 'flow.end', inputs: { output: { var: 'again' } } },
      ],
      [
        'start.out > call',
        'call.out > again',
        'call.other > review',
        'again.out > review',
        'again.other > review',
        'review.ok > end',
      ],
    )
    const run = await bench.run(flow, { n: 1 })
    await bench.engine.idle()
    expect(view(run).at).toEqual(['review'])
    await operate(run, { do: 'rewind', node: 'again', values: { call: { edited: true } } })
    await bench.engine.idle()
    expect(view(run).at).toEqual(['review'])
    expect(bench.calls.at(-1)).toMatchObject({
      key: `${run}:again:2`,
      inputs: { value: { edited: true } },
    })
    await operate(run, { do: 'rewind', node: 'call', values: { input: { n: 2 } } })
    await bench.engine.idle()
    expect(view(run).steps.findLast(({ node }) => node === 'call')).toMatchObject({
      step: 'call:2',
      output: { value: { n: 2 } },
    })
    same(run)
    const told = bench.engine
      .events('default', { from: 0, run })
      .filter(({ type }) => type === 'command')
    expect(told.map(({ data }) => [data['action'], data['node']])).toEqual([
      ['rewind', 'again'],
      ['rewind', 'call'],
    ])
  })

  it('[R297] refuses a node that was not visited, and values of such', async () => {
    const run = await bench.run(loan('Review', 'first'))
    const back = (node: string, values = {}) => operate(run, { do: 'rewind', node, values })
    await expect(back('call')).rejects.toMatchObject({ code: 'REWIND_REFUSED' })
    await expect(back('review', { call: 1 })).rejects.toMatchObject({ code: 'VALUE_OF_UNVISITED' })
    expect(taskOf(run)).toEqual([[`${run}:review:1`, 'Review']])
  })
})
