import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { by, openBench, type Bench } from '#engine/run/engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const tenant = by.tenant
const task = (...outcomes: string[]) => ({
  type: 'human.task',
  config: { title: 'Look', outcomes: outcomes.map((id) => ({ id })) },
})
const end = (output: Json) => ({ type: 'flow.end', inputs: { output } })
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
const inside = { parent: 'each' }

/** For each item a person looks at it; `no` makes the item fail. */
const list = (config: Record<string, Json>, items: Json = { var: 'input.items' }) => ({
  start: 'flow.start',
  each: { type: 'flow.each', config, inputs: { items } },
  look: { ...task('yes', 'no'), ...inside },
  good: { ...end({ var: 'item' }), ...inside },
  bad: {
    type: 'flow.end',
    config: { status: 'failed' },
    inputs: { output: { var: 'item' } },
    ...inside,
  },
  end: end({ var: 'each.results' }),
})
const body = ['each.item -> look', 'look.yes -> good', 'look.no -> bad']
const listInput = {
  input: {
    type: 'object',
    properties: { items: { type: 'array', items: { type: 'string' } } },
    required: ['items'],
  },
}
const concurrent = { mode: 'concurrent' }
const plain = ['start -> each', 'each -> end', ...body]
const items = ['a', 'b', 'c']

/** What people are asked, named by the item’s index where it is one’s, otherwise by the node. */
const asked = () =>
  new Map(
    bench.engine
      .listTasks(tenant, { status: 'open' })
      .items.map((each) => [/\/(\d+)$/.exec(each.run)?.[1] ?? each.node, each.id]),
  )
const waits = async () => {
  await bench.engine.idle()
  return [...asked().keys()].sort().join(' ')
}
const answer = async (which: string, outcome = 'yes') => {
  const id = asked().get(which) ?? ''
  await bench.engine.completeTask({ ...by, task: id, outcome, value: {} })
  return waits()
}
const outcome = (run: string) => {
  const { status, output } = bench.engine.getRun(tenant, run)
  return { status, output }
}
const children = (parent: string) =>
  bench.engine.listRuns(tenant, { parent }).items.map(({ status }) => status)

describe('several instances', () => {
  it('WCP-8 Multi-Merge', async () => {
    await bench.run(
      draw({ start: 'flow.start', tail: task('yes'), end: 'flow.end' }, ['start -> tail', 'tail.yes -> end'], { id: 'tail' }), // prettier-ignore
    )
    const call = { type: 'flow.call', config: { flow: 'tail' } }
    await bench.engine.idle()
    const [first = ''] = asked().values()
    await bench.engine.completeTask({ ...by, task: first, outcome: 'yes', value: {} })
    const run = await bench.run(
      draw(
        { start: 'flow.start', f: fork('a', 'b'), a: task('yes'), b: task('yes'), one: call, two: call, j: 'flow.join', end: 'flow.end' }, // prettier-ignore
        ['start -> f', 'f.a -> a', 'f.b -> b', 'a.yes -> one', 'b.yes -> two', 'one -> j', 'two -> j', 'j -> end'], // prettier-ignore
      ),
    )
    expect(await waits()).toBe('a b')
    await answer('a')
    await answer('b')
    expect(children(run)).toEqual(['waiting', 'waiting'])
  })

  it('WCP-12 Multiple Instances without Synchronization', async () => {
    const branch = { type: 'flow.end', config: { ends: 'branch' } }
    const { end: _, ...nodes } = list(concurrent)
    const run = await bench.run(
      draw(
        { ...nodes, f: fork('all', 'on'), on: task('yes'), x: branch, y: branch },
        ['start -> f', 'f.all -> each', 'f.on -> on', 'each -> x', 'on.yes -> y', ...body],
        listInput,
      ),
      { items },
    )
    expect(await waits()).toBe('0 1 2 on')
    expect(await answer('on')).toBe('0 1 2')
    await answer('0')
    await answer('2')
    expect(await answer('1')).toBe('')
    expect(outcome(run).status).toBe('completed')
  })

  it('WCP-13 Multiple Instances with a Priori Design-Time Knowledge', async () => {
    const run = await bench.run(draw(list(concurrent, ['x', 'y']), plain))
    expect(await waits()).toBe('0 1')
    expect(await answer('1')).toBe('0')
    expect(await answer('0')).toBe('')
    expect(outcome(run)).toEqual({ status: 'completed', output: ['x', 'y'] })
  })

  it('WCP-14 Multiple Instances with a Priori Run-Time Knowledge', async () => {
    const run = await bench.run(draw(list(concurrent), plain, listInput), { items })
    expect(await waits()).toBe('0 1 2')
    await answer('2')
    await answer('0')
    expect(outcome(run).status).toBe('waiting')
    await answer('1')
    expect(outcome(run)).toEqual({ status: 'completed', output: items })
  })

  it('WCP-22 Recursion', async () => {
    const factorial = (depth: number) =>
      draw(
        {
          start: 'flow.start',
          small: {
            type: 'flow.branch',
            config: { cases: [{ id: 'yes', when: { lt: [{ var: 'input.n' }, 2] } }] },
          },
          one: end(1),
          less: { type: 'data.map', inputs: { n: { minus: [{ var: 'input.n' }, 1] } } },
          again: {
            type: 'flow.call',
            config: { flow: 'factorial', depth },
            inputs: { input: { var: 'less' } },
          },
          end: end({ times: [{ var: 'input.n' }, { var: 'again' }] }),
          deep: end({ var: 'again.error.code' }),
        },
        ['start -> small', 'small.yes -> one', 'small.else -> less', 'less -> again', 'again -> end', 'again.error -> deep'], // prettier-ignore
        { id: 'factorial', name: `To ${depth}` },
      )
    const run = await bench.run(factorial(10), { n: 6 })
    await bench.engine.idle()
    expect(outcome(run)).toEqual({ status: 'completed', output: 720 })
    // The innermost is refused; null, as a code is no number, is what those around it make of that.
    const deep = await bench.run(factorial(2), { n: 4 })
    await bench.engine.idle()
    const depths = (of: string, found: Json[] = []): Json[] => {
      const [child] = bench.engine.listRuns(tenant, { parent: of }).items
      const next = [...found, outcome(of).output]
      return child ? depths(child.id, next) : next
    }
    expect(depths(deep)).toEqual([null, null, 'CALL_TOO_DEEP'])
    expect(bench.engine.replay(tenant, deep)).toMatchObject({ same: true })
  })

  it('WCP-26 Cancel Multiple Instance Activity', async () => {
    const run = await bench.run(
      draw(
        { ...list(concurrent), f: fork('all', 'stop'), stop: task('yes'), j: { type: 'flow.join', config: { mode: 'any' } } }, // prettier-ignore
        ['start -> f', 'f.all -> each', 'f.stop -> stop', 'each -> j', 'stop.yes -> j', 'j -> end', ...body], // prettier-ignore
        listInput,
      ),
      { items },
    )
    expect(await waits()).toBe('0 1 2 stop')
    expect(await answer('1')).toBe('0 2 stop')
    expect(await answer('stop')).toBe('')
    expect(children(run).sort()).toEqual(['cancelled', 'cancelled', 'completed'])
    expect(outcome(run).status).toBe('completed')
  })

  it('WCP-15 Multiple Instances without a Priori Run-Time Knowledge', async () => {
    const { each, ...nodes } = list({ ...concurrent, adds: { message: 'applicant' } })
    const adding = { ...each, inputs: { ...each.inputs, key: 'case-1' } }
    const run = await bench.run(draw({ ...nodes, each: adding }, plain, listInput), {
      items: ['a'],
    })
    const add = (value: Json) =>
      bench.engine.sendMessage({ ...by, name: 'applicant', key: 'case-1', value })
    expect(await waits()).toBe('0')
    expect((await add('b')).delivered).toEqual([run])
    expect(await waits()).toBe('0 1')
    expect(await answer('0')).toBe('1')
    await add('c')
    expect(await waits()).toBe('1 2')
    await answer('2')
    await answer('1')
    expect(outcome(run)).toEqual({ status: 'completed', output: ['a', 'b', 'c'] })
    expect((await add('d')).delivered).toEqual([])
    expect(bench.engine.replay(tenant, run)).toMatchObject({ same: true })
  })

  it('WCP-27 Complete Multiple Instance Activity', async () => {
    const timed = list({ ...concurrent, enough: { after: '2d' } })
    const run = await bench.run(draw(timed, plain, listInput), { items })
    await waits()
    await answer('1')
    bench.clock.advance(2 * 86_400_000)
    expect(await waits()).toBe('')
    expect(children(run).sort()).toEqual(['cancelled', 'cancelled', 'completed'])
    expect(outcome(run)).toEqual({ status: 'completed', output: [null, 'b', null] })

    const other = await bench.run(draw(list(concurrent), plain, listInput), { items })
    await waits()
    await answer('1')
    const value = { results: [null, 'b', null], failed: [] }
    await bench.engine.completeStep({ ...by, run: other, step: 'each:1', port: 'out', value })
    expect(await waits()).toBe('')
    expect(outcome(other)).toEqual({ status: 'completed', output: [null, 'b', null] })
  })

  it('WCP-34 Static Partial Join for Multiple Instances', async () => {
    const enough = { count: 2, rest: 'finish' }
    const run = await bench.run(draw(list({ ...concurrent, enough }), plain, listInput), { items })
    expect(await waits()).toBe('0 1 2')
    await answer('2')
    expect(outcome(run).status).toBe('waiting')
    expect(await answer('0')).toBe('1')
    expect(outcome(run)).toEqual({ status: 'completed', output: ['a', null, 'c'] })
    expect(await answer('1')).toBe('')
    expect(children(run)).toEqual(['completed', 'completed', 'completed'])
  })

  it('WCP-35 Cancelling Partial Join for Multiple Instances', async () => {
    const enough = { count: 2 }
    const run = await bench.run(draw(list({ ...concurrent, enough }), plain, listInput), { items })
    expect(await waits()).toBe('0 1 2')
    await answer('2')
    expect(await answer('0')).toBe('')
    expect(children(run).sort()).toEqual(['cancelled', 'completed', 'completed'])
    expect(outcome(run)).toEqual({ status: 'completed', output: ['a', null, 'c'] })
  })

  it('WCP-36 Dynamic Partial Join for Multiple Instances', async () => {
    const when = { in: ['d', { var: 'each.results' }] }
    const config = { ...concurrent, enough: { when, rest: 'finish' }, adds: { message: 'lender' } }
    const { each, ...nodes } = list(config)
    const adding = { ...each, inputs: { ...each.inputs, key: 7 } }
    const run = await bench.run(draw({ ...nodes, each: adding }, plain, listInput), { items })
    await waits()
    await bench.engine.sendMessage({ ...by, name: 'lender', key: '7', value: 'd' })
    expect(await waits()).toBe('0 1 2 3')
    expect(await answer('1')).toBe('0 2 3')
    expect(outcome(run).status).toBe('waiting')
    expect(await answer('3')).toBe('0 2')
    expect(outcome(run)).toEqual({ status: 'completed', output: [null, 'b', null, 'd'] })
    const late = { ...by, name: 'lender', key: 7, value: 'e', keepFor: '0s' }
    expect((await bench.engine.sendMessage(late)).delivered).toEqual([])
    await answer('0')
    expect(await answer('2')).toBe('')
    expect(children(run)).toEqual(['completed', 'completed', 'completed', 'completed'])
  })

  it('runs one item after the other, in the order of the list', async () => {
    const run = await bench.run(draw(list({ mode: 'sequential' }), plain, listInput), {
      items: ['second', 'first'],
    })
    expect(await waits()).toBe('0')
    expect(await answer('0')).toBe('1')
    await answer('1')
    expect(outcome(run)).toEqual({ status: 'completed', output: ['second', 'first'] })
  })

  it('WCP-41 Thread Merge', async () => {
    const { end: _, ...nodes } = list(concurrent, ['x', 'y'])
    await bench.run(draw({ ...nodes, once: task('yes'), end: 'flow.end' }, ['start -> each', 'each -> once', 'once.yes -> end', ...body])) // prettier-ignore
    expect(await waits()).toBe('0 1')
    expect(await answer('0')).toBe('1')
    expect(await answer('1')).toBe('once')
  })

  it('WCP-42 Thread Split', async () => {
    const { look, ...nodes } = list(concurrent, ['x', 'y'])
    const run = await bench.run(
      draw({ ...nodes, look, then: { ...task('yes'), ...inside } }, [
        ...plain.filter((edge) => edge !== 'look.yes -> good'),
        'look.yes -> then',
        'then.yes -> good',
      ]),
    )
    const at = () =>
      bench.engine
        .listTasks(tenant, { status: 'open' })
        .items.map((each) => `${each.run.slice(run.length)} ${each.node}`)
        .sort()
    await waits()
    expect(at()).toEqual([':each:1/0 look', ':each:1/1 look'])
    await answer('0')
    expect(at()).toEqual([':each:1/0 then', ':each:1/1 look'])
  })
})
