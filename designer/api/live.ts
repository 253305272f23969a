import { io, type Socket } from 'socket.io-client'
import type { EventView } from '#core/api/views.ts'

/** What to hear of: one run, one flow's runs, or with neither everything that one may see. */
export interface LiveTopic {
  readonly run?: string
  readonly flow?: string
}

interface Subscription {
  readonly topic: LiveTopic
  /** The number of the newest event delivered: a reconnect goes on from here. */
  seq: number
  readonly deliver: (events: readonly EventView[]) => void
}

const subscriptions = new Set<Subscription>()
const stateListeners = new Set<(connected: boolean) => void>()
let socket: Socket | undefined

const concerns = (topic: LiveTopic, event: EventView): boolean =>
  (topic.run === undefined || topic.run === event.run) &&
  (topic.flow === undefined || topic.flow === event.flow)

const ask = (subscription: Subscription): void => {
  socket?.emit('subscribe', { ...subscription.topic, from: subscription.seq })
}

const onEvents = (events: readonly EventView[]): void => {
  for (const subscription of subscriptions) {
    const fresh = events.filter(
      (event) => event.seq > subscription.seq && concerns(subscription.topic, event),
    )
    const last = fresh.at(-1)
    if (last === undefined) continue
    subscription.seq = last.seq
    subscription.deliver(fresh)
  }
}

function connect(): void {
  if (socket !== undefined) return
  socket = io({ path: '/socket.io', withCredentials: true, transports: ['websocket', 'polling'] })
  socket.on('connect', () => {
    subscriptions.forEach(ask)
    for (const listener of stateListeners) listener(true)
  })
  socket.on('disconnect', () => {
    for (const listener of stateListeners) listener(false)
  })
  socket.on('events', onEvents)
}

/** Delivers the topic's events numbered after `from`, each once and in order; returns how to stop. */
export function subscribeLive(
  topic: LiveTopic,
  from: number,
  deliver: (events: readonly EventView[]) => void,
): () => void {
  const subscription: Subscription = { topic, seq: from, deliver }
  subscriptions.add(subscription)
  connect()
  if (socket?.connected === true) ask(subscription)
  return () => {
    subscriptions.delete(subscription)
    socket?.emit('unsubscribe', topic)
    if (subscriptions.size === 0) {
      socket?.close()
      socket = undefined
    }
  }
}

/** Tells when the connection is lost and found again; returns how to stop. */
export function onLiveState(listener: (connected: boolean) => void): () => void {
  stateListeners.add(listener)
  return () => stateListeners.delete(listener)
}
