import type { Finding } from '#core/graph/finding.ts'
import type { Json, JsonObject } from '#core/json.ts'

/** `run:node:epoch`, derived and never random: it is the idempotency key. */
export type EffectId = string

export interface Failure {
  readonly code: string
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
  /** What a called flow ended with where it ended as failed. */
  readonly output?: Json
}

export interface RunInfo {
  readonly id: string
  readonly flow: string
  readonly version: string
  readonly caseKey: string | null
  /** ms since the epoch */
  readonly startedAt: number
  /** Of a run that another one asked for: the effect that it answers, and its place in the list. */
  readonly parent?: { readonly run: string; readonly effect: EffectId; readonly index?: number }
  /** How many calls of the flow by itself stand around the run; absent: none. */
  readonly depth?: number
}

/** When an each goes on before all its items have ended: whichever comes first. */
export interface Enough {
  /** So many have succeeded. */
  readonly count?: number
  /** The logic is true; it reads `scope`, and what was gathered under the node's id. */
  readonly when?: { readonly logic: Json; readonly scope: JsonObject }
  /** ms since the epoch: then it goes on with what there is. */
  readonly dueAt?: number
  /** Items under way are stopped, or finish unheeded. */
  readonly rest: 'stop' | 'finish'
}

/** `at` is ms since the epoch; logic reads time only from here. */
export type Input = { readonly at: number } & (
  | { readonly type: 'start'; readonly run: RunInfo; readonly input: Json }
  | {
      readonly type: 'done'
      readonly effect: EffectId
      readonly port: string
      readonly value: Json
    }
  | { readonly type: 'failed'; readonly effect: EffectId; readonly error: Failure }
  /** Stops what is open; then what was done and names an `undo` is undone, last first. */
  | { readonly type: 'cancel'; readonly reason: string }
  /**
   * Goes back to a node that was visited, which begins a new visit. What is open in the innermost region around it is
   * stopped, other branches go on. `values` replace, by node id, what nodes have left with, and under `input` the run's
   * input. Not accepted where the node was never visited, its fork is not active, or a value names no node that was left.
   */
  | {
      readonly type: 'rewind'
      readonly node: string
      readonly values: Readonly<Record<string, Json>>
    }
)

export type Effect = { readonly id: EffectId; readonly node: string; readonly epoch: number } & (
  | {
      readonly kind: 'activity'
      readonly type: string
      readonly input: JsonObject
      readonly hasErrorEdge: boolean
      /** Where a failure with the code EFFECT_TIMEOUT has an edge of its own. */
      readonly hasTimeoutEdge?: true
    }
  /** Answer: `done` with `port`, or with the node's first port where there is none. */
  | { readonly kind: 'timer'; readonly dueAt: number; readonly port?: string }
  | { readonly kind: 'task'; readonly input: JsonObject }
  /** A message of this name and correlation key, also one that came before. Answer: `done` by `received` with its value. */
  | { readonly kind: 'message'; readonly name: string; readonly key: string }
  /** A run of another flow of the release. Answer: `done` by `out` with its output, or `failed`. */
  | { readonly kind: 'call'; readonly flow: string; readonly input: Json }
  /**
   * One run of the node's body (`compile(release, registry, { body: node })`) for each item, as its config says: in turn or at once
   * up to a limit; each begins with the input `{ item, index, outer }`. `outer` are the variables that the body uses.
   * Answer: `done` by `out` with `{ results, failed }`: one result for each item in the items' order, null where it
   * failed, and `failed` as `{ index, error }[]`; or `failed` where more failed than the config allows. With `enough`
   * it is answered as soon as `isEnough` says so. With `adds` a message of that name and correlation key adds an item.
   */
  | {
      readonly kind: 'each'
      readonly items: readonly Json[]
      readonly outer: JsonObject
      readonly enough?: Enough
      readonly adds?: { readonly name: string; readonly key: string }
    }
  /**
   * One run of the node's body, with the input `{ outer }`, while no other one under a lock of this name and key is
   * under way; without a key, of those that the run and the runs around it have asked for. Who asked first comes first.
   * Answer: `done` by `out` with its output, or `failed`.
   */
  | {
      readonly kind: 'lock'
      readonly name: string
      readonly key: string | null
      readonly outer: JsonObject
    }
  /** A pure node that failed without an error edge, or a completion by a port without an edge. Answer: `done` with a port of the node, or with `retry`. */
  | { readonly kind: 'incident'; readonly error: Failure }
  /**
   * Before anything is undone: the call, each or lock `target` was stopped, and the runs that it had asked for may still be
   * undoing. Answer: `done` by `out` once none of them is active any more.
   */
  | { readonly kind: 'stopping'; readonly target: EffectId }
  /** The effect `target` is to be stopped; its answer will be ignored. */
  | { readonly kind: 'stop'; readonly target: EffectId }
)

/** What happened to nodes in a step, in order; the driver's projection and the live canvas come from it. */
export type Trace = { readonly node: string; readonly epoch: number } & (
  | { readonly event: 'entered'; readonly input: Json }
  | { readonly event: 'left'; readonly port: string; readonly value: Json }
  | { readonly event: 'stopped' }
  | { readonly event: 'incident'; readonly error: Failure }
)

/** `continued`: the run has ended, and a new one of the same flow begins with `output` as its input. */
export type RunStatus = 'active' | 'done' | 'failed' | 'cancelled' | 'continued'

/** Opaque; `serialize` and `deserialize` of the core carry it to disk and back. */
export interface State {
  readonly opaque: 'State'
}

export interface Step {
  readonly state: State
  readonly effects: readonly Effect[]
  readonly trace: readonly Trace[]
  readonly status: RunStatus
  /** Cancelled or failed, and on its way back: what was done is being undone. */
  readonly undoing?: true
  /** The end's output once `status` is not `active`. */
  readonly output: Json
  /** False when the input changed nothing: its effect is unknown, finished or of an older epoch. */
  readonly accepted: boolean
}

/** A release compiled and ready to step. */
export interface Program {
  readonly hash: string
}

export interface MigrateOptions {
  /** ms since the epoch */
  readonly at: number
  /** Old node id → new node id, where they differ. */
  readonly nodes?: Readonly<Record<string, string>>
}

/** What a migration makes of an open effect: it stays as it is, or is stopped and asked for anew. */
export interface MigratedEffect {
  readonly node: string
  readonly from: EffectId
  /** The same id where it stays. */
  readonly to: EffectId
}

export type Migration =
  /** `step` is of the new program: its state, the effects stopped and begun, the trace. */
  | { readonly ok: true; readonly step: Step; readonly effects: readonly MigratedEffect[] }
  /** Why the run cannot go on in the new flow; places are of the old flow's nodes. */
  | { readonly ok: false; readonly findings: readonly Finding[] }

export interface Core {
  /** Pure and synchronous. */
  step(program: Program, state: State | null, input: Input): Step
  /**
   * Takes a run's state over to another program of its flow, node by node by id. Every place where the run waits must be
   * there with the same kind, inside the same forks. Pure: nothing happens until the caller records it.
   */
  migrate(from: Program, state: State, to: Program, options: MigrateOptions): Migration
  serialize(state: State): Json
  deserialize(program: Program, saved: Json): State
}
