import type { EffectId } from '#core/step/types.ts'
import type { Gate } from './gate.ts'
import { Heap } from './heap.ts'

/** Effects of one tenant that pass the same gates: one for each node type and connection. */
export interface Lane {
  readonly tenant: string
  readonly gates: readonly Gate[]
  /** One of the gates: whoever finds it closed is turned away instead of waiting. */
  readonly failsAt?: Gate
}

/** Work to be done, as it waits: ids and numbers only. */
export interface Offer {
  readonly run: string
  readonly effect: EffectId
  readonly lane: Lane
  /** 0 goes last, 9 first. */
  readonly priority: number
  /** When it has waited too long, Infinity for never. */
  readonly expiresAt: number
}

/** A step of priority is worth being offered so many places earlier: the least urgent is overtaken by 9 × as many. */
export const advance = 256

interface Waiting {
  readonly offer: Offer
  readonly rank: number
  waits: boolean
}

/** What waits of one lane; it stands in its tenant's row, or is parked before a closed gate. */
interface Queue {
  readonly lane: Lane
  readonly heap: Heap<Waiting>
  waiting: number
}

interface Parked {
  readonly queues: Set<Queue>
  until: number
}

export interface OfferQueue {
  add(offer: Offer): void
  /** The next that may begin, or that is turned away by its lane's `failsAt`. */
  next(now: number): { readonly offer: Offer; readonly turnedAway: boolean } | undefined
  /** Those that have waited too long by `now`, which wait no more. */
  expired(now: number): Offer[]
  /** A gate may have opened. */
  reconsider(gates: Iterable<Gate>): void
  /** The earliest time at which something may happen by itself. */
  wakeAt(): number
  /** What waits behind open gates. */
  ready(): number
  /** The same by tenant. */
  readyOf(): ReadonlyMap<string, number>
  waiting(): number
}

/**
 * What waits to be performed, fair and without starvation: tenants take turns, each with the offer of the best rank
 * among its lanes. The rank is the order of coming, put forward by priority, so nobody is overtaken for ever. A lane
 * before a closed gate is set aside until the gate may have opened: others do not wait behind it. An offer costs
 * O(log n) for n that wait in its lane.
 */
export function offerQueue(): OfferQueue {
  const queues = new Map<Lane, Queue>()
  /** By tenant, in the order of their turns. */
  const rows = new Map<string, Set<Queue>>()
  const readyOf = new Map<string, number>()
  const parked = new Map<Gate, Parked>()
  const expiries = new Heap<Waiting>(({ offer }) => offer.expiresAt)
  let came = 0
  let waiting = 0
  let ready = 0

  const countReady = (tenant: string, by: number): void => {
    ready += by
    const now = (readyOf.get(tenant) ?? 0) + by
    if (now === 0) readyOf.delete(tenant)
    else readyOf.set(tenant, now)
  }
  const inRow = (queue: Queue): boolean => rows.get(queue.lane.tenant)?.has(queue) ?? false
  const line = (queue: Queue): void => {
    const { tenant } = queue.lane
    const row = rows.get(tenant)
    if (row) row.add(queue)
    else rows.set(tenant, new Set([queue]))
    countReady(tenant, queue.waiting)
  }
  const leaveRow = (queue: Queue): void => {
    const { tenant } = queue.lane
    const row = rows.get(tenant)
    if (!row?.delete(queue)) return
    if (row.size === 0) rows.delete(tenant)
    countReady(tenant, -queue.waiting)
  }
  const park = (queue: Queue, gate: Gate, until: number): void => {
    leaveRow(queue)
    const place = parked.get(gate)
    if (place) {
      place.queues.add(queue)
      place.until = Math.min(place.until, until)
    } else parked.set(gate, { queues: new Set([queue]), until })
  }
  const release = (gate: Gate): void => {
    const place = parked.get(gate)
    if (!place) return
    parked.delete(gate)
    for (const queue of place.queues) line(queue)
  }
  /** The first of a lane that still waits. */
  const head = (queue: Queue): Waiting | undefined => {
    while (queue.heap.first()?.waits === false) queue.heap.pop()
    return queue.heap.first()
  }
  const drop = (entry: Waiting): void => {
    entry.waits = false
    waiting -= 1
    const queue = queues.get(entry.offer.lane) as Queue
    queue.waiting -= 1
    if (inRow(queue)) countReady(queue.lane.tenant, -1)
    if (queue.waiting > 0) return
    leaveRow(queue)
    queues.delete(queue.lane)
    for (const [gate, place] of parked) {
      place.queues.delete(queue)
      if (place.queues.size === 0) parked.delete(gate)
    }
  }
  const bestOf = (row: Iterable<Queue>): { queue: Queue; first: Waiting } | undefined => {
    let best: { queue: Queue; first: Waiting } | undefined
    for (const queue of row) {
      const first = head(queue)
      if (first && (!best || first.rank < best.first.rank)) best = { queue, first }
    }
    return best
  }

  return {
    add(offer) {
      came += 1
      waiting += 1
      const entry = { offer, rank: came - offer.priority * advance, waits: true }
      const known = queues.get(offer.lane)
      const queue = known ?? {
        lane: offer.lane,
        heap: new Heap<Waiting>(({ rank }) => rank),
        waiting: 0,
      }
      queue.heap.push(entry)
      if (offer.expiresAt < Infinity) expiries.push(entry)
      // Entries that wait no more go when they are as many as those that do.
      if (expiries.size > 1024 && expiries.size > 2 * waiting) expiries.keep(({ waits }) => waits)
      if (!known) {
        queues.set(offer.lane, queue)
        line(queue)
      }
      queue.waiting += 1
      if (inRow(queue)) countReady(offer.lane.tenant, 1)
    },
    next(now) {
      for (const [gate, { until }] of parked) if (until <= now) release(gate)
      for (;;) {
        const turn = rows.entries().next().value
        if (!turn) return undefined
        const [tenant, row] = turn
        const best = bestOf(row)
        // A row holds only lanes in which something waits.
        if (!best) return undefined
        const { queue, first } = best
        const { lane } = queue
        const closed = lane.gates.find((gate) => gate.opensAt(now) > now)
        if (closed && closed !== lane.failsAt) {
          park(queue, closed, closed.opensAt(now))
          continue
        }
        drop(first)
        // The next turn is another tenant's.
        const rest = rows.get(tenant)
        if (rest) {
          rows.delete(tenant)
          rows.set(tenant, rest)
        }
        return { offer: first.offer, turnedAway: closed !== undefined }
      }
    },
    expired(now) {
      const late: Offer[] = []
      for (
        let first = expiries.first();
        first && first.offer.expiresAt <= now;
        first = expiries.first()
      ) {
        expiries.pop()
        if (!first.waits) continue
        drop(first)
        late.push(first.offer)
      }
      return late
    },
    reconsider(gates) {
      for (const gate of gates) release(gate)
    },
    wakeAt() {
      while (expiries.first()?.waits === false) expiries.pop()
      let at = expiries.first()?.offer.expiresAt ?? Infinity
      for (const { until } of parked.values()) at = Math.min(at, until)
      return at
    },
    ready: () => ready,
    readyOf: () => readyOf,
    waiting: () => waiting,
  }
}
