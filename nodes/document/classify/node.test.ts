import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import { createModelService } from '#engine/adapters/onnx/model-service.ts'
import { createModelRegistry } from '#models/registry.ts'
import { documentClassify } from './node.ts'

const models = createModelService(
  createModelRegistry(join(import.meta.dirname, '../../../models/shipped')),
)
const classify = (text: string, config: { minConfidence?: number; model?: string } = {}) =>
  runNode(documentClassify, { config, inputs: { text }, use: { models } })

const weak = 'Government of India'
const pan =
  'INCOME TAX DEPARTMENT GOVT. OF INDIA\nPermanent Account Number Card\nAQLPM5521K\nName\nANJALI MENON'

describe('document.classify', () => {
  it('a sure class leaves by out with the pipeline to use', async () => {
    const { port, value } = await classify(pan)
    expect(port).toBe('out')
    expect(value).toMatchObject({
      label: 'pan',
      pipeline: 'identity',
      model: { name: 'document-class' },
    })
    expect(value).not.toHaveProperty('rejected')
  })

  it('[R107] what the model rejects leaves by unsure, for a person', async () => {
    expect(await classify('')).toMatchObject({
      port: 'unsure',
      value: { label: 'other', pipeline: 'manual', confidence: 0 },
    })
  })

  it('[R107] so does what is below the least confidence, with the label that it would have', async () => {
    expect(await classify(weak, { minConfidence: 0.95 })).toMatchObject({
      port: 'unsure',
      value: { label: 'aadhaar' },
    })
    expect(await classify(weak)).toMatchObject({ port: 'out', value: { label: 'aadhaar' } })
  })

  it('a model of another kind is an error', async () => {
    await expect(classify(pan, { model: 'personal-loan-risk' })).rejects.toMatchObject({
      code: 'MODEL_KIND_WRONG',
    })
  })
})
