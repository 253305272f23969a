import { describe, expect, it } from 'vitest'
import { shownDecision } from './decision-shape.ts'

const credit = {
  outcome: 'decline',
  confidence: 0.92,
  reasons: [
    {
      code: 'SCORE_LOW',
      text: 'Bureau score under 670',
      source: 'policy/score',
      contribution: -42,
    },
    { code: 'FOIR_HIGH', text: 'Obligations above 50 % of income', source: 'policy/foir' },
  ],
  conditions: [],
  policyVersion: 'personal-loan-policy 3',
  modelVersion: { name: 'pl-scorecard', version: '1' },
}

describe('shownDecision', () => {
  it('reads a credit decision', () =>
    expect(shownDecision(credit)).toMatchObject({
      outcome: 'decline',
      confidence: 0.92,
      factors: [{ label: 'Bureau score under 670', contribution: -42 }],
      modelVersion: 'pl-scorecard 1',
    }))

  it('reads a score and orders its factors by weight', () => {
    const shown = shownDecision({
      model: { name: 'pl-scorecard', version: '1', hash: 'x' },
      score: 612,
      probability: 0.03,
      category: 'B',
      factors: [
        { feature: 'income', value: 42_000, contribution: 4, text: 'Net income' },
        { feature: 'enquiries', value: 9, contribution: -18, text: 'Enquiries in 3 months' },
      ],
    })
    expect(shown?.factors.map((factor) => factor.contribution)).toEqual([-18, 4])
    expect(shown).toMatchObject({ outcome: null, score: 612, modelVersion: 'pl-scorecard 1' })
  })

  it('reads a result without an outcome', () =>
    expect(shownDecision({ outcome: null, reasons: [], flags: ['thin'] })).toMatchObject({
      outcome: null,
      flags: ['thin'],
    }))

  it.each([null, 'approve', { outcome: 'approve' }, { outcome: 'maybe', reasons: [] }, []])(
    'leaves %j alone',
    (value) => expect(shownDecision(value)).toBeNull(),
  )
})
