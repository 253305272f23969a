import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RetryableError, TerminalError } from '#core/errors.ts'
import { by, callFlow, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const failTimes = (times: number, error: () => Error) =>
  bench.peers.set('peer', () => {
    if (bench.calls.length <= times) throw error()
    return 'answer'
  })
const call = (id: string) =>
  bench.engine.getRun('default', id).steps.find(({ node }) => node === 'call')
const minute = 60_000

describe('retries', () => {
  it('[R680] never multiply: an effect in a called flow in a list is called as often as its own policy says', async () => {
    bench.peers.set('peer', () => {
      throw new Error('line is dead')
    })
    const policy = (attempts: number) => ({
      policy: { retry: { attempts, first: '1s', factor: 2, cap: '1m' } },
    })
    bench.engine.flows.save({ ...by, document: callFlow('called', policy(3)) })
    bench.engine.flows.publish({ ...by, id: 'called' })
    const run = await bench.run(
      sketch(
        'list',
        [
          { id: 'start', type: 'flow.start' },
          {
            id: 'each',
            type: 'flow.each',
            config: { mode: 'concurrent' },
            inputs: { items: { var: 'input.items' } },
            ...policy(5),
          },
          {
            id: 'ask',
            type: 'flow.call',
            config: { flow: 'called' },
            inputs: { input: { var: 'item' } },
            parent: 'each',
            ...policy(5),
          },
          { id: 'told', type: 'flow.end', parent: 'each' },
          { id: 'end', type: 'flow.end' },
        ],
        ['start.out > each', 'each.item > ask', 'ask.out > told', 'each.out > end'],
      ),
      { items: [{ n: 1 }, { n: 2 }] },
    )
    const on = async () => {
      for (let passed = 0; passed < 40; passed += 1) {
        bench.clock.advance(minute)
        await bench.engine.idle()
      }
    }
    const attempts = () =>
      [...new Set(bench.calls.map(({ key }) => key))].map((key) =>
        bench.calls.filter((call) => call.key === key).map(({ attempt }) => attempt),
      )
    await on()
    expect(attempts()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
    expect(bench.engine.getRun('default', run).status).not.toBe('completed')
    await bench.reopen()
    await on()
    expect(bench.calls).toHaveLength(6)
  })

  it('[R49] come later each time, under one key, and the run goes on', async () => {
    failTimes(2, () => new Error('line is dead'))
    const id = await bench.run(callFlow('loan'))
    await bench.engine.idle()
    expect(call(id)).toMatchObject({
      status: 'retrying',
      attempts: 1,
      error: { code: 'EFFECT_FAILED' },
    })
    expect(bench.engine.getRun('default', id).status).toBe('running')
    const waits: number[] = []
    for (const attempts of [1, 2]) {
      const from = bench.clock.now()
      while (bench.calls.length === attempts) {
        bench.clock.advance(10)
        await bench.engine.idle()
      }
      waits.push(bench.clock.now() - from)
    }
    expect(waits[0]).toBeGreaterThanOrEqual(500)
    expect(waits[0]).toBeLessThanOrEqual(1_000)
    expect(waits[1]).toBeGreaterThanOrEqual(1_000)
    expect(waits[1]).toBeLessThanOrEqual(2_000)
    expect(bench.calls.map(({ key, attempt }) => [key, attempt])).toEqual([
      [`${id}:call:1`, 1],
      [`${id}:call:1`, 2],
      [`${id}:call:1`, 3],
    ])
    expect(bench.engine.getRun('default', id)).toMatchObject({
      status: 'completed',
      output: 'answer',
    })
    expect(call(id)).toMatchObject({ attempts: 3, error: null })
  })

  it('wait as long as the peer asks', async () => {
    failTimes(1, () => new RetryableError('EFFECT_TIMEOUT', { timeout: '1s' }, { after: minute }))
    const id = await bench.run(callFlow('loan'))
    await bench.engine.idle()
    bench.clock.advance(minute - 1)
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(1)
    bench.clock.advance(1)
    expect((await bench.engine.settled('default', id)).status).toBe('completed')
  })

  it('end with the number of attempts in an incident', async () => {
    failTimes(99, () => new Error('line is dead'))
    const id = await bench.run(callFlow('loan'))
    for (let round = 0; round < 5; round += 1) {
      await bench.engine.idle()
      bench.clock.advance(minute)
    }
    await bench.engine.idle()
    expect(bench.calls).toHaveLength(3)
    expect(bench.engine.getRun('default', id)).toMatchObject({ status: 'incident', at: ['call'] })
    expect(call(id)).toMatchObject({ status: 'incident', attempts: 3 })
  })

  it('do not follow where trying again cannot help', async () => {
    failTimes(99, () => new TerminalError('MODEL_UNKNOWN', { model: 'x' }))
    const id = await bench.run(callFlow('loan'))
    expect((await bench.engine.settled('default', id)).status).toBe('incident')
    expect(bench.calls).toHaveLength(1)
  })

  it('follow the policy of the node rather than of its type', async () => {
    failTimes(99, () => new Error('line is dead'))
    const policy = { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } }
    const id = await bench.run(callFlow('loan', { policy }))
    expect((await bench.engine.settled('default', id)).status).toBe('incident')
    expect(bench.calls).toHaveLength(1)
  })
})

describe('a timeout', () => {
  it('aborts the attempt through its signal and counts as a failed one', async () => {
    let aborted = 0
    bench.peers.set('peer', ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted += 1
      })
      return bench.calls.length > 1 ? 'answer' : new Promise(() => {})
    })
    const id = await bench.run(callFlow('loan'))
    bench.clock.advance(9_999)
    expect(aborted).toBe(0)
    bench.clock.advance(1)
    expect(aborted).toBe(1)
    await bench.engine.idle()
    expect(call(id)).toMatchObject({ status: 'retrying', error: { code: 'EFFECT_TIMEOUT' } })
    bench.clock.advance(minute)
    expect((await bench.engine.settled('default', id)).output).toBe('answer')
  })
})

describe('the last failure', () => {
  const policy = { retry: { attempts: 1, first: '1s', factor: 2, cap: '1m' } }

  it('[R50] takes the error edge', async () => {
    failTimes(99, () => new Error('line is dead'))
    const id = await bench.run(callFlow('loan', { policy }, ['call.error > end']))
    const view = await bench.engine.settled('default', id)
    expect(view).toMatchObject({
      status: 'completed',
      output: { error: { code: 'EFFECT_FAILED', message: 'The node failed: line is dead' } },
    })
    expect(call(id)).toMatchObject({
      status: 'failed',
      port: 'error',
      error: { code: 'EFFECT_FAILED' },
    })
  })

  it('[R50] takes the fallback value before the error edge', async () => {
    failTimes(99, () => new Error('line is dead'))
    const fallback = { port: 'out', value: 'none' }
    const id = await bench.run(
      callFlow('loan', { policy: { ...policy, fallback } }, ['call.error > end']),
    )
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: 'none',
    })
  })
})

describe('an incident', () => {
  const broken = async () => {
    failTimes(1, () => new TerminalError('MODEL_UNKNOWN', { model: 'x' }))
    const id = await bench.run(callFlow('loan', {}, []))
    await bench.engine.settled('default', id)
    return id
  }

  it('[R49] is retried under the same key', async () => {
    const id = await broken()
    await bench.engine.retryStep({ ...by, run: id, step: 'call:1', reason: 'model is back' })
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: 'answer',
    })
    expect(new Set(bench.calls.map(({ key }) => key))).toEqual(new Set([`${id}:call:1`]))
    expect(bench.calls.map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  it('[R59] is completed by hand with a port of the node and a value that fits it', async () => {
    const id = await broken()
    const complete = (step: string, port: string, value: number | object) =>
      bench.engine.completeStep({ ...by, run: id, step, port, value: value as never })
    await expect(complete('call:2', 'out', 1)).rejects.toMatchObject({ code: 'STEP_NOT_OPEN' })
    await expect(complete('call:1', 'nowhere', 1)).rejects.toMatchObject({ code: 'PORT_UNKNOWN' })
    await expect(complete('call:1', 'other', { n: 'x' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      findings: [{ place: { path: '/n' } }],
    })
    await complete('call:1', 'out', 42)
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: 42,
    })
    expect(bench.calls).toHaveLength(1)
  })

  it('is nothing that a running step could be retried for', async () => {
    bench.peers.set('peer', () => new Promise(() => {}))
    const id = await bench.run(callFlow('loan'))
    const retry = bench.engine.retryStep({ ...by, run: id, step: 'call:1' })
    await expect(retry).rejects.toMatchObject({ code: 'STEP_NOT_RETRYABLE' })
  })

  it('of a pure node runs the node again', async () => {
    const id = await bench.run(
      sketch(
        'divide',
        [
          { id: 'start', type: 'flow.start' },
          { id: 'half', type: 'test.divide', inputs: { by: { var: 'input.n' } } },
          { id: 'end', type: 'flow.end', inputs: { output: { var: 'half' } } },
        ],
        ['start.out > half', 'half.out > end'],
      ),
      { n: 0 },
    )
    const incident = await bench.engine.settled('default', id)
    expect(incident.status).toBe('incident')
    const step = incident.steps.find(({ status }) => status === 'incident')
    expect(step?.error?.code).toBeDefined()
    await bench.engine.retryStep({ ...by, run: id, step: step?.step ?? '' })
    const again = await bench.engine.settled('default', id)
    expect(again.status).toBe('incident')
    const open = again.steps.find(({ status }) => status === 'incident')
    await bench.engine.completeStep({
      ...by,
      run: id,
      step: open?.step ?? '',
      port: 'out',
      value: 2,
    })
    expect(await bench.engine.settled('default', id)).toMatchObject({
      status: 'completed',
      output: 2,
    })
  })
})
