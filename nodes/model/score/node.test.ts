import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import { createModelService } from '#engine/adapters/onnx/model-service.ts'
import { createModelRegistry } from '#models/registry.ts'
import { modelScore } from './node.ts'

const models = createModelService(
  createModelRegistry(join(import.meta.dirname, '../../../models/shipped')),
)
const applicant = {
  bureauScore: 780,
  maxDpd12m: 0,
  enquiries3m: 1,
  bureauAgeMonths: 80,
  monthlyIncome: 72_900,
  foir: 0.3,
  loanToIncome: 4,
  employmentType: 'salaried',
  employmentMonths: 48,
}
const score = (inputs: object, config: object = {}) =>
  runNode(modelScore, {
    config: { model: 'personal-loan-risk', ...config },
    inputs: inputs as typeof applicant,
    use: { models },
  })

describe('model.score', () => {
  it('leaves by out with score, category, factors and the version that scored', async () => {
    const { port, value } = await score(applicant)
    expect(port).toBe('out')
    expect(value).toMatchObject({
      category: 'A',
      model: { name: 'personal-loan-risk', version: '1.0.0' },
    })
    expect(value).toHaveProperty('factors.length', 9)
  })

  it('an applicant without bureau history is scored, and told apart', async () => {
    const { bureauScore: _, maxDpd12m: __, bureauAgeMonths: ___, ...newToCredit } = applicant
    const { value } = await score(newToCredit)
    expect(value).toHaveProperty(
      'factors',
      expect.arrayContaining([
        expect.objectContaining({
          feature: 'bureauScore',
          value: null,
          text: 'There is no credit history at the bureau',
        }),
      ]),
    )
  })

  it.each([
    ['MODEL_UNKNOWN', applicant, { model: 'none' }],
    ['MODEL_VERSION_UNKNOWN', applicant, { version: '9.0.0' }],
    ['MODEL_FEATURE_MISSING', { ...applicant, foir: null }, {}],
    ['MODEL_FEATURE_TYPE', { ...applicant, foir: '30 %' }, {}],
    ['MODEL_FEATURE_TYPE', { ...applicant, employmentType: 'pirate' }, {}],
    ['NODE_CONFIG_INVALID', applicant, { version: 'latest' }],
  ])('fails with %s', async (code, inputs, config) => {
    await expect(score(inputs, config)).rejects.toMatchObject({ code })
  })
})
