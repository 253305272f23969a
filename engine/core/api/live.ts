import { z } from 'zod'
import type { EventView } from '#core/api/views.ts'

/**
 * Live events over socket.io, default namespace. The client authenticates with the session cookie or
 * `auth: { token }`, then emits `subscribe` for each topic and gets `events` with the subscription's id: first
 * everything stored after `from`, then what happens, in order, nothing missing and nothing twice. After a
 * reconnect it subscribes again from the last `seq` that it saw of that subscription.
 */
const topic = {
  /** At most one of `run` and `flow`; neither means everything the actor may see. */
  run: z.string().optional(),
  flow: z.string().optional(),
  all: z.literal(true).optional(),
  /** Chosen by the client; a second subscription under the same id replaces the first. @default the topic's name */
  id: z.string().min(1).max(200).optional(),
}

export const subscribeMessage = z.strictObject({
  ...topic,
  /** The last event already seen; 0 for all there ever was; absent: from now on. */
  from: z.int().min(0).optional(),
})
export const unsubscribeMessage = z.strictObject(topic)

/** The id of a subscription that was given none: `run:…`, `flow:…` or `all`. */
export const subscriptionId = (message: z.output<typeof unsubscribeMessage>): string => {
  if (message.id !== undefined) return message.id
  if (message.run !== undefined) return `run:${message.run}`
  return message.flow === undefined ? 'all' : `flow:${message.flow}`
}

type SubscribeMessage = z.output<typeof subscribeMessage>
/** The acknowledgement of `subscribe`. */
export type SubscribeReply =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly code: string; readonly detail: string }

/** What either side emits, for the types of socket.io. */
export interface ClientEmits {
  subscribe: (message: SubscribeMessage, reply?: (answer: SubscribeReply) => void) => void
  unsubscribe: (message: z.output<typeof unsubscribeMessage>) => void
}
export interface ServerEmits {
  events: (events: readonly EventView[], subscription: string) => void
}
