import { z } from 'zod'
import { decisionInput } from '#core/decision/decision-input.ts'
import { decisionResultSchema } from '#core/decision/result-schema.ts'
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
