import type { z } from 'zod'
import type { subscribeMessage } from '#core/api/live.ts'
import type { EventView } from '#core/api/views.ts'
import type { Engine } from '#engine/run/engine.ts'
import { defined } from '#engine/server/handler.ts'

export type Topic = z.output<typeof subscribeMessage>

/** Where events go: it says when too much is under way already, and when that has gone out. */
export interface Outlet {
  send(events: readonly EventView[]): void
  full(): boolean
  onceDrained(go: () => void): void
}

export interface Subscription {
  /** Told of every commit. */
  commit(events: readonly EventView[]): void
  close(): void
}

const pageSize = 500

const concerns = (topic: Topic, event: EventView): boolean =>
  (topic.run === undefined || topic.run === event.run) &&
  (topic.flow === undefined || topic.flow === event.flow)

/**
 * One client's view of the stream: nothing missing, nothing twice. The journal is the buffer: while stored pages go
 * out, live events are not kept, for the next page holds them; the page that reaches the end hands over to live in
 * the same turn. A client that falls behind is served from the journal again.
 */
export function openSubscription(options: {
  readonly engine: Pick<Engine, 'events'>
  readonly tenant: string
  readonly topic: Topic
  readonly outlet: Outlet
}): Subscription {
  const { engine, tenant, topic, outlet } = options
  const { run, flow } = topic
  let seen = topic.from ?? 0
  let state: 'stored' | 'live' | 'closed' = topic.from === undefined ? 'live' : 'stored'

  const deliver = (events: readonly EventView[]) => {
    const last = events.at(-1)
    if (!last) return
    seen = last.seq
    outlet.send(events)
  }
  function sendStored(): void {
    if (state !== 'stored') return
    if (outlet.full()) return outlet.onceDrained(sendStored)
    const events = engine.events(tenant, { from: seen, limit: pageSize, ...defined({ run, flow }) })
    deliver(events)
    if (events.length < pageSize) state = 'live'
    else setImmediate(sendStored)
  }
  sendStored()

  return {
    commit(events) {
      if (state !== 'live') return
      const fresh = events.filter((event) => event.seq > seen && concerns(topic, event))
      const [first] = fresh
      if (!first) return
      if (!outlet.full()) return deliver(fresh)
      seen = Math.max(seen, first.seq - 1)
      state = 'stored'
      sendStored()
    },
    close() {
      state = 'closed'
    },
  }
}
