import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { ConnectionLimits } from '#core/api/views.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'
import { askFlow, openPeer } from './peer-fixture.ts'

let peer: Awaited<ReturnType<typeof openPeer>>
let bench: Bench
beforeEach(async () => {
  peer = await openPeer()
  bench = await openBench({ services: peer.services })
})
afterEach(async () => {
  await bench.close()
  await peer.close()
})

const connect = (limits: ConnectionLimits) =>
  bench.engine.putConnection({
    ...by,
    connection: {
      name: 'peer',
      kind: 'http',
      address: peer.origin,
      settings: {},
      secret: null,
      limits,
    },
  })
const health = () => bench.engine.listConnections('default')[0]?.health
const start = (count: number, flow = 'ask') =>
  Promise.all(
    Array.from({ length: count }, () => bench.engine.startRun({ ...by, flow, input: {} })),
  )
const publish = async (policy: object, edges: readonly string[] = [], id = 'ask') => {
  bench.engine.flows.save({ ...by, document: askFlow(id, policy, edges) })
  bench.engine.flows.publish({ ...by, id })
}
const advance = async (ms: number) => {
  bench.clock.advance(ms)
  await bench.engine.idle()
}
const statuses = () =>
  bench.engine
    .listRuns('default', { limit: 500 })
    .items.map(({ status }) => status)
    .toSorted()
const once = { retry: { attempts: 1, first: '1s', factor: 1, cap: '1s' } }
const patient = { retry: { attempts: 50, first: '1s', factor: 1, cap: '1s' } }
const breaker = { share: 0.5, calls: 4, window: '1m', coolDown: '30s' }

describe('[R269] a connection that fails is left alone', () => {
  it('then one call tries, and what waited goes on once it answers', async () => {
    connect({ breaker, concurrency: 1 })
    await publish(patient)
    peer.state.status = 503
    await start(10)
    await bench.engine.idle()
    // The share is reached with the fourth call; the others wait and no call is made for them.
    expect(peer.state.calls).toBe(4)
    expect(health()).toMatchObject({
      state: 'open',
      calls: 4,
      failures: 4,
      nextTry: bench.clock.now() + 30_000,
    })
    await advance(29_000)
    expect(peer.state.calls).toBe(4)
    await advance(1_000)
    expect(peer.state.calls).toBe(5)
    expect(health()).toMatchObject({ state: 'open', nextTry: bench.clock.now() + 30_000 })
    peer.state.status = 200
    await advance(30_000)
    expect(health()).toMatchObject({ state: 'closed', nextTry: null })
    await advance(2_000)
    expect(statuses()).toEqual(Array.from({ length: 10 }, () => 'completed'))
    expect(peer.state.calls).toBe(15)
  })

  it('also by a restart', async () => {
    connect({ breaker, concurrency: 1 })
    await publish(patient)
    peer.state.status = 503
    await start(6)
    await bench.engine.idle()
    await bench.reopen({ killed: true })
    expect(health()).toMatchObject({ state: 'open', failures: 4 })
    await bench.engine.idle()
    expect(peer.state.calls).toBe(4)
  })

  it('and waits no longer than its queue or total time', async () => {
    connect({ breaker, concurrency: 1 })
    await publish({ ...once, queue: '10s' })
    peer.state.status = 503
    const ids = await start(6)
    await advance(9_999)
    expect(statuses().filter((status) => status === 'running')).toHaveLength(2)
    await advance(1)
    expect(peer.state.calls).toBe(4)
    expect(bench.engine.getRun('default', ids[5]?.id ?? '').steps[1]).toMatchObject({
      status: 'incident',
      attempts: 0,
      error: { code: 'EFFECT_TIMEOUT', params: { which: 'queue', timeout: '10s' } },
    })
  })

  it('and fails at once where the policy says so: by fallback, by the error edge', async () => {
    connect({ breaker, concurrency: 1 })
    await publish(once)
    const quick = { ...once, whenDown: 'fail' }
    await publish(quick, ['ask.error > end'], 'branch')
    await publish(
      { ...quick, fallback: { port: 'status', value: { status: 0, body: null } } },
      [],
      'value',
    )
    peer.state.status = 503
    await start(4)
    await bench.engine.idle()
    const ended = async (flow: string) => {
      const [run] = await start(1, flow)
      return (await bench.engine.settled('default', run?.id ?? '')).output
    }
    expect(await ended('branch')).toMatchObject({ error: { code: 'CONNECTION_DOWN' } })
    expect(await ended('value')).toEqual({ status: 0, body: null })
    expect(peer.state.calls).toBe(4)
  })

  it('but not where the peer answers, however it refuses', async () => {
    connect({ breaker })
    await publish(once)
    peer.state.status = 404
    await start(20)
    await bench.engine.idle()
    expect(peer.state.calls).toBe(20)
    expect(health()).toMatchObject({ state: 'closed', calls: 20, failures: 0 })
  })
})

describe('[R379] a retry by hand while the connection is left alone', () => {
  const stepOf = (run: string) => bench.engine.getRun('default', run).steps[1]
  const retry = (run: string) => bench.engine.retryStep({ ...by, run, step: 'ask:1' })

  it('waits for it, whatever the policy says, over a restart too, and the step tells until when', async () => {
    connect({ breaker, concurrency: 1 })
    await publish({ ...once, whenDown: 'fail' })
    peer.state.status = 503
    const ids = (await start(5)).map(({ id }) => id)
    await bench.engine.idle()
    const last = ids[4] ?? ''
    expect(stepOf(last)).toMatchObject({ status: 'incident', error: { code: 'CONNECTION_DOWN' } })
    await retry(last)
    await bench.engine.idle()
    const down = { connection: 'peer', nextTry: bench.clock.now() + 30_000 }
    expect(stepOf(last)).toMatchObject({ status: 'running', waitsFor: down })
    await expect(retry(last)).rejects.toMatchObject({ code: 'STEP_NOT_RETRYABLE' })
    await bench.reopen()
    await bench.engine.idle()
    expect(stepOf(last)).toMatchObject({ status: 'running', waitsFor: down })
    expect(peer.state.calls).toBe(4)
    peer.state.status = 200
    await advance(30_000)
    expect(bench.engine.getRun('default', last).status).toBe('completed')
    expect(stepOf(last)).not.toHaveProperty('waitsFor')
    expect(peer.state.calls).toBe(5)
    expect(bench.engine.replay('default', last).same).toBe(true)
  })

  it('that fails is an incident again with the failure itself; the next asks anew', async () => {
    connect({ breaker, concurrency: 1 })
    await publish({ ...once, whenDown: 'fail' })
    peer.state.status = 503
    const ids = (await start(5)).map(({ id }) => id)
    await bench.engine.idle()
    const last = ids[4] ?? ''
    await retry(last)
    await advance(30_000)
    expect(stepOf(last)).toMatchObject({
      status: 'incident',
      attempts: 1,
      error: { params: { status: 503 } },
    })
    await retry(last)
    peer.state.status = 200
    await advance(30_000)
    expect(bench.engine.getRun('default', last).status).toBe('completed')
  })
})

describe('[R270] a connection is called at most so often', () => {
  const rate = { calls: 5, per: '10s' }
  it('a first burst, then evenly', async () => {
    connect({ rate })
    await publish(once)
    await start(12)
    await bench.engine.idle()
    expect(peer.state.calls).toBe(5)
    await advance(1_999)
    expect(peer.state.calls).toBe(5)
    await advance(1)
    expect(peer.state.calls).toBe(6)
    await advance(8_000)
    expect(peer.state.calls).toBe(10)
    await advance(4_000)
    expect(statuses()).toEqual(Array.from({ length: 12 }, () => 'completed'))
  })

  it('also over a restart, which brings no burst', async () => {
    connect({ rate })
    await publish(once)
    await start(12)
    await bench.engine.idle()
    for (let round = 0; round < 3; round += 1) {
      await bench.reopen()
      await bench.engine.idle()
      expect(peer.state.calls).toBe(5 + round)
      await advance(2_000)
    }
  })
})

describe('[R271] at most so many calls are under way', () => {
  it('of one connection, and a change of its limits counts at once', async () => {
    connect({ concurrency: 2 })
    await publish(once)
    peer.state.delay = 30
    await start(8)
    await bench.engine.idle()
    expect(peer.state.most).toBe(2)
    connect({ concurrency: 4 })
    await start(8)
    await bench.engine.idle()
    expect(peer.state.most).toBe(4)
    expect(peer.state.calls).toBe(16)
  })

  it('of one node type, for all tenants together', async () => {
    let under = 0
    let most = 0
    const waiting: (() => void)[] = []
    const limited = defineNode({
      type: 'test.limited',
      version: 1,
      title: 'Limited',
      description: 'At most two at once.',
      area: 'integration',
      icon: 'phone',
      config: z.object({}),
      inputs: {},
      outputs: { out: z.object({}) },
    }).effect(
      {
        uses: [],
        timeout: '10s',
        retry: { attempts: 1, first: '1s', factor: 1, cap: '1s' },
        concurrency: 2,
      },
      async ({ exit }) => {
        most = Math.max(most, (under += 1))
        await new Promise<void>((resolve) => waiting.push(resolve))
        under -= 1
        return exit.out({})
      },
    )
    await bench.close()
    bench = await openBench({ registry: createRegistry([...builtInNodes, limited]) })
    const flow = sketch(
      'limited',
      [
        { id: 'start', type: 'flow.start' },
        { id: 'ask', type: 'test.limited' },
        { id: 'end', type: 'flow.end' },
      ],
      ['start.out > ask', 'ask.out > end'],
    )
    const tenants = ['default', 'other']
    for (const tenant of tenants) {
      bench.engine.flows.save({ ...by, tenant, document: flow })
      bench.engine.flows.publish({ ...by, tenant, id: 'limited' })
      for (let run = 0; run < 4; run += 1)
        await bench.engine.startRun({ ...by, tenant, flow: 'limited', input: {} })
    }
    for (let done = 0; done < 8; done += 1) {
      await vi.waitFor(() => expect(waiting).not.toEqual([]), 20_000)
      expect(under).toBeLessThanOrEqual(2)
      waiting.shift()?.()
    }
    await bench.engine.idle()
    expect(most).toBe(2)
    for (const tenant of tenants)
      expect(bench.engine.listRuns(tenant, { status: 'completed' }).total).toBe(4)
  })

  it('of one tenant, while the others take their turns', async () => {
    await bench.close()
    bench = await openBench({ services: peer.services, tenantConcurrency: 3 })
    connect({})
    await publish(once)
    peer.state.delay = 30
    await start(9)
    await bench.engine.idle()
    expect(peer.state.most).toBe(3)
  })
})

it('[R272] retries are counted by the policy alone: no call is made twice within an attempt', async () => {
  connect({ breaker: 'off' })
  await publish({ retry: { attempts: 3, first: '1s', factor: 1, cap: '1s' } })
  peer.state.status = 503
  await start(1)
  for (let round = 0; round < 10; round += 1) await advance(1_000)
  expect(peer.state.calls).toBe(3)
  expect(statuses()).toEqual(['incident'])
})

it('[R280] the more urgent run has the next place that becomes free', async () => {
  connect({ concurrency: 1 })
  await publish(once)
  peer.state.delay = 100
  const start = async (priority: number) =>
    (await bench.engine.startRun({ ...by, flow: 'ask', input: {}, priority })).id
  const ids = [await start(5), ...(await Promise.all([1, 5, 9].map(start)))]
  await bench.engine.idle()
  const called = ids.map((id) => {
    const output = bench.engine.getRun('default', id).output as { body: { call: number } }
    return output.body.call
  })
  // The first had begun when the others came.
  expect(called).toEqual([1, 4, 3, 2])
})
