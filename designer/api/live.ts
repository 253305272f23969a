import { io, type Socket } from 'socket.io-client'
import type { ClientEmits, ServerEmits } from '#core/api/live.ts'
import type { EventView } from '#core/api/views.ts'
import { createObservable, type Observable } from '../document/observable.ts'

/** What to hear of: one run, one flow's runs, or with neither everything that one may see. */
export interface LiveTopic {
  readonly run?: string
  readonly flow?: string
}

interface Subscription {
  readonly topic: LiveTopic
  /** The number of the newest event delivered, -1 where none was and none before is wanted: a reconnect goes on from here. */
  seq: number
  readonly deliver: (events: readonly EventView[]) => void
}

const subscriptions = new Map<string, Subscription>()
let socket: Socket<ServerEmits, ClientEmits> | undefined
let count = 0

const lost = createObservable(false)
/** Whether something is followed and the connection is down: what is shown may be outdated until it is back. */
export const liveLost: Pick<Observable<boolean>, 'get' | 'subscribe'> = lost

const ask = ({ topic, seq }: Subscription, id: string): void => {
  socket?.emit('subscribe', { ...topic, id, ...(seq < 0 ? {} : { from: seq }) })
}

function connect(): void {
  if (socket !== undefined) return
  socket = io({ path: '/socket.io', withCredentials: true })
  socket.on('connect', () => {
    lost.set(false)
    subscriptions.forEach(ask)
  })
  socket.on('disconnect', () => lost.set(subscriptions.size > 0))
  socket.on('connect_error', () => lost.set(subscriptions.size > 0))
  socket.on('events', (events, id) => {
    const subscription = subscriptions.get(id)
    const fresh = events.filter((event) => event.seq > (subscription?.seq ?? Infinity))
    const last = fresh.at(-1)
    if (subscription === undefined || last === undefined) return
    subscription.seq = last.seq
    subscription.deliver(fresh)
  })
}

/** Delivers the topic's events numbered after `from`, or from now on, each once and in order; returns how to stop. */
export function subscribeLive(
  topic: LiveTopic,
  from: number | 'now',
  deliver: (events: readonly EventView[]) => void,
): () => void {
  count += 1
  const id = `designer-${count}`
  const subscription: Subscription = { topic, seq: from === 'now' ? -1 : from, deliver }
  subscriptions.set(id, subscription)
  connect()
  if (socket?.connected === true) ask(subscription, id)
  return () => {
    subscriptions.delete(id)
    if (socket?.connected === true) socket.emit('unsubscribe', { id })
    if (subscriptions.size > 0) return
    socket?.close()
    socket = undefined
    lost.set(false)
  }
}
