import { z } from 'zod'
import { actor, page, runStatus } from '#core/api/views.ts'
import { jsonValue, nodeId } from '#core/graph/flow.ts'

/** A step `node:epoch`, or a node: then its open step. */
const place = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(:\d+)?$/, 'write a node, or node:epoch, for example bureau:1')

/** What an operator does to one run, alone or in bulk. */
export const verb = z.discriminatedUnion('do', [
  /** A new attempt under the same key; without `at` of every open incident. */
  z.strictObject({ do: z.literal('retry'), at: place.optional() }),
  z.strictObject({ do: z.literal('complete'), at: place, port: z.string(), value: jsonValue }),
  /** Left by `port`, else by the first one, with `value`, else with an empty one that fits. */
  z.strictObject({
    do: z.literal('skip'),
    at: place,
    port: z.string().optional(),
    value: jsonValue.optional(),
  }),
  /** Left by its error port; without an edge there it becomes an incident. */
  z.strictObject({
    do: z.literal('fail'),
    at: place,
    code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'write it like BUREAU_DOWN'),
    message: z.string().min(1).max(500),
  }),
  /** Goes back to a node that was visited; `values` replace, by node id, what nodes have left with, and `input`. */
  z.strictObject({
    do: z.literal('rewind'),
    node: nodeId,
    values: z.record(z.string(), jsonValue).default({}),
  }),
  z.strictObject({ do: z.literal('cancel') }),
  z.strictObject({ do: z.literal('suspend') }),
  z.strictObject({ do: z.literal('resume') }),
  /** Goes on in another version of its flow; `nodes` maps old node ids to new ones where they differ. */
  z.strictObject({
    do: z.literal('migrate'),
    version: z.int().min(1),
    nodes: z.record(nodeId, nodeId).default({}),
  }),
  /** Takes a migration back, until the run has gone on. */
  z.strictObject({ do: z.literal('unmigrate') }),
])

const nowish = z.coerce.number().int().min(0)
/** Which runs; every field narrows. */
export const runQueryFields = {
  flow: z.string().optional(),
  version: z.coerce.number().int().min(0).optional(),
  status: runStatus.optional(),
  /** Whole case key, as written or in capitals or small letters throughout; or prefix of the run id. */
  search: z.string().optional(),
  /** Code of the error that waits for an operator. */
  error: z.string().optional(),
  /** A node that the run is at. */
  node: z.string().optional(),
  /** ms since the epoch */
  startedBefore: nowish.optional(),
  startedAfter: nowish.optional(),
}
export const bulkQuery = z.strictObject({
  ...runQueryFields,
  /** Just these, as far as the other fields let them. */
  ids: z.array(z.string()).max(10_000).optional(),
})

/** Null until its turn has come; in a preview `code` and `detail` say why it would be refused. */
const bulkItem = z.object({
  run: z.string(),
  caseKey: z.string().nullable(),
  flow: z.string(),
  version: z.union([z.int(), z.literal('draft')]),
  status: runStatus,
  verdict: z.enum(['done', 'changed', 'refused']).nullable(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
})

export const bulkView = z.object({
  /** What applies exactly these runs. */
  id: z.string(),
  status: z.enum(['previewed', 'running', 'done']),
  verb,
  query: bulkQuery,
  total: z.int(),
  /** Runs that the preview expects to be refused. */
  refusals: z.int(),
  done: z.int(),
  changed: z.int(),
  refused: z.int(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  actor,
  reason: z.string().nullable(),
})
export const bulkItems = page(bulkItem)

export const suspension = z.object({
  kind: z.enum(['flow', 'connection']),
  name: z.string(),
  at: z.number(),
  by: z.string(),
  reason: z.string().nullable(),
})

export type Verb = z.output<typeof verb>
export type BulkQuery = z.output<typeof bulkQuery>
export type BulkItem = z.output<typeof bulkItem>
export type BulkView = z.output<typeof bulkView>
export type SuspensionView = z.output<typeof suspension>
