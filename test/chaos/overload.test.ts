import { setTimeout as after } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#engine/adapters/clock/system.ts'
import { callFlow, openBench, type Bench } from '#engine/run/engine-fixture.ts'
import { openServer } from '#engine/server/testing/open-server.ts'

const waiting = 60
const inFlight = 64
/** Starts that are turned away before the knocking ends: a count, since a slow machine sends fewer in a time. */
const turnedAway = 300

let bench: Bench
beforeEach(async () => {
  // Two places of 100 ms: 20 runs a second at most, however fast the machine is.
  bench = await openBench({ clock: systemClock, concurrency: 2, admission: { waiting } })
  bench.peers.set('peer', () => after(100, 'answer'))
})
afterEach(() => bench.close())

const publish = (id: string) => {
  bench.engine.flows.save({ tenant: 'default', actor, document: callFlow(id) })
  bench.engine.flows.publish({ tenant: 'default', actor, id })
}
const actor = { id: 'ada', kind: 'user' as const }

it('[R276] at ten times its capacity it turns new runs away with a time, stays small, and finishes every run that it took', async () => {
  publish('loan')
  const { call } = await openServer(bench.engine)
  const taken: string[] = []
  const refused: { status: number; retryAfter: string | null; code: unknown }[] = []
  let most = 0
  const heap = process.memoryUsage().heapUsed
  let mostHeap = heap
  const knock = async (client: number): Promise<void> => {
    for (let sent = 0; refused.length < turnedAway; sent += 1) {
      const response = await call('POST', '/flows/loan/runs', {
        input: { client, sent },
        caseKey: `case-${client}-${sent}`,
      })
      const body = (await response.json()) as { id?: string; code?: string }
      if (response.status === 201) taken.push(body.id ?? '')
      else
        refused.push({
          status: response.status,
          retryAfter: response.headers.get('retry-after'),
          code: body.code,
        })
      most = Math.max(most, bench.engine.load().open)
      mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, client) => knock(client)))

  expect(taken.length).toBeGreaterThan(waiting)
  expect(refused.filter(({ status, code }) => status !== 429 || code !== 'OVERLOADED')).toEqual([])
  expect(refused.filter(({ retryAfter }) => !(Number(retryAfter) >= 1))).toEqual([])
  // What came in while the limit was reached is in flight, not more.
  expect(most).toBeLessThanOrEqual(waiting + inFlight)
  expect(mostHeap - heap).toBeLessThan(150 * 2 ** 20)
  // Nothing was written of a run that was refused.
  expect(bench.engine.listRuns('default', {}).total).toBe(taken.length)
  const runs = await Promise.all(taken.map((id) => bench.engine.settled('default', id)))
  expect(
    runs.filter(({ status, output }) => status !== 'completed' || output !== 'answer'),
  ).toEqual([])
  expect((await call('POST', '/flows/loan/runs', { input: {} })).status).toBe(201)
  expect(bench.engine.load().refused).toBe(refused.length)
}, 60_000)

it('[R277] while one tenant floods it, another’s runs are taken and take their turns', async () => {
  publish('loan')
  const guest = { tenant: 'guest', actor }
  bench.engine.flows.save({ ...guest, document: callFlow('loan') })
  bench.engine.flows.publish({ ...guest, id: 'loan' })
  let flooding = true
  let refused = 0
  const flood = async (): Promise<void> => {
    while (flooding)
      await bench.engine
        .startRun({ tenant: 'default', actor, flow: 'loan', input: {} })
        .catch(() => (refused += 1))
        .then(() => after(2))
  }
  const floods = Array.from({ length: 8 }, flood)
  while (refused < 50) await after(10)
  for (let round = 0; round < 3; round += 1) {
    let before = 0
    const stop = bench.engine.subscribe((tenant, events) => {
      if (tenant === 'default')
        before += events.filter(({ type }) => type === 'run.completed').length
    })
    const { id } = await bench.engine.startRun({ ...guest, flow: 'loan', input: {} })
    expect((await bench.engine.settled('guest', id)).status).toBe('completed')
    stop()
    // The next place that becomes free, not after the sixty that came before.
    expect(before).toBeLessThan(20)
  }
  flooding = false
  await Promise.all(floods)
}, 60_000)
