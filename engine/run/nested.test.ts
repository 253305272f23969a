import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { by, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const task = { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'yes' }] } }
const call = (peer: string, more: object = {}) => ({ type: 'test.call', config: { peer }, ...more })
const calls = (flow: string, more: object = {}) => ({
  type: 'flow.call',
  config: { flow },
  ...more,
})
const end = (output: Json) => ({ type: 'flow.end', inputs: { output } })

const publish = (flow: Flow): void => {
  const { id } = bench.engine.flows.save({ ...by, document: flow })
  bench.engine.flows.publish({ ...by, id })
}
const asked = (): string[] =>
  bench.engine
    .listTasks(by.tenant, { status: 'open' })
    .items.map(({ node }) => node)
    .sort()
const answer = async (node: string): Promise<void> => {
  const found = bench.engine.listTasks(by.tenant, { status: 'open' }).items
  const id = found.find((each) => each.node === node)?.id ?? ''
  await bench.engine.completeTask({ ...by, task: id, outcome: 'yes', value: {} })
  await bench.engine.idle()
}
const view = (run: string) => bench.engine.getRun(by.tenant, run)
const peersCalled = (): string[] => bench.calls.map(({ key }) => key.split(':').at(-2) ?? '')

describe('runs inside of runs', () => {
  it('[R657] a called flow that begins anew answers once the last of its runs has ended', async () => {
    publish(
      draw(
        {
          start: 'flow.start',
          look: task,
          which: { type: 'flow.branch', config: { cases: [{ id: 'more', when: { lt: [{ var: 'input.n' }, 3] } }] } }, // prettier-ignore
          next: { type: 'data.map', inputs: { n: { plus: [{ var: 'input.n' }, 1] } } },
          anew: { type: 'flow.continue', inputs: { input: { var: 'next' } } },
          end: end({ var: 'input.n' }),
        },
        ['start -> look', 'look.yes -> which', 'which.more -> next', 'next -> anew', 'which.else -> end'], // prettier-ignore
        { id: 'rounds' },
      ),
    )
    const run = await bench.run(
      draw(
        { start: 'flow.start', call: calls('rounds', { inputs: { input: { context: ['n', 1] } } }), end: end({ var: 'call' }) }, // prettier-ignore
        ['start -> call', 'call -> end'],
      ),
    )
    await bench.engine.idle()
    await answer('look')
    await answer('look')
    expect(view(run)).toMatchObject({ status: 'waiting' })
    await bench.reopen({ killed: true })
    await answer('look')
    expect(view(run)).toMatchObject({ status: 'completed', output: 3 })
    expect(view(`${run}:call:1/0~3`)).toMatchObject({ status: 'completed' })
    expect(bench.engine.replay(by.tenant, run)).toMatchObject({ same: true })
  })

  it('[R657] cancelling the caller of one that has begun anew cancels the run that it goes on as', async () => {
    publish(
      draw(
        { start: 'flow.start', look: task, anew: { type: 'flow.continue', inputs: { input: 1 } } },
        ['start -> look', 'look.yes -> anew'],
        { id: 'endless' },
      ),
    )
    const run = await bench.run(
      draw({ start: 'flow.start', call: calls('endless'), end: 'flow.end' }, ['start -> call', 'call -> end']), // prettier-ignore
    )
    await bench.engine.idle()
    await answer('look')
    await bench.engine.cancelRun({ ...by, run })
    await bench.engine.idle()
    expect(view(run).status).toBe('cancelled')
    expect(view(`${run}:call:1/0~2`).status).toBe('cancelled')
    expect(asked()).toEqual([])
  })

  it('[R658] a run that undoes is not turned by being cancelled again, suspended or restarted', async () => {
    const run = await bench.run(
      draw(
        {
          start: 'flow.start',
          one: call('one', { undo: 'undo_one' }),
          two: call('two', { undo: 'undo_two' }),
          look: task,
          end: 'flow.end',
          undo_one: task,
          undo_two: task,
        },
        ['start -> one', 'one -> two', 'one.other -> two', 'two -> look', 'two.other -> look', 'look.yes -> end'], // prettier-ignore
      ),
    )
    await bench.engine.idle()
    await bench.engine.cancelRun({ ...by, run })
    await bench.engine.idle()
    expect([view(run).status, asked()]).toEqual(['undoing', ['undo_two']])
    await expect(bench.engine.cancelRun({ ...by, run })).rejects.toMatchObject({ code: 'RUN_UNDOING' }) // prettier-ignore
    const operate = (what: 'suspend' | 'resume') =>
      bench.engine.operate({ ...by, run, reason: 'test', verb: { do: what } })
    await operate('suspend')
    await expect(answer('undo_two')).rejects.toMatchObject({ code: 'RUN_SUSPENDED' })
    await bench.reopen({ killed: true })
    expect([view(run).status, asked()]).toEqual(['suspended', ['undo_two']])
    await operate('resume')
    await answer('undo_two')
    expect(asked()).toEqual(['undo_one'])
    await answer('undo_one')
    expect([view(run).status, asked()]).toEqual(['cancelled', []])
  })

  it('[R659] what lists, lists inside of lists and called flows have done is undone, each by its own run, last first, and only then what the run around has done', async () => {
    publish(
      draw(
        { start: 'flow.start', pay: call('pay', { undo: 'refund' }), look: task, end: 'flow.end', refund: call('refund') }, // prettier-ignore
        ['start -> pay', 'pay -> look', 'pay.other -> look', 'look.yes -> end'],
        { id: 'paying' },
      ),
    )
    const inner = { parent: 'inner' }
    const run = await bench.run(
      draw(
        {
          start: 'flow.start',
          hold: call('hold', { undo: 'free' }),
          free: call('free'),
          outer: { type: 'flow.each', inputs: { items: ['a'] } },
          book: call('book', { undo: 'unbook', parent: 'outer' }),
          unbook: call('unbook', { parent: 'outer' }),
          inner: { type: 'flow.each', config: { mode: 'concurrent' }, inputs: { items: [1, 2] }, parent: 'outer' }, // prettier-ignore
          ask: call('ask', { undo: 'unask', ...inner }),
          unask: call('unask', inner),
          sub: calls('paying', inner),
          inner_end: { type: 'flow.end', ...inner },
          outer_end: { type: 'flow.end', parent: 'outer' },
          end: 'flow.end',
        },
        [
          'start -> hold',
          'hold -> outer',
          'hold.other -> outer',
          'outer.item -> book',
          'book -> inner',
          'book.other -> inner',
          'inner.item -> ask',
          'ask -> sub',
          'ask.other -> sub',
          'sub -> inner_end',
          'inner -> outer_end',
          'outer -> end',
        ],
      ),
    )
    await bench.engine.idle()
    expect(asked()).toEqual(['look', 'look'])
    const before = bench.calls.length
    await bench.engine.cancelRun({ ...by, run })
    await bench.engine.idle()
    const undone = peersCalled().slice(before)
    expect(undone.toSorted()).toEqual(['free', 'refund', 'refund', 'unask', 'unask', 'unbook'])
    expect(undone.slice(4)).toEqual(['unbook', 'free'])
    for (const item of [0, 1]) {
      const own = bench.calls.slice(before).map(({ key }) => key).filter((key) => key.includes(`inner:1/${item}:`)) // prettier-ignore
      expect(own.map((key) => key.split(':').at(-2))).toEqual(['refund', 'unask'])
    }
    expect(view(run).status).toBe('cancelled')
  })

  it('[R660] each item of a list waits for its own message; one with the key of none of them is kept', async () => {
    const run = await bench.run(
      draw(
        {
          start: 'flow.start',
          each: { type: 'flow.each', config: { mode: 'concurrent' }, inputs: { items: ['A', 'B'] } }, // prettier-ignore
          event: { type: 'flow.event', config: { message: 'signed' }, inputs: { key: { var: 'item' } }, parent: 'each' }, // prettier-ignore
          told: { ...end({ var: 'event' }), parent: 'each' },
          end: end({ var: 'each.results' }),
        },
        ['start -> each', 'each.item -> event', 'event.received -> told', 'each -> end'],
      ),
    )
    const send = (key: string) => bench.engine.sendMessage({ ...by, name: 'signed', key, value: key.toLowerCase() }) // prettier-ignore
    expect(await send('B')).toMatchObject({ delivered: [`${run}:each:1/1`] })
    expect(await send('C')).toMatchObject({ delivered: [], kept: true })
    await bench.reopen({ killed: true })
    expect(await send('A')).toMatchObject({ delivered: [`${run}:each:1/0`] })
    await bench.engine.idle()
    expect(view(run)).toMatchObject({ status: 'completed', output: ['a', 'b'] })
  })

  it('[R651] what a suspended run has asked for goes on undoing once that run has ended', async () => {
    publish(
      draw(
        { start: 'flow.start', pay: call('pay', { undo: 'refund' }), look: task, end: 'flow.end', refund: call('refund') }, // prettier-ignore
        ['start -> pay', 'pay -> look', 'pay.other -> look', 'look.yes -> end'],
        { id: 'paying' },
      ),
    )
    const run = await bench.run(
      draw({ start: 'flow.start', call: calls('paying'), end: 'flow.end' }, ['start -> call', 'call -> end']), // prettier-ignore
    )
    await bench.engine.idle()
    await bench.engine.operate({ ...by, run, reason: 'test', verb: { do: 'suspend' } })
    await bench.engine.cancelRun({ ...by, run })
    await bench.engine.idle()
    expect(peersCalled()).toEqual(['pay', 'refund'])
    expect(view(`${run}:call:1/0`).status).toBe('cancelled')
  })

  for (const how of ['the run', 'its flow'] as const)
    it(`[R776] what was held while ${how} was suspended goes on undoing once the run has begun anew by hand`, async () => {
      publish(
        draw(
          { start: 'flow.start', pay: call('pay', { undo: 'refund' }), look: task, end: 'flow.end', refund: call('refund') }, // prettier-ignore
          ['start -> pay', 'pay -> look', 'pay.other -> look', 'look.yes -> end'],
          { id: 'paying' },
        ),
      )
      let isDown = true
      bench.peers.set('refund', () => {
        if (isDown) throw new Error('line is dead')
        return null
      })
      const run = await bench.run(
        draw(
          {
            start: 'flow.start',
            fork: { type: 'flow.fork', config: { branches: [{ id: 'a' }, { id: 'b' }] } },
            call: calls('paying'),
            hurry: task,
            join: { type: 'flow.join', config: { mode: 'any' } },
            choose: { type: 'human.task', config: { title: 'Choose', outcomes: [{ id: 'anew' }, { id: 'on' }] } }, // prettier-ignore
            anew: { type: 'flow.continue', inputs: { input: 1 } },
            end: 'flow.end',
          },
          ['start -> fork', 'fork.a -> call', 'call -> join', 'fork.b -> hurry', 'hurry.yes -> join', 'join -> choose', 'choose.anew -> anew', 'choose.on -> end'], // prettier-ignore
        ),
      )
      await bench.engine.idle()
      await answer('hurry')
      expect(peersCalled()).toEqual(['pay', 'refund'])
      if (how === 'the run') await bench.engine.operate({ ...by, run, verb: { do: 'suspend' } })
      else await bench.engine.setSuspension({ ...by, kind: 'flow', name: 'drawn', suspended: true })
      const on = async () => {
        bench.clock.advance(60_000)
        await bench.engine.idle()
      }
      isDown = false
      await on()
      expect(peersCalled()).toEqual(['pay', 'refund'])
      const verb = { do: 'complete', at: 'choose', port: 'anew', value: {} } as const
      await bench.engine.operate({ ...by, run, verb })
      await bench.engine.idle()
      await on()
      expect(view(run).status).toBe('continued')
      expect(peersCalled()).toEqual(['pay', 'refund', 'refund'])
      expect(view(`${run}:call:1/0`).status).toBe('cancelled')
    })
})
