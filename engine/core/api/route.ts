import type { z } from 'zod'

/** A route as data: the server checks requests by it, OpenAPI and the typed client are made from it. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly headers?: z.ZodObject
  /** A JSON body; absent where none is read. */
  readonly body?: z.ZodType
  /** Bytes that the JSON body may have. @default 2 MB */
  readonly bodyLimit?: number
  /** The body is raw bytes of any type, up to so many. */
  readonly upload?: { readonly limit: number }
  /** By status: the schema of the JSON body, `bytes` for a file, `empty` for none. */
  readonly responses: { readonly [status: number]: z.ZodType | 'bytes' | 'empty' }
  /** Problems a caller must expect besides 400, 401 and 500. */
  readonly problems: readonly number[]
  /** Answers without a session. @default false */
  readonly open?: boolean
}

/** Keeps the literal types of a route. */
export const route = <const R extends Route>(definition: R): R => definition

type Parsed<
  R extends Route,
  Part extends 'params' | 'query' | 'headers' | 'body',
> = R[Part] extends z.ZodType ? z.output<R[Part]> : undefined

/** A request that has passed the route's schemas. */
export interface Request<R extends Route> {
  readonly params: Parsed<R, 'params'>
  readonly query: Parsed<R, 'query'>
  readonly headers: Parsed<R, 'headers'>
  readonly body: Parsed<R, 'body'>
}

type Body<S> = S extends z.ZodType ? z.input<S> : S extends 'bytes' ? Uint8Array : null

/** One of the route's statuses with the body that belongs to it. */
export type Reply<R extends Route> = {
  readonly [S in keyof R['responses'] & number]: {
    readonly status: S
    readonly body: Body<R['responses'][S]>
    readonly headers?: Readonly<Record<string, string>>
  }
}[keyof R['responses'] & number]
