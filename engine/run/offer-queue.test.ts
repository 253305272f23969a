import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { places, type Gate } from './gate.ts'
import { advance, offerQueue, type Lane, type Offer } from './offer-queue.ts'

const offer = (lane: Lane, rest: Partial<Offer> = {}): Offer => ({
  run: 'r',
  effect: 'r:call:1',
  lane,
  priority: 5,
  expiresAt: Infinity,
  ...rest,
})
const open = (tenant: string): Lane => ({ tenant, gates: [] })

/** Takes all that may begin now. */
const drain = (queue: ReturnType<typeof offerQueue>, now = 0): Offer[] => {
  const taken: Offer[] = []
  for (let next = queue.next(now); next; next = queue.next(now)) taken.push(next.offer)
  return taken
}

describe('[R267] what waits is taken', () => {
  it('in turns of the tenants, however many effects one of them has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }),
        (tenants) => {
          const queue = offerQueue()
          const lanes = ['a', 'b', 'c', 'd'].map(open)
          for (const tenant of tenants) queue.add(offer(lanes[tenant] as Lane))
          const left = new Map(
            lanes.map(({ tenant }, index) => [tenant, tenants.filter((of) => of === index).length]),
          )
          const got = new Map<string, number>()
          for (const { lane } of drain(queue)) {
            got.set(lane.tenant, (got.get(lane.tenant) ?? 0) + 1)
            left.set(lane.tenant, (left.get(lane.tenant) ?? 0) - 1)
            // Of tenants that still wait nobody is more than one turn behind.
            const most = Math.max(...got.values())
            const behind = [...left].filter(
              ([tenant, count]) => count > 0 && (got.get(tenant) ?? 0) < most - 1,
            )
            expect(behind).toEqual([])
          }
          expect([...left.values()]).toEqual([0, 0, 0, 0])
        },
      ),
    )
  })

  it('of one tenant by priority, and nobody is overtaken for ever', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            priority: fc.integer({ min: 0, max: 9 }),
            takes: fc.integer({ min: 0, max: 2 }),
          }),
          { minLength: 1, maxLength: 400 },
        ),
        (coming) => {
          const queue = offerQueue()
          const lane = open('a')
          const order: number[] = []
          const take = () => {
            const next = queue.next(0)
            if (next) order.push(Number(next.offer.run))
          }
          coming.forEach(({ priority, takes }, index) => {
            queue.add(offer(lane, { run: String(index), priority }))
            for (let taken = 0; taken < takes; taken += 1) take()
          })
          while (queue.waiting() > 0) take()
          expect(order.toSorted((a, b) => a - b)).toEqual(coming.map((_, index) => index))
          order.forEach((index, at) => {
            for (const later of order.slice(0, at)) {
              if (later < index) continue
              const ahead = (coming[later]?.priority ?? 0) - (coming[index]?.priority ?? 0)
              expect(later - index).toBeLessThanOrEqual(Math.max(0, ahead) * advance)
            }
          })
        },
      ),
    )
  })

  it('the more urgent first, and the same in the order of coming', () => {
    const queue = offerQueue()
    const lane = open('a')
    for (const [run, priority] of [
      ['low', 1],
      ['first', 5],
      ['second', 5],
      ['high', 9],
    ] as const)
      queue.add(offer(lane, { run, priority }))
    expect(drain(queue).map(({ run }) => run)).toEqual(['high', 'first', 'second', 'low'])
  })

  it('past others that stand before a closed gate, and these once it opens', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            lane: fc.integer({ min: 0, max: 5 }),
            lasts: fc.integer({ min: 1, max: 6 }),
          }),
          { maxLength: 120 },
        ),
        (work) => {
          const shared = places(() => 2)
          const tenants = [places(() => 3), places(() => 3)]
          const opensAt = 40
          const timed: Gate = {
            opensAt: (now) => (now >= opensAt ? now : opensAt),
            pass: () => () => {},
          }
          const lanes = [0, 1].flatMap((of) => {
            const tenant = String(of)
            const own = tenants[of] as Gate
            return [
              { tenant, gates: [own] },
              { tenant, gates: [shared, own] },
              { tenant, gates: [timed, own] },
            ]
          })
          const queue = offerQueue()
          work.forEach(({ lane }, index) =>
            queue.add(offer(lanes[lane] as Lane, { run: String(index) })),
          )
          const under: { ends: number; leave: () => void; lane: Lane }[] = []
          const begun: number[] = []
          for (let now = 0; now < 1_000 && (queue.waiting() > 0 || under.length > 0); now += 1) {
            for (const each of under.filter(({ ends }) => ends <= now)) {
              under.splice(under.indexOf(each), 1)
              each.leave()
              queue.reconsider(each.lane.gates)
            }
            for (let next = queue.next(now); next; next = queue.next(now)) {
              const { lane, run } = next.offer
              expect(now).toBeGreaterThanOrEqual(lane.gates.includes(timed) ? opensAt : 0)
              const leaves = lane.gates.map((gate) => gate.pass(now))
              const ends = now + (work[Number(run)]?.lasts ?? 1)
              under.push({ ends, lane, leave: () => leaves.forEach((end) => end('answered', now)) })
              begun.push(Number(run))
              expect(under.filter((each) => each.lane.gates.includes(shared)).length).toBeLessThan(
                3,
              )
            }
            // Nothing that could begin is left standing.
            expect(queue.ready()).toBe(0)
          }
          expect(begun.toSorted((a, b) => a - b)).toEqual(work.map((_, index) => index))
        },
      ),
    )
  })
})

it('[R268] an effect that has waited too long waits no more, and takes nobody’s place', () => {
  const queue = offerQueue()
  const shut: Gate = { opensAt: () => Infinity, pass: () => () => {} }
  const lane: Lane = { tenant: 'a', gates: [shut] }
  for (const [run, expiresAt] of [
    ['late', 10],
    ['later', 20],
    ['never', Infinity],
  ] as const)
    queue.add(offer(lane, { run, expiresAt }))
  expect(queue.next(0)).toBeUndefined()
  expect(queue.wakeAt()).toBe(10)
  expect(queue.expired(9)).toEqual([])
  expect(queue.expired(15).map(({ run }) => run)).toEqual(['late'])
  expect(queue.wakeAt()).toBe(20)
  expect(queue.waiting()).toBe(2)
  expect(queue.ready()).toBe(0)
})

it('[R267] all of a hundred thousand that wait are taken, and nothing is kept of them', () => {
  const queue = offerQueue()
  const lanes = Array.from({ length: 20 }, (_, index) => open(`tenant${index % 5}`))
  const many = 100_000
  for (let index = 0; index < many; index += 1)
    queue.add(offer(lanes[index % 20] as Lane, { run: String(index), priority: index % 10 }))
  expect(drain(queue)).toHaveLength(many)
  expect(queue.waiting()).toBe(0)
  expect(queue.wakeAt()).toBe(Infinity)
})
