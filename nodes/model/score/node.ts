import { z } from 'zod'
import { jsonValue } from '#core/graph/flow.ts'
import { defineNode } from '#core/node/define-node.ts'

const score = z.object({
  model: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
  score: z.number(),
  probability: z.number().meta({ description: 'Probability of the bad outcome, 0 to 1' }),
  category: z.string(),
  factors: z
    .array(
      z.object({
        feature: z.string(),
        value: jsonValue,
        contribution: z
          .number()
          .meta({ description: 'Points against the average applicant, largest move first' }),
        text: z.string(),
      }),
    )
    .readonly(),
})

export const modelScore = defineNode({
  type: 'model.score',
  version: 1,
  title: 'Score with a model',
  description: 'Scores the applicant with a risk model: score, category and what moved it.',
  area: 'model',
  icon: 'chart-dots',
  summary: '{model} {version}',
  config: z.object({
    model: z.string().min(1).meta({ title: 'Model', 'x-ref': 'model' }),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'write a version as 1.0.0')
      .optional()
      .meta({ title: 'Version', description: 'Empty takes the newest when the flow is published' }),
  }),
  inputs: {},
  openInputs: true,
  outputs: { out: score },
}).effect(
  { uses: ['models'], timeout: '10s', retry: { attempts: 2, first: '250ms' } },
  async ({ config, inputs, exit, use }) => {
    const { model, version } = config
    const wanted = version === undefined ? { name: model } : { name: model, version }
    return exit.out(await use.models.score(wanted, inputs))
  },
)
