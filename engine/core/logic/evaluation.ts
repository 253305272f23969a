import type { Json, JsonObject } from '#core/json.ts'

/** What logic may know besides its scope. It has no other clock. */
export interface Env {
  /** ms since the epoch: the step's time */
  readonly at: number
  /** The tenant's zone, minutes east of UTC. @default 330 (India) */
  readonly offset?: number
  /** Whose rules are in force. */
  readonly tenant?: string
}

/** A compiled piece of logic. `data` is what paths start from: the scope, or an item inside an iteration. */
export type Evaluate = (data: Json, env: Env) => Json

export type CompiledLogic = (scope: JsonObject, env: Env) => Json
