import { z } from 'zod'
import { anyJson, schemaField } from '#core/graph/control.ts'
import { checkSchema } from '#core/graph/json-schema-check.ts'
import type { Json } from '#core/json.ts'
import { defineNode } from '#core/node/define-node.ts'

const problem = z.object({
  /** JSON pointer into the value. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
})

export const dataCheck = defineNode({
  type: 'data.check',
  version: 1,
  title: 'Check',
  description: 'Holds a value against a JSON Schema: valid one way, the list of problems the other.',
  area: 'data',
  icon: 'list-check',
  config: z.object({ schema: schemaField.meta({ title: 'Schema' }) }),
  inputs: { value: anyJson.optional() },
  outputs: { valid: anyJson, invalid: z.object({ problems: z.array(problem) }) },
}).pure(({ config, inputs, exit }) => {
  const value: Json = inputs.value ?? null
  const problems = checkSchema(config.schema, value)
  if (problems.length === 0) return exit.valid(value)
  return exit.invalid({
    problems: problems.map(({ path, code, message }) => ({ path, code, message })),
  })
})
