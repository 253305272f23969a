/** The clock of the engine; tests turn it by hand. */
export interface Clock {
  /** ms since the epoch */
  now(): number
  /** Calls `fire` once when `now() >= at`, never early; returns how to cancel. Any distance in time is allowed. */
  at(at: number, fire: () => void): () => void
}

/** Who gave a command. */
export interface Actor {
  readonly id: string
  readonly kind: 'user' | 'token' | 'system' | 'cli'
}

/** Stands on every command and in the history. */
export interface Command {
  readonly tenant: string
  readonly actor: Actor
  readonly reason?: string
}

/** A connection with its credential, as adapters use it. Never logged, never returned by an API. */
export interface ResolvedConnection {
  readonly name: string
  readonly kind: string
  /** Origin and base path, or `smtp://host:port`. */
  readonly address: string
  readonly settings: Readonly<Record<string, string | number | boolean>>
  readonly secret: string | null
}
/** Finds a connection by name, of one tenant. */
export type ResolveConnection = (
  name: string,
) => ResolvedConnection | undefined | Promise<ResolvedConnection | undefined>
