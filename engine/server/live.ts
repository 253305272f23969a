import type { Server as HttpServer } from 'node:http'
import { Server as SocketServer, type Socket } from 'socket.io'
import type { z } from 'zod'
import {
  subscribeMessage,
  subscriptionId,
  unsubscribeMessage,
  type ClientEmits,
  type ServerEmits,
  type SubscribeReply,
} from '#core/api/live.ts'
import { MetisError } from '#core/errors.ts'
import { sentence } from '#core/messages/catalogue.ts'
import type { Actor } from '#core/ports.ts'
import { authorize } from '#engine/run/authorize.ts'
import type { Engine } from '#engine/run/engine.ts'
import { fromOwnPage } from '#engine/server/origin.ts'
import type { Sessions } from '#engine/server/sessions.ts'
import { openSubscription, type Outlet, type Subscription } from '#engine/server/subscription.ts'

type Data = { tenant: string; actor: Actor }
type LiveSocket = Socket<ClientEmits, ServerEmits, Record<never, never>, Data>
type LiveServer = SocketServer<ClientEmits, ServerEmits, Record<never, never>, Data>

/** Packets that may wait for a slow client. */
const mostWaiting = 64
/** Subscriptions of one client. */
const mostTopics = 100

/** Counts what has not been handed to the connection yet. */
function createOutlet(socket: LiveSocket) {
  let waiting = 0
  socket.conn.on('packetCreate', () => (waiting += 1))
  socket.conn.on('flush', () => (waiting = 0))
  return (id: string): Outlet => ({
    send: (events) => void socket.emit('events', events, id),
    full: () => waiting > mostWaiting,
    onceDrained: (go) => void socket.conn.once('drain', go),
  })
}

const refusal = (code: string, detail: string): SubscribeReply => ({ ok: false, code, detail })

/** Asks about a message from outside, which may be anything. */
const read = <S extends z.ZodType>(schema: S, message: unknown): z.output<S> | null => {
  const parsed = schema.safeParse(message ?? {})
  return parsed.success ? parsed.data : null
}

function serve(socket: LiveSocket, engine: Engine, topics: Map<string, Subscription>): void {
  const { tenant, actor } = socket.data
  const outlet = createOutlet(socket)
  function subscribe(message: unknown): SubscribeReply {
    const topic = read(subscribeMessage, message)
    if (!topic)
      return refusal('REQUEST_INVALID', sentence('REQUEST_INVALID', { detail: 'subscribe' }))
    const id = subscriptionId(topic)
    topics.get(id)?.close()
    topics.delete(id)
    if (topics.size >= mostTopics)
      return refusal('REQUEST_INVALID', sentence('REQUEST_INVALID', { detail: 'subscriptions' }))
    try {
      authorize(actor, 'read', { tenant, kind: 'route', id: 'subscribe' })
      topics.set(id, openSubscription({ engine, tenant, topic, outlet: outlet(id) }))
      return { ok: true, id }
    } catch (error) {
      if (error instanceof MetisError) return refusal(error.code, error.message)
      throw error
    }
  }
  socket.on('subscribe', (message, reply) => {
    const answer = subscribe(message)
    if (typeof reply === 'function') reply(answer)
  })
  socket.on('unsubscribe', (message) => {
    const topic = read(unsubscribeMessage, message)
    if (!topic) return
    topics.get(subscriptionId(topic))?.close()
    topics.delete(subscriptionId(topic))
  })
  socket.on('disconnect', () => {
    for (const subscription of topics.values()) subscription.close()
    topics.clear()
  })
}

/** Live events over socket.io on the given server; see `#core/api/live.ts` for the messages. */
export function createLive(
  http: HttpServer,
  { engine, sessions, tenant }: { engine: Engine; sessions: Sessions; tenant: string },
): { close(): Promise<void> } {
  const io: LiveServer = new SocketServer(http, {
    serveClient: false,
    maxHttpBufferSize: 64_000,
    allowRequest: (request, decide) => decide(null, fromOwnPage(request.headers)),
  })
  io.use((socket, next) => {
    const given: unknown = socket.handshake.auth['token']
    const { authorization, cookie } = socket.handshake.headers
    const who = sessions.identify({
      authorization: typeof given === 'string' ? `Bearer ${given}` : authorization,
      cookie,
    })
    if (!who) return next(new Error('UNAUTHENTICATED'))
    socket.data = { tenant, actor: who.actor }
    next()
  })
  const clients = new Map<LiveSocket, Map<string, Subscription>>()
  io.on('connection', (socket) => {
    const topics = new Map<string, Subscription>()
    clients.set(socket, topics)
    socket.on('disconnect', () => clients.delete(socket))
    serve(socket, engine, topics)
  })
  const stop = engine.subscribe((of, events) => {
    for (const [socket, topics] of clients)
      if (socket.data.tenant === of) for (const each of topics.values()) each.commit(events)
  })
  return {
    async close() {
      stop()
      io.disconnectSockets(true)
      await io.close()
    },
  }
}
