import type { z } from 'zod'
import type { Json, JsonObject } from '#core/json.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { ServiceName, Services } from '#core/node/services.ts'

export const areas = [
  'flow',
  'document',
  'bureau',
  'model',
  'decision',
  'people',
  'notify',
  'data',
  'integration',
] as const
export type Area = (typeof areas)[number]

/** How the compiler treats a node. Shared code branches on this, never on a type's name. */
export const nodeKinds = [
  'start',
  'end',
  'branch',
  'fork',
  'join',
  'timer',
  'task',
  'message',
  'each',
  'call',
  'lock',
  'try',
  'continue',
  'pure',
  'effect',
] as const
export type NodeKind = (typeof nodeKinds)[number]

/** One port for each element of a list in the config, named by the element's `id`. */
interface PortsFrom {
  /** JSON pointer into the config, for example `/cases`. */
  readonly from: string
  /** Ports that are there besides, for example `['else']`. */
  readonly plus?: readonly string[]
  /** JSON pointer into the config to the schema of their values; without it `outputs['*']` is their schema. */
  readonly schemaFrom?: string
}

export interface Shape {
  /** Persisted in documents, so never renamed: `area.verb`. */
  readonly type: string
  readonly version: number
  readonly title: string
  /** One sentence for the palette. */
  readonly description: string
  readonly area: Area
  /** A Tabler icon name in kebab-case, for example `report-money`. */
  readonly icon: string
  /** The card's second line; `{name}` takes the config's field: `{product}, cached {ttl}`. */
  readonly summary?: string
  /** The form in the inspector is made from this schema. */
  readonly config: z.ZodType
  /** Expressions that the node takes, by name. */
  readonly inputs: Readonly<Record<string, z.ZodType>>
  /** True where the author names the inputs (a mapping): `inputs` then describes none of them. @default false */
  readonly openInputs?: boolean
  /** Ports with the schema of the value that leaves by each. */
  readonly outputs: Readonly<Record<string, z.ZodType>>
  readonly ports?: PortsFrom
  /** Outputs whose port is there only where the config has something at the JSON pointer: `{ remind: '/remind' }`. */
  readonly portsWhen?: Readonly<Record<string, string>>
  /** Outputs whose schema is in the config at the JSON pointer, where there is one. */
  readonly schemas?: Readonly<Record<string, string>>
  /** Ports that need no edge. */
  readonly optionalPorts?: readonly string[]
  /** `migrate[n]` lifts a saved config from version n to n + 1. */
  readonly migrate?: Readonly<Record<number, (saved: Json) => Json>>
}

/** A node is left by exactly one port; `exit.<port>(value)` makes it. */
export interface Exit<P extends PropertyKey = PropertyKey> {
  readonly port: P
  readonly value: Json
}

interface Scope<S extends Shape> {
  readonly inputs: {
    readonly [K in keyof S['inputs']]: z.output<S['inputs'][K]>
  } & (S['openInputs'] extends true ? JsonObject : unknown)
  readonly config: z.output<S['config']>
  readonly exit: {
    readonly [K in keyof S['outputs']]: (value: z.input<S['outputs'][K]>) => Exit<K>
  }
}

interface PureScope<S extends Shape> extends Scope<S> {
  /** Evaluates a decision of the release. @throws TerminalError DECISION_UNKNOWN */
  readonly decide: (decision: string, input: JsonObject) => DecisionResult
  /** The step's time, ms since the epoch. */
  readonly at: number
}

interface EffectScope<S extends Shape, U extends ServiceName> extends Scope<S> {
  /** Only the services that the policy names. */
  readonly use: Pick<Services, U>
  /** Aborts on timeout, cancellation and shutdown. */
  readonly signal: AbortSignal
  /** `run:node:epoch`: equal on every attempt, so a peer can drop a second call. */
  readonly idempotencyKey: string
  readonly attempt: number
  /** Says that the work goes on, and how far it is. Due at least each `policy.heartbeat`. */
  readonly heartbeat: (progress?: Progress) => void
  /** What the last attempt said of itself, to go on from there; null on the first. */
  readonly progress: Progress | null
}

/** How far an attempt is. It is shown and kept: numbers, and words of the node's author, no personal data. */
export interface Progress {
  readonly done?: number
  readonly total?: number
  /** Cut after 120 characters. */
  readonly note?: string
}

/** When a peer that keeps failing is left alone for a while. */
export interface BreakerPolicy {
  /** Of the calls within `window`, from which share of failures on it is left alone, 0…1. @default 0.5 */
  readonly share?: number
  /** With fewer calls in `window` nothing is concluded. @default 20 */
  readonly calls?: number
  /** @default '1m' */
  readonly window?: string
  /** After that one call tries whether it is back. @default '30s' */
  readonly coolDown?: string
}

/**
 * How the driver performs an effect. The node itself never retries, times out or caches.
 * Lengths of time are written `250ms`, `8s`, `15m`, `2h` or `30d`.
 */
export interface Policy<U extends ServiceName = ServiceName, Of = never> {
  readonly uses: readonly U[]
  /** One attempt, from start to end. @default '30s' */
  readonly timeout?: string
  /** All attempts and the waits between them, from when the node was entered. @default no limit */
  readonly total?: string
  /** The wait before an attempt for a free place, the rate or a connection that is down. @default no limit */
  readonly queue?: string
  /** The longest silence of an attempt that reports its progress. @default no limit */
  readonly heartbeat?: string
  readonly retry?: {
    readonly attempts: number
    readonly first?: string
    readonly factor?: number
    readonly cap?: string
  }
  /** Attempts of this type under way at once. @default no limit of its own */
  readonly concurrency?: number
  /** For a type without a connection; a connection has its own. @default none */
  readonly breaker?: BreakerPolicy
  /** What becomes of an effect whose connection is down: it waits, or fails at once. @default 'wait' */
  readonly whenDown?: 'wait' | 'fail'
  readonly cache?: {
    /** How long an answer may be given again. */
    readonly ttl: string
    /** What makes two calls of equal config the same. @default the inputs */
    readonly key?: (of: Of) => Json
  }
}

type Asked<S extends Shape> = Pick<Scope<S>, 'inputs' | 'config'>

export type PureNode<S extends Shape = Shape> = S & {
  readonly kind: 'pure'
  run(scope: PureScope<S>): Exit<keyof S['outputs']>
}
export type EffectNode<S extends Shape = Shape, U extends ServiceName = ServiceName> = S & {
  readonly kind: 'effect'
  readonly policy: Policy<U, Asked<S>>
  run(scope: EffectScope<S, U>): Promise<Exit<keyof S['outputs']>>
}
export type ControlNode<S extends Shape = Shape> = S & {
  readonly kind: Exclude<NodeKind, 'pure' | 'effect'>
}

/** Any node type with its own shape forgotten: what a registry holds. */
export type AnyNode =
  | (Shape & { readonly kind: 'pure'; run(scope: never): Exit })
  | (Shape & { readonly kind: 'effect'; readonly policy: Policy; run(scope: never): Promise<Exit> })
  | ControlNode

/** Declares a node type; `.pure`, `.effect` or `.control` completes it. */
export const defineNode = <const S extends Shape>(shape: S) => ({
  /** Synchronous and deterministic; runs inside the step. Throwing leaves by `error`. */
  pure: (run: PureNode<S>['run']): PureNode<S> =>
    Object.freeze({ ...shape, kind: 'pure' as const, run }),
  /** Asynchronous, with declared services only; performed by the driver at least once under one key. */
  effect: <const U extends ServiceName>(
    policy: Policy<U, Asked<S>>,
    run: EffectNode<S, U>['run'],
  ): EffectNode<S, U> => Object.freeze({ ...shape, kind: 'effect' as const, policy, run }),
  /** Structure that the compiler handles. */
  control: (kind: ControlNode['kind']): ControlNode<S> => Object.freeze({ ...shape, kind }),
})
