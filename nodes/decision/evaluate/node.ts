import { z } from 'zod'
import { decisionResultSchema } from '#core/decision/result-schema.ts'
import { isObject, type JsonObject } from '#core/json.ts'
import { defineNode } from '#core/node/define-node.ts'

export const decisionEvaluate = defineNode({
  type: 'decision.evaluate',
  version: 1,
  title: 'Evaluate rules',
  description: 'Runs a decision on the inputs: rule sets, tables and expressions.',
  area: 'decision',
  icon: 'scale',
  summary: '{decision}',
  config: z.object({
    decision: z.string().min(1).meta({ title: 'Decision', 'x-ref': 'decision' }),
  }),
  inputs: {},
  openInputs: true,
  outputs: { out: decisionResultSchema },
}).pure(({ config, inputs, decide, exit }) =>
  exit.out(decide(config.decision, decisionInput(inputs))),
)

/** An object given as `input` is the decision's input itself; other inputs stand beside its fields. */
function decisionInput(inputs: JsonObject): JsonObject {
  const { input, ...others } = inputs
  return isObject(input) ? { ...(input as JsonObject), ...others } : inputs
}
