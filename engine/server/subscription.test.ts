import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventView } from '#core/api/views.ts'
import { createEventLog, eventOf } from '#engine/server/testing/stub-engine.ts'
import { openSubscription } from '#engine/server/subscription.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('[R84] delivers every event after `from` once and in order, however commits, pages and slow moments fall', async () => {
  const moment = fc.oneof(
    fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 700 }) }),
    fc.record({ do: fc.constant('turn' as const) }),
    fc.record({ do: fc.constant('clog' as const) }),
    fc.record({ do: fc.constant('drain' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1500),
      fc.nat(1500),
      fc.array(moment, { maxLength: 12 }),
      async (before, from, moments) => {
        const log = createEventLog()
        let seq = 0
        const commit = (count: number) => {
          const run = () => (seq % 3 === 0 ? 'other' : 'mine')
          log.commit(...Array.from({ length: count }, () => eventOf((seq += 1), run())))
        }
        commit(before)
        let clogged = false
        let waiting: (() => void)[] = []
        const drain = () => {
          clogged = false
          const go = waiting
          waiting = []
          for (const each of go) each()
        }
        const got: EventView[] = []
        const subscription = openSubscription({
          engine: log,
          tenant: 'default',
          topic: { run: 'mine', from },
          outlet: {
            send: (events) => got.push(...events),
            full: () => clogged,
            onceDrained: (go) => waiting.push(go),
          },
        })
        log.subscribe((_tenant, events) => subscription.commit(events))
        for (const each of moments) {
          if (each.do === 'commit') commit(each.count)
          if (each.do === 'turn') await turn()
          if (each.do === 'clog') clogged = true
          if (each.do === 'drain') drain()
        }
        drain()
        for (let i = 0; i < 30; i += 1) await turn()
        const expected = log
          .events('default', { from, limit: Infinity, run: 'mine' })
          .map((event) => event.seq)
        expect(got.map((event) => event.seq)).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})

it('without `from` starts now, and stays whole when the client falls behind at once', () => {
  const log = createEventLog()
  log.commit(eventOf(1), eventOf(2))
  let clogged = true
  let go = () => {}
  const got: number[] = []
  const subscription = openSubscription({
    engine: log,
    tenant: 'default',
    topic: {},
    outlet: {
      send: (events) => got.push(...events.map((event) => event.seq)),
      full: () => clogged,
      onceDrained: (each) => (go = each),
    },
  })
  log.subscribe((_tenant, events) => subscription.commit(events))
  log.commit(eventOf(3))
  log.commit(eventOf(4))
  clogged = false
  go()
  expect(got).toEqual([3, 4])
})

it('is silent once closed', () => {
  const log = createEventLog()
  const got: EventView[] = []
  const subscription = openSubscription({
    engine: log,
    tenant: 'default',
    topic: { from: 0 },
    outlet: {
      send: (events) => got.push(...events),
      full: () => false,
      onceDrained: () => {},
    },
  })
  subscription.close()
  log.commit(eventOf(1))
  subscription.commit([eventOf(1)])
  expect(got).toEqual([])
})
