import { z } from 'zod'
import { jsonSchema } from '#core/graph/flow.ts'
import { areas, nodeKinds } from '#core/node/define-node.ts'

const portDescriptor = z.object({
  id: z.string(),
  title: z.string(),
  schema: jsonSchema,
  /** JSON pointer into the config: the port is there only where the config has something at it. */
  when: z.string().optional(),
  /** JSON pointer into the config to the value's schema; where it finds none, `schema` holds. */
  schemaFrom: z.string().optional(),
  /** Whether the port needs no edge. */
  optional: z.boolean().optional(),
})

/** A node type as plain JSON: all that the designer and the validator know of it. */
export const nodeDescriptor = z.object({
  type: z.string(),
  version: z.int(),
  kind: z.enum(nodeKinds),
  title: z.string(),
  description: z.string(),
  area: z.enum(areas),
  icon: z.string(),
  summary: z.string().optional(),
  /** Markdown, the node folder's README. */
  help: z.string().default(''),
  config: jsonSchema,
  inputs: z.record(z.string(), z.object({ schema: jsonSchema, required: z.boolean() })),
  openInputs: z.boolean(),
  ports: z.array(portDescriptor),
  portsFrom: z
    .object({
      from: z.string(),
      plus: z.array(z.string()),
      /** JSON pointer into the config to the values' schema; where it finds none, `schema` holds. */
      schemaFrom: z.string().optional(),
      schema: jsonSchema,
    })
    .optional(),
  /** Whether the node can fail and so has an `error` port besides. */
  canFail: z.boolean(),
  policy: z
    .object({
      uses: z.array(z.string()),
      timeout: z.string(),
      retry: z.object({
        attempts: z.int(),
        first: z.string(),
        factor: z.number(),
        cap: z.string(),
      }),
      total: z.string().optional(),
      queue: z.string().optional(),
      heartbeat: z.string().optional(),
      whenDown: z.enum(['wait', 'fail']).default('wait'),
      /** How long answers are kept. */
      cache: z.string().optional(),
    })
    .optional(),
  source: z.enum(['built-in', 'custom']),
})
export type NodeDescriptor = z.output<typeof nodeDescriptor>
export type PortDescriptor = z.output<typeof portDescriptor>
