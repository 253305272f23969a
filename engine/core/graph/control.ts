import { z } from 'zod'
import { duration, nodeId } from '#core/graph/flow.ts'
import type { Json, JsonSchema } from '#core/json.ts'

/** Any JSON value. A plain `any` inside: documents and step values are JSON before they are parsed here. */
export const anyJson = z.any() as z.ZodType<Json>

/** A config field that holds logic: forms show the condition builder, renaming a node rewrites it. */
const logicField = anyJson.meta({ 'x-logic': true })

/** A config field that holds a JSON Schema. */
export const schemaField = (z.record(z.string(), anyJson) as z.ZodType<JsonSchema>).meta({
  'x-schema': true,
})

/** What the compiler reads from the config of a control node, by kind; every node of the kind has these fields. */
export const branchConfig = z.object({
  cases: z
    .array(z.object({ id: nodeId, name: z.string().default(''), when: logicField }))
    .default([]),
})
export const forkConfig = z.object({
  branches: z
    .array(z.object({ id: nodeId, name: z.string().default(''), when: logicField.optional() }))
    .min(1),
})
export const joinConfig = z.object({
  mode: z.enum(['all', 'any', 'count']).default('all'),
  /** With `count`: how many branches must arrive. */
  count: z.int().min(1).optional(),
})
export const timerConfig = z.object({ duration })
export const endConfig = z.object({
  status: z.enum(['completed', 'failed']).default('completed'),
})
export const taskConfig = z.object({
  title: z.string().min(1).meta({ title: 'Title' }),
  role: z.string().default('').meta({ title: 'Role' }),
  form: schemaField.default({ type: 'object', properties: {} }),
  outcomes: z.array(z.object({ id: nodeId, name: z.string().default('') })).min(1),
  due: duration.optional(),
})

export type JoinConfig = z.output<typeof joinConfig>

/** Which port each control kind is left by where it has only one. */
export const onlyPort = 'out'
export const elsePort = 'else'
