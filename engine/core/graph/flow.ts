import { z } from 'zod'
import type { Json } from '#core/json.ts'

/** Names that expressions already use, so no node may bear them. */
export const reservedIds = ['input', 'run', 'item', 'index', 'error'] as const

export const jsonValue: z.ZodType<Json> = z.json()
export const jsonSchema = z.record(z.string(), jsonValue)
/** JsonLogic as stored: any JSON value; an object with one key is an operation. @alias */
export const logic = jsonValue
export type Logic = Json

export const nodeId = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'use a–z, 0–9 and _, a letter first')
  .refine((id) => !(reservedIds as readonly string[]).includes(id), 'this name is reserved')
export const documentId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'use a–z, 0–9 and -, a letter first')
/** A length of time as `250ms`, `8s`, `15m`, `2h` or `30d`. */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'write 250ms, 8s, 15m, 2h or 30d')

const retryPolicy = z.strictObject({
  attempts: z.int().min(1).max(100),
  first: duration.default('1s'),
  factor: z.number().min(1).max(10).default(2),
  cap: duration.default('1m'),
})

/** Overrides, for one node, of the policy that its type declares. */
const nodePolicy = z.strictObject({
  /** One attempt. */
  timeout: duration.optional(),
  /** All attempts and the waits between them. */
  total: duration.optional(),
  /** The wait for a free place, the rate or a connection that is down. */
  queue: duration.optional(),
  /** The longest silence of an attempt that reports its progress. */
  heartbeat: duration.optional(),
  retry: retryPolicy.optional(),
  /** What becomes of an effect whose connection is down. */
  whenDown: z.enum(['wait', 'fail']).optional(),
  /** An answer is given again for `ttl`, none for `0s`; `key` reads `inputs` and `config`. */
  cache: z.strictObject({ ttl: duration, key: logic.optional() }).optional(),
  /** Taken instead of an error when the last attempt has failed. */
  fallback: z.strictObject({ port: z.string(), value: jsonValue }).optional(),
})

export const flowNode = z.strictObject({
  id: nodeId,
  type: z.string(),
  version: z.int().min(1).default(1),
  name: z.string(),
  config: z.record(z.string(), jsonValue).default({}),
  inputs: z.record(z.string(), logic).default({}),
  policy: nodePolicy.optional(),
  /** The each or try node that contains this one. */
  parent: z.string().optional(),
  /** The node that undoes this one when the run is cancelled or fails after it: an effect, a call or a task without edges. */
  undo: z.string().optional(),
  disabled: z.boolean().optional(),
  /** How often one run may enter the node. @default 100 */
  maxVisits: z.int().min(1).max(100_000).optional(),
})

export const flowEdge = z.strictObject({
  id: z.string(),
  source: z.string(),
  sourcePort: z.string(),
  target: z.string(),
})

const flowTest = z.strictObject({
  name: z.string(),
  input: jsonValue,
  mocks: z.record(z.string(), z.strictObject({ port: z.string(), value: jsonValue })).default({}),
  expect: jsonValue,
})

/** The workflow document, exactly as it is stored and exchanged. */
export const flowSchema = z.strictObject({
  kind: z.literal('flow'),
  format: z.literal(1),
  id: documentId,
  name: z.string().min(1),
  description: z.string().default(''),
  input: jsonSchema,
  nodes: z.array(flowNode),
  edges: z.array(flowEdge),
  groups: z
    .array(z.strictObject({ id: z.string(), name: z.string(), nodes: z.array(z.string()) }))
    .default([]),
  notes: z
    .array(
      z.strictObject({
        id: z.string(),
        text: z.string(),
        x: z.number(),
        y: z.number(),
        width: z.number(),
        height: z.number(),
      }),
    )
    .default([]),
  /** Apart from the meaning: moving a node is no change of meaning. */
  layout: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number() })).default({}),
  tests: z.array(flowTest).default([]),
})

export type Flow = z.output<typeof flowSchema>
export type FlowNode = z.output<typeof flowNode>
export type FlowEdge = z.output<typeof flowEdge>
export type NodePolicy = z.output<typeof nodePolicy>
