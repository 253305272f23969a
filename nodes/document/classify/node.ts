import { z } from 'zod'
import { defineNode } from '#core/node/define-node.ts'

const classified = z.object({
  label: z.string(),
  confidence: z.number().meta({ description: 'Calibrated, 0 to 1' }),
  probabilities: z.record(z.string(), z.number()),
  pipeline: z.string().meta({ description: 'What to do with the document next' }),
  model: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
})

/** What a document of each class goes through next. */
const pipelines: Readonly<Record<string, string>> = {
  pan: 'identity',
  aadhaar: 'identity-masked',
  salary_slip: 'income',
  bank_statement: 'bank-statement',
  gst_certificate: 'business',
  cheque: 'account',
}

export const documentClassify = defineNode({
  type: 'document.classify',
  version: 1,
  title: 'Classify document',
  description: 'Tells from its text what a document is, and which pipeline fits it.',
  area: 'document',
  icon: 'file-search',
  summary: '{model}',
  config: z.object({
    model: z.string().min(1).default('document-class').meta({ title: 'Model', 'x-ref': 'model' }),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'write a version as 1.0.0')
      .optional()
      .meta({ title: 'Version', description: 'Empty takes the newest when the flow is published' }),
    minConfidence: z.number().min(0).max(1).default(0).meta({
      title: 'Least confidence',
      description:
        'Below it the document leaves by "unsure"; the model has a limit of its own besides',
    }),
  }),
  inputs: {
    text: z
      .string()
      .meta({ description: 'What the reader found in the document', 'x-personal': true }),
  },
  outputs: { out: classified, unsure: classified },
}).effect(
  { uses: ['models'], timeout: '10s', retry: { attempts: 2, first: '250ms' } },
  async ({ config, inputs, exit, use }) => {
    const { model: name, version, minConfidence } = config
    const found = await use.models.classify(
      version === undefined ? { name } : { name, version },
      inputs.text,
    )
    const { rejected, ...rest } = found
    const value = {
      ...rest,
      probabilities: { ...rest.probabilities },
      pipeline: pipelines[found.label] ?? 'manual',
    }
    return rejected || found.confidence < minConfidence ? exit.unsure(value) : exit.out(value)
  },
)
