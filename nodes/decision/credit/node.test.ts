import { describe, expect, it } from 'vitest'
import { describeNode } from '#core/node/describe.ts'
import { runNode } from '#core/node/run-node.ts'
import { decisionCredit } from '#nodes/decision/credit/node.ts'

const config = { approveFrom: 600, declineBelow: 540, rate: 14 }
const inputs = {
  policy: null,
  model: null,
  bureauScore: null,
  netMonthlyIncome: 60_000,
  monthlyObligations: 10_000,
  amount: 500_000,
  tenureMonths: 36,
}

describe('decision.credit', () => {
  it('refers an applicant without history, with the reasons', async () => {
    const { port, value } = await runNode(decisionCredit, { config, inputs })
    expect(port).toBe('out')
    expect(value).toMatchObject({
      outcome: 'refer',
      reasons: [{ code: 'CREDIT_NO_HISTORY' }, { code: 'CREDIT_NO_MODEL' }],
      offer: null,
      timestamp: '2026-01-15T10:00:00.000Z',
    })
  })
  it('refuses cut-offs the wrong way round', async () => {
    const crossed = runNode(decisionCredit, { config: { ...config, declineBelow: 700 }, inputs })
    await expect(crossed).rejects.toThrow(/decline below/)
  })
  it('marks personal data, and what must be given', () => {
    const descriptor = describeNode(decisionCredit, '', 'built-in')
    expect(descriptor.inputs['netMonthlyIncome']?.schema['x-personal']).toBe(true)
    const required = Object.entries(descriptor.inputs).filter(([, input]) => input.required)
    expect(required.map(([name]) => name)).toEqual(['amount', 'tenureMonths'])
  })
})
