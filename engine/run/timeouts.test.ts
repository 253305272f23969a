import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { by, callFlow, openBench, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const step = (id: string) =>
  bench.engine.getRun('default', id).steps.find(({ node }) => node === 'call')
const advance = async (ms: number) => {
  bench.clock.advance(ms)
  await bench.engine.idle()
}
const retry = { attempts: 5, first: '10s', factor: 1, cap: '10s' }
const never = () => new Promise<never>(() => {})

describe('[R265] the total time counts over all attempts and the waits between them', () => {
  it('and leaves by the error edge with its name once no attempt can follow', async () => {
    bench.peers.set('peer', () => {
      throw new Error('line is dead')
    })
    // Back-offs are between 5 and 10 s by chance: in 25 s from 3 to 6 attempts, never the 8 allowed.
    const policy = { total: '25s', retry: { ...retry, attempts: 8 } }
    const id = await bench.run(callFlow('loan', { policy }, ['call.error > end']))
    await bench.engine.idle()
    for (let second = 0; second < 25; second += 1) await advance(1_000)
    expect(bench.engine.getRun('default', id)).toMatchObject({
      status: 'completed',
      output: {
        error: {
          code: 'EFFECT_TIMEOUT',
          params: { which: 'total', timeout: '25s' },
        },
      },
    })
    expect(bench.calls.length).toBeGreaterThanOrEqual(3)
    expect(bench.calls.length).toBeLessThanOrEqual(6)
  })

  it('and cuts an attempt short', async () => {
    bench.peers.set('peer', never)
    const id = await bench.run(callFlow('loan', { policy: { total: '3s', retry } }))
    await Promise.resolve()
    await Promise.resolve()
    bench.clock.advance(2_999)
    expect(step(id)).toMatchObject({ status: 'running' })
    bench.clock.advance(1)
    await bench.engine.idle()
    expect(step(id)).toMatchObject({
      status: 'incident',
      error: { code: 'EFFECT_TIMEOUT', params: { which: 'total' } },
    })
  })

  it('and goes on over a restart from the time in the journal', async () => {
    bench.peers.set('peer', never)
    const policy = { timeout: '1h', total: '1m', retry }
    const id = await bench.run(callFlow('loan', { policy }))
    bench.clock.advance(50_000)
    await bench.reopen()
    bench.clock.advance(9_999)
    expect(step(id)).toMatchObject({ status: 'running' })
    await advance(1)
    expect(step(id)).toMatchObject({ status: 'incident', error: { params: { which: 'total' } } })
  })

  it('and begins anew when a person asks for another attempt', async () => {
    bench.peers.set('peer', never)
    const id = await bench.run(callFlow('loan', { policy: { total: '3s', retry } }))
    await advance(3_000)
    await bench.engine.retryStep({ ...by, run: id, step: 'call:1' })
    bench.peers.set('peer', () => 'answer')
    bench.clock.advance(2_999)
    expect(step(id)).toMatchObject({ status: 'running' })
    await advance(1)
    expect(step(id)).toMatchObject({ status: 'incident' })
  })
})

describe('[R266] an attempt that reports must report at least each heartbeat', () => {
  const policy = { timeout: '1h', heartbeat: '5s', retry }

  it('else it is aborted and tried again, and goes on from what it said last', async () => {
    bench.peers.set('peer', ({ attempt, progress, heartbeat }) => {
      if (attempt > 1) return progress === null ? null : { ...progress }
      heartbeat({ done: 1, total: 40 })
      heartbeat({ done: 2, total: 40, note: 'page 2' })
      return never()
    })
    const id = await bench.run(callFlow('loan', { policy }))
    bench.clock.advance(4_999)
    expect(bench.calls[0]?.signal.aborted).toBe(false)
    await advance(1)
    expect(bench.calls[0]?.signal.aborted).toBe(true)
    expect(step(id)).toMatchObject({
      status: 'retrying',
      error: { code: 'EFFECT_TIMEOUT', params: { which: 'heartbeat', timeout: '5s' } },
    })
    await bench.reopen()
    await advance(10_000)
    expect((await bench.engine.settled('default', id)).output).toEqual({
      done: 2,
      total: 40,
      note: 'page 2',
    })
  })

  it('and lives as long as it does', async () => {
    let beat = () => {}
    let finish: (answer: string) => void = () => {}
    bench.peers.set('peer', ({ heartbeat }) => {
      beat = heartbeat
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    const id = await bench.run(callFlow('loan', { policy }))
    for (let round = 0; round < 20; round += 1) {
      bench.clock.advance(4_000)
      beat()
    }
    finish('done')
    expect((await bench.engine.settled('default', id)).output).toBe('done')
    expect(bench.calls).toHaveLength(1)
  })

  it('and its progress is told live, at most every two seconds, cut to numbers and a short note', async () => {
    let say: (progress: object) => void = () => {}
    bench.peers.set('peer', ({ heartbeat }) => {
      say = heartbeat
      return never()
    })
    const id = await bench.run(callFlow('loan', { policy }))
    await Promise.resolve()
    for (let done = 0; done < 8; done += 1) {
      say({ done, note: 'x'.repeat(500), pan: 'ABCPS1234F' })
      bench.clock.advance(1_000)
    }
    await bench.engine.startRun({ ...by, flow: 'loan', input: {} })
    const told = bench.engine
      .events('default', { from: 0, run: id })
      .filter(({ type }) => type === 'step.progress')
    expect(told.map(({ data }) => data['done'])).toEqual([0, 2, 4, 6])
    expect(told[0]?.data).toEqual({ done: 0, note: 'x'.repeat(120) })
    expect(step(id)).toMatchObject({ status: 'running', progress: { done: 6 } })
  })
})
