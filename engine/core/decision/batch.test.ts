import { describe, expect, it } from 'vitest'
import { caseReader, cellText, resultColumns } from '#core/decision/batch.ts'
import { compileDecision } from '#core/decision/compile.ts'
import { MetisError } from '#core/errors.ts'
import { decisionSchema } from '#core/graph/decision.ts'

const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {
    type: 'object',
    properties: {
      pan: { type: 'string' },
      salaried: { type: 'boolean' },
      bureau: { type: 'object', properties: { score: { type: 'integer' } } },
    },
  },
  parts: [
    {
      kind: 'rules',
      id: 'checks',
      name: 'Checks',
      rules: [
        {
          id: 'low',
          name: 'Low',
          when: { lt: [{ var: 'bureau.score' }, 670] },
          then: [
            { do: 'outcome', outcome: 'decline' },
            { do: 'reason', code: 'LOW', text: 'Low' },
            { do: 'set', field: 'band', value: 'C' },
          ],
        },
      ],
    },
    {
      kind: 'expression',
      id: 'twice',
      name: 'Twice',
      value: { times: [{ var: 'bureau.score' }, 2] },
    },
  ],
})
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof MetisError) return `${error.code} ${JSON.stringify(error.params)}`
  }
  return 'taken'
}

describe('cases from a file', () => {
  it('[R506] are read by the decision’s types, and by the columns’ names or a mapping', () => {
    const headers = ['pan', 'salaried', ' CIBIL ', 'loan.amount', 'Remarks!', 'note']
    const reader = caseReader(headers, decision, { CIBIL: 'bureau.score' })
    expect(reader.ignored).toEqual(['Remarks!'])
    expect(reader.input(['0012', 'Yes', '668', '4e5', 'x', 'true'])).toEqual({
      pan: '0012',
      salaried: true,
      bureau: { score: 668 },
      loan: { amount: 400_000 },
      note: true,
    })
    // A short row, and an empty cell: missing.
    expect(reader.input(['A', '', ' '])).toEqual({ pan: 'A' })
  })

  it('[R507] that cannot be read are refused with their column, never the value', () => {
    const reader = caseReader(['bureau.score'], decision)
    expect(refusal(() => reader.input(['high']))).toBe(
      'BATCH_CELL {"column":"bureau.score","type":"number"}',
    )
    for (const headers of [['a', 'a'], ['a', 'a.b'], ['__proto__'], ['a.constructor.b']])
      expect(
        refusal(() => caseReader(headers, decision)),
        headers.join(),
      ).toContain('BATCH_COLUMN')
  })

  it('[R508] give a row of outcome, reasons, fields, and what was missing', () => {
    const columns = resultColumns(decision)
    expect(columns.map(({ name }) => name)).toEqual([
      'outcome',
      'reasons',
      'conditions',
      'flags',
      'values.band',
      'values.twice',
      'missing',
    ])
    const decide = compileDecision(decision)
    const row = (input: Parameters<typeof decide>[0]) =>
      columns.map(({ of }) => cellText(of(decide(input, 0))))
    expect(row({ bureau: { score: 600 } })).toEqual(['decline', 'LOW', '', '', 'C', '1200', ''])
    expect(row({})).toEqual(['', '', '', '', '', '', 'bureau.score'])
  })
})
