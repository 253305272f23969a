import type { Reply, Request, Route } from '#core/api/route.ts'
import type { RouteName, Routes } from '#core/api/routes.ts'
import type { Actor, Command } from '#core/ports.ts'

/** A checked request together with who makes it. */
export interface Call<R extends Route> extends Request<R> {
  readonly tenant: string
  readonly actor: Actor
  /** The body of an upload. */
  readonly bytes: Uint8Array
  /** Its MIME type. */
  readonly contentType: string
  /** The caller's address, to slow down guessing. */
  readonly remote: string
}

export type Handler<R extends Route> = (call: Call<R>) => Reply<R> | Promise<Reply<R>>
/** A handler for every route: a route without one does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<Routes[N]> }

export const ok = <B>(body: B) => ({ status: 200, body }) as const
export const created = <B>(body: B) => ({ status: 201, body }) as const
export const empty = { status: 204, body: null } as const

/** Who, where and why: the head of every command to the engine. */
export const commandOf = (
  call: { readonly tenant: string; readonly actor: Actor },
  reason?: string,
): Command => ({
  tenant: call.tenant,
  actor: call.actor,
  ...(reason === undefined ? {} : { reason }),
})

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
/** Without the keys that are undefined: an absent option, not an option with no value. */
export const defined = <T extends object>(value: T): Defined<T> =>
  // The filter removes exactly the values that the type excludes.
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>
