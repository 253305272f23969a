import type { z } from 'zod'
import { isDecisionResult } from '#core/decision/is-result.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { decisionResultSchema } from '#core/decision/result-schema.ts'
import { TerminalError } from '#core/errors.ts'
import { isForbiddenKey, type Json, type JsonObject } from '#core/json.ts'
import { frozenCopy } from '#core/node/frozen-json.ts'
import type { AnyNode, Exit, Progress, Shape } from '#core/node/define-node.ts'
import type { Services } from '#core/node/services.ts'

export interface PureGiven {
  readonly inputs: JsonObject
  readonly decide: (decision: string, input: JsonObject) => DecisionResult
  readonly at: number
}

export interface EffectGiven {
  readonly config: Json
  readonly inputs: JsonObject
  /** Only what the node's policy names reaches the node. */
  readonly use: Partial<Services>
  readonly signal: AbortSignal
  readonly idempotencyKey: string
  readonly attempt: number
  readonly heartbeat: (progress?: Progress) => void
  readonly progress: Progress | null
}

/** A node's way out as the engine keeps it. */
export interface PortValue {
  readonly port: string
  readonly value: Json
}

const firstIssue = (error: z.ZodError): { path: string; detail: string } => {
  const issue = error.issues[0]
  return { path: (issue?.path ?? []).join('.'), detail: issue?.message ?? 'invalid' }
}

/** @throws TerminalError NODE_CONFIG_INVALID */
function parseConfig(node: Shape, config: Json): unknown {
  const parsed = node.config.safeParse(config)
  if (parsed.success) return parsed.data
  const { path, detail } = firstIssue(parsed.error)
  throw new TerminalError('NODE_CONFIG_INVALID', { type: node.type, path: path || '/', detail })
}

const knownConfigs = new WeakMap<object, { readonly node: Shape; readonly parsed: unknown }>()

/** The same, once for each config: those of a release never change. */
function knownConfig(node: Shape, config: Json): unknown {
  if (typeof config !== 'object' || config === null) return parseConfig(node, config)
  const known = knownConfigs.get(config)
  if (known?.node === node) return known.parsed
  const parsed = parseConfig(node, config)
  knownConfigs.set(config, { node, parsed })
  return parsed
}

/** @throws TerminalError NODE_INPUT_INVALID. The message names the field, never its value. */
function parseInputs(node: Shape, inputs: JsonObject): Record<string, unknown> {
  const parsed: Record<string, unknown> = {}
  if (node.openInputs)
    for (const [name, value] of Object.entries(inputs))
      if (!isForbiddenKey(name)) parsed[name] = value
  for (const [name, schema] of Object.entries(node.inputs)) {
    // A missing value is null in expressions: an optional input takes either.
    const given = inputs[name] ?? undefined
    let result = schema.safeParse(given)
    if (!result.success && given === undefined) result = schema.safeParse(null)
    if (!result.success) {
      const { path, detail } = firstIssue(result.error)
      const input = path ? `${name}.${path}` : name
      throw new TerminalError('NODE_INPUT_INVALID', { type: node.type, input, detail })
    }
    parsed[name] = result.data
  }
  return parsed
}

function parseExit(node: Shape, exit: Exit): PortValue {
  const port = String(exit.port)
  const schema = node.outputs[port] ?? (node.ports ? node.outputs['*'] : undefined)
  if (!schema) throw new TerminalError('NODE_PORT_UNKNOWN', { type: node.type, port })
  if (schema === decisionResultSchema && isDecisionResult(exit.value))
    return { port, value: frozenCopy(exit.value) ?? null }
  const parsed = schema.safeParse(exit.value)
  if (!parsed.success) {
    const { path, detail } = firstIssue(parsed.error)
    throw new TerminalError('NODE_OUTPUT_INVALID', {
      type: node.type,
      port: path ? `${port}.${path}` : port,
      detail,
    })
  }
  // Outputs are JSON: what has no JSON form (undefined, Date) must not live on in memory only.
  return { port, value: frozenCopy(parsed.data) ?? null }
}

/** `exit.<port>(value)` for any port; which ports exist is checked when the exit is parsed. */
const exits = new Proxy(
  {},
  {
    get:
      (_, port) =>
      (value: Json): Exit => ({ port, value }),
  },
)

/** A pure node with its config, parsed once; each call parses the inputs, runs, parses the exit. @throws what the node throws */
export function preparePure(node: AnyNode, config: Json): (given: PureGiven) => PortValue {
  if (node.kind !== 'pure') throw new TerminalError('NODE_NOT_PURE', { type: node.type })
  const run = node.run as (scope: unknown) => Exit
  const parsed = parseConfig(node, config)
  return ({ inputs, decide, at }) =>
    parseExit(
      node,
      run({ config: parsed, inputs: parseInputs(node, inputs), exit: exits, decide, at }),
    )
}

/** Makes one attempt of an effect as the driver does: parse, run with the declared services, parse the exit. */
export async function performEffect(node: AnyNode, given: EffectGiven): Promise<PortValue> {
  if (node.kind !== 'effect') throw new TerminalError('NODE_NOT_EFFECT', { type: node.type })
  const run = node.run as (scope: unknown) => Promise<Exit>
  const use: Partial<Services> = {}
  for (const name of node.policy.uses) Object.assign(use, { [name]: given.use[name] })
  return parseExit(
    node,
    await run({
      config: knownConfig(node, given.config),
      inputs: parseInputs(node, given.inputs),
      exit: exits,
      use,
      // Asked for by few: it is made when it is.
      get signal() {
        return given.signal
      },
      idempotencyKey: given.idempotencyKey,
      attempt: given.attempt,
      heartbeat: given.heartbeat,
      progress: given.progress,
    }),
  )
}

/**
 * What makes two calls of an effect the same by its type: the author’s word, else the inputs.
 * @throws TerminalError NODE_CONFIG_INVALID, NODE_INPUT_INVALID
 */
export function callKey(
  node: AnyNode & { kind: 'effect' },
  config: Json,
  inputs: JsonObject,
): Json {
  const key = node.policy.cache?.key as ((of: unknown) => Json) | undefined
  if (!key) return inputs
  return key({ config: parseConfig(node, config), inputs: parseInputs(node, inputs) })
}
