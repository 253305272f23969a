import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { sketch } from '#engine/run/engine-fixture.ts'
import { askFlow, openPeer } from '#engine/run/peer-fixture.ts'
import { bundledWorkers } from './bundled-workers.ts'
import { openEngineProcess, type EngineProcess } from './open-engine-process.ts'

// What each policy remembers, over the kill of a real process. The engine's clock stands still: a life begins at `now`.

let workers: Awaited<ReturnType<typeof bundledWorkers>>
beforeAll(async () => {
  workers = await bundledWorkers('engine-process')
})
afterAll(() => workers.remove())

let folder: string
let peer: Awaited<ReturnType<typeof openPeer>>
let life: EngineProcess
let now: number
const open = () =>
  openEngineProcess(workers.path('engine-process'), {
    file: join(folder, 'metis.db'),
    peer: peer.origin,
    now,
  })
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metis-policies-'))
  peer = await openPeer()
  now = Date.UTC(2026, 0, 1)
  life = await open()
})
afterEach(async () => {
  await life.kill()
  await peer.close()
  rmSync(folder, { recursive: true })
})

/** Killed and started again after so many ms; negative where the clock was set back meanwhile. */
async function restart(ms = 0) {
  await life.kill()
  now += ms
  life = await open()
}
async function advance(ms: number) {
  now += ms
  await life.call('advance', ms)
}
async function start(count: number, flow = 'ask'): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await life.call('start', flow))
  return ids
}
const begin = async (count: number) => {
  const ids = await start(count)
  await life.call('idle')
  return ids
}
const step = async (run = '') => (await life.call('run', run)).steps[1]
const called = (count: number) =>
  vi.waitFor(() => expect(peer.state.calls).toBe(count), { timeout: 20_000 })
const publish = (policy: object, edges: readonly string[] = []) =>
  life.call('publish', askFlow('ask', policy, edges))
const times = (attempts: number, first = '10s') => ({
  retry: { attempts, first, factor: 1, cap: first },
})
const breaker = (calls: number) => ({ share: 0.5, calls, window: '1m', coolDown: '30s' })
const patience = 60_000

it(
  '[R771] retries: attempts are counted and waited for as if there had been no kill, and none comes on top',
  async () => {
    await life.call('connect', { breaker: 'off' })
    await publish(times(3))
    peer.state.status = 503
    const [run] = await begin(1)
    for (const attempts of [1, 2]) {
      await restart()
      await life.call('idle')
      expect(await step(run)).toMatchObject({ status: 'retrying', attempts })
      // Half of a back-off is left to chance.
      await advance(4_999)
      expect(peer.state.calls).toBe(attempts)
      await advance(5_001)
      expect(peer.state.calls).toBe(attempts + 1)
    }
    expect(await step(run)).toMatchObject({ status: 'incident', attempts: 3 })
    await restart(86_400_000)
    await life.call('idle')
    expect(peer.state.calls).toBe(3)
    expect(await life.call('sound', run ?? '')).toBe(true)
  },
  patience,
)

it(
  '[R771] the total time counts from the first attempt, over two kills',
  async () => {
    await life.call('connect', { breaker: 'off' })
    await publish({ ...times(50), total: '1m' })
    peer.state.status = 503
    const [run] = await begin(1)
    await restart(25_000)
    await advance(10_000)
    expect(await step(run)).toMatchObject({ status: 'retrying' })
    await restart(24_000)
    await advance(1_000)
    expect(await step(run)).toMatchObject({
      status: 'incident',
      error: { code: 'EFFECT_TIMEOUT', params: { which: 'total' } },
    })
  },
  patience,
)

it(
  '[R771] the time in the queue ends when it would have, for an effect that never began',
  async () => {
    await life.call('connect', { breaker: { ...breaker(1), coolDown: '10m' } })
    await publish({ ...times(1), queue: '40s' })
    peer.state.status = 503
    const [, run] = await begin(2)
    await restart(20_000)
    await restart(19_000)
    await advance(999)
    expect(await step(run)).toMatchObject({ status: 'running', attempts: 0 })
    await advance(1)
    expect(await step(run)).toMatchObject({
      status: 'incident',
      attempts: 0,
      error: { code: 'EFFECT_TIMEOUT', params: { which: 'queue' } },
    })
    expect(peer.state.calls).toBe(1)
  },
  patience,
)

it.each([
  ['heartbeat', { timeout: '1h', heartbeat: '30s' }],
  ['attempt', { timeout: '30s' }],
])(
  '[R771] an attempt that was killed begins anew with what it said of itself, and its %s time with it',
  async (which, policy) => {
    await life.call(
      'publish',
      sketch(
        'slow',
        [
          { id: 'start', type: 'flow.start' },
          { id: 'slow', type: 'test.slow', policy: { ...times(3), ...policy } },
          { id: 'end', type: 'flow.end' },
        ],
        ['start.out > slow', 'slow.out > end'],
      ),
    )
    peer.state.delay = Infinity
    const [run] = await start(1, 'slow')
    await called(1)
    await vi.waitFor(async () => expect(await step(run)).toMatchObject({ progress: { done: 1 } }), {
      timeout: 20_000,
    })
    await restart(20_000)
    await called(2)
    await advanceUnder(29_999)
    expect(await step(run)).toMatchObject({ status: 'running', attempts: 0 })
    await advance(1)
    expect(await step(run)).toMatchObject({
      status: 'retrying',
      attempts: 1,
      error: { code: 'EFFECT_TIMEOUT', params: { which } },
    })
    await restart()
    peer.state.delay = 0
    await advance(10_000)
    expect((await life.call('run', run ?? '')).status).toBe('completed')
    expect(peer.state.paths).toEqual([
      '/slow?attempt=1&from=nothing',
      '/slow?attempt=1&from=1',
      '/slow?attempt=2&from=1',
    ])
  },
  patience,
)
/** Without waiting for what is under way. */
async function advanceUnder(ms: number) {
  now += ms
  await life.call('pass', ms)
}

it(
  '[R771] [R772] an open breaker stays open, at most as long as it was to be where the clock was set back, and a trial that was killed is tried again alone',
  async () => {
    await life.call('connect', { breaker: breaker(2), concurrency: 1 })
    await publish(times(50, '1s'))
    peer.state.status = 503
    await begin(3)
    const health = { state: 'open', failures: 2, nextTry: now + 30_000 }
    for (const passed of [0, 10_000, 19_999]) {
      await restart(passed)
      await life.call('idle')
      expect(await life.call('health')).toMatchObject({ state: 'open', nextTry: health.nextTry })
    }
    expect(peer.state.calls).toBe(2)
    await restart(-7_200_000)
    await advance(29_999)
    expect(peer.state.calls).toBe(2)
    peer.state.status = 200
    peer.state.delay = Infinity
    await advanceUnder(1)
    await called(3)
    await restart()
    await called(4)
    expect(await life.call('health')).toMatchObject({ state: 'half-open' })
    peer.state.delay = 0
    peer.release()
    await life.call('idle')
    await advance(7_300_000)
    expect(await life.call('health')).toMatchObject({ state: 'closed' })
    expect(peer.state.most).toBe(1)
    expect(peer.state.calls).toBe(6)
  },
  patience,
)

it(
  '[R771] a rate brings no burst after a kill, and a run that was cancelled while it waited takes nobody’s place',
  async () => {
    await life.call('connect', { rate: { calls: 3, per: '30s' } })
    await publish(times(1))
    const ids = await begin(6)
    expect(peer.state.calls).toBe(3)
    await restart()
    await life.call('idle')
    await advance(9_999)
    expect(peer.state.calls).toBe(3)
    await life.call('cancel', ids[3] ?? '')
    await advance(1)
    expect(peer.state.calls).toBe(4)
    await restart(9_999)
    await life.call('idle')
    expect(peer.state.calls).toBe(4)
    await advance(1)
    expect(peer.state.calls).toBe(5)
    const statuses = await Promise.all(ids.map(async (id) => (await life.call('run', id)).status))
    expect(statuses.toSorted()).toEqual(['cancelled', ...Array(5).fill('completed')])
  },
  patience,
)

it(
  '[R771] no more calls than a connection takes are under way after a kill',
  async () => {
    await life.call('connect', { concurrency: 2 })
    await publish(times(1))
    peer.state.delay = Infinity
    await start(5)
    await called(2)
    await restart()
    await called(4)
    peer.state.delay = 0
    peer.release()
    await life.call('idle')
    expect(peer.state.calls).toBe(7)
    expect(peer.state.most).toBe(2)
  },
  patience,
)

it(
  '[R771] a fallback value comes after the attempts that the policy allows, counted over a kill; at once where the connection is down',
  async () => {
    await life.call('connect', { breaker: breaker(2) })
    const fallback = { port: 'status', value: { status: 0, body: null } }
    await publish({ ...times(2), whenDown: 'fail', fallback })
    peer.state.status = 503
    const [run] = await begin(1)
    await restart()
    await advance(10_000)
    expect(await life.call('run', run ?? '')).toMatchObject({
      status: 'completed',
      output: fallback.value,
    })
    await restart()
    const [down] = await begin(1)
    expect(await life.call('run', down ?? '')).toMatchObject({
      status: 'completed',
      output: fallback.value,
    })
    expect(peer.state.calls).toBe(2)
  },
  patience,
)

it(
  '[R771] [R772] a kept answer is given after a kill: not over its time, not while its connection is suspended, also while it is down, and not where it comes from the future',
  async () => {
    const completed = async (flow = 'ask') => {
      const [run = ''] = await start(1, flow)
      await life.call('idle')
      return (await life.call('run', run)).status === 'completed'
    }
    await life.call('connect', { breaker: breaker(1) })
    await publish({ ...times(1), cache: { ttl: '1h' } })
    await life.call('publish', askFlow('plain', times(1)))
    expect(await completed()).toBe(true)
    await restart(1_800_000)
    expect(await completed()).toBe(true)

    await life.call('suspend', true)
    expect(await completed()).toBe(false)
    await restart()
    await life.call('idle')
    expect(peer.state.calls).toBe(1)
    await life.call('suspend', false)
    await life.call('idle')
    peer.state.status = 503
    expect(await completed('plain')).toBe(false)
    expect(await life.call('health')).toMatchObject({ state: 'open' })
    expect(await completed()).toBe(true)
    expect(peer.state.calls).toBe(2)

    peer.state.status = 200
    await restart(1_800_000)
    expect(await completed()).toBe(true)
    expect(peer.state.calls).toBe(3)
    await restart(-86_400_000)
    expect(await completed()).toBe(true)
    expect(peer.state.calls).toBe(4)
  },
  patience,
)
