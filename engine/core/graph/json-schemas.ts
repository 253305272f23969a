import { z } from 'zod'
import { decisionSchema } from '#core/graph/decision.ts'
import { flowSchema } from '#core/graph/flow.ts'
import type { JsonSchema } from '#core/json.ts'

/** JSON Schema of a document as an author writes it: what has a default may be left out. */
const documentSchema = (schema: z.ZodType, title: string): JsonSchema =>
  ({
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    title,
  }) as unknown as JsonSchema

export const flowJsonSchema = (): JsonSchema => documentSchema(flowSchema, 'Flow')
export const decisionJsonSchema = (): JsonSchema => documentSchema(decisionSchema, 'Decision')
