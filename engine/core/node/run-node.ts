import type { z } from 'zod'
import type { DecisionResult } from '#core/decision/result.ts'
import { TerminalError } from '#core/errors.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { AnyNode, EffectNode, Progress, PureNode, Shape } from '#core/node/define-node.ts'
import { performEffect, preparePure } from '#core/node/perform.ts'
import type { ServiceName, Services } from '#core/node/services.ts'

type Optional<S extends Shape> = {
  [K in keyof S['inputs']]: undefined extends z.input<S['inputs'][K]> ? K : never
}[keyof S['inputs']]

/** Inputs as a flow gives them: an optional one may be left out. */
type InputsOf<S extends Shape> = {
  readonly [K in Exclude<keyof S['inputs'], Optional<S>>]: z.input<S['inputs'][K]>
} & {
  readonly [K in Optional<S>]?: z.input<S['inputs'][K]>
} & (S['openInputs'] extends true ? JsonObject : unknown)

interface Given<S extends Shape> {
  readonly config: z.input<S['config']>
  readonly inputs: InputsOf<S>
  /** @default '2026-01-15T10:00:00Z' in ms */
  readonly at?: number
}

export interface NodeResult<S extends Shape> {
  readonly port: keyof S['outputs'] & string
  readonly value: Json
}

/**
 * The harness for a node's tests: runs it exactly as the engine does.
 * @throws what the node throws; in a flow that leaves by `error`
 */
export async function runNode<S extends Shape, U extends ServiceName = never>(
  node: EffectNode<S, U>,
  given: Given<S> & {
    readonly use: Pick<Services, U>
    readonly signal?: AbortSignal
    /** @default 'test:node:1' */
    readonly idempotencyKey?: string
    /** @default 1 */
    readonly attempt?: number
    /** @default heard by nobody */
    readonly heartbeat?: (progress?: Progress) => void
    /** @default null */
    readonly progress?: Progress | null
  },
): Promise<NodeResult<S>>
export async function runNode<S extends Shape>(
  node: PureNode<S>,
  given: Given<S> & {
    readonly decide?: (decision: string, input: JsonObject) => DecisionResult
  },
): Promise<NodeResult<S>>
export async function runNode(
  node: AnyNode,
  given: {
    readonly config: unknown
    readonly inputs: unknown
    readonly at?: number
    readonly decide?: (decision: string, input: JsonObject) => DecisionResult
    readonly use?: Partial<Services>
    readonly signal?: AbortSignal
    readonly idempotencyKey?: string
    readonly attempt?: number
    readonly heartbeat?: (progress?: Progress) => void
    readonly progress?: Progress | null
  },
): Promise<NodeResult<Shape>> {
  const config = given.config as Json
  const inputs = given.inputs as JsonObject
  if (node.kind === 'pure')
    return preparePure(
      node,
      config,
    )({
      inputs,
      at: given.at ?? Date.UTC(2026, 0, 15, 10),
      decide:
        given.decide ??
        ((decision) => {
          throw new TerminalError('DECISION_UNKNOWN', { decision })
        }),
    })
  return performEffect(node, {
    config,
    inputs,
    use: given.use ?? {},
    signal: given.signal ?? new AbortController().signal,
    idempotencyKey: given.idempotencyKey ?? 'test:node:1',
    attempt: given.attempt ?? 1,
    heartbeat: given.heartbeat ?? (() => {}),
    progress: given.progress ?? null,
  })
}
