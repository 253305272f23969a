import { describe, expect, it } from 'vitest'
import { evidenceOf } from './evidence.ts'

const slip = {
  blob: `sha256:${'b'.repeat(64)}`,
  name: 'slip.pdf',
  type: 'application/pdf',
  size: 9,
}

describe('evidenceOf', () => {
  const evidence = evidenceOf({
    documents: { salarySlip: slip },
    decision: {
      outcome: 'refer',
      reasons: [{ code: 'NTC', text: 'No credit history', source: 'policy.ntc' }],
      conditions: [],
    },
    read: {
      salary_slip: {
        values: { netPay: 54_200 },
        fields: {
          netPay: { value: 54_200, confidence: 0.97, box: [1, 2, 3, 4], page: 0 },
          month: { value: null, confidence: 0 },
        },
        checks: [
          { code: 'sum', ok: false, text: 'Gross less deductions is not the net pay.' },
          { code: 'name', ok: true, text: 'The name fits.' },
        ],
      },
    },
  })

  it('finds the files by their field', () =>
    expect(evidence.files).toEqual([{ label: 'salarySlip', file: slip }]))
  it('finds the decision with its reasons', () =>
    expect(evidence.decisions).toMatchObject([
      { name: 'decision', decision: { outcome: 'refer', reasons: [{ code: 'NTC' }] } },
    ]))
  it('finds what was read, how surely, and which checks failed', () =>
    expect(evidence.documents).toEqual([
      {
        name: 'salary_slip',
        fields: [
          { name: 'netPay', value: '54,200', confidence: 0.97 },
          { name: 'month', value: null, confidence: 0 },
        ],
        failedChecks: ['Gross less deductions is not the net pay.'],
      },
    ]))
  it('finds nothing in plain data', () =>
    expect(evidenceOf({ note: 'call back', fields: {} })).toEqual({
      files: [],
      documents: [],
      decisions: [],
    }))
})
