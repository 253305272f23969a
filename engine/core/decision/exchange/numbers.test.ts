import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { readCsv } from '#core/decision/exchange/csv.ts'
import { importSheets } from '#core/decision/exchange/import-sheets.ts'
import { plainNumbers } from '#core/decision/exchange/numbers.ts'

describe('numbers in sheets', () => {
  it.each([
    ['1,00,000', '100000'],
    ['₹ 50,000', '50000'],
    ['Rs. 1,234.50', '1234.50'],
    ['12.5%', '0.125'],
    ['1.1 %', '0.011'],
    ['>= ₹1,00,000', '>= 100000'],
    ['[50,000..1,00,000)', '[50000..100000)'],
    ['-2,500', '-2500'],
    ['1,000,000', '1000000'],
  ])('[R714] reads %s as %s', (written, plain) => {
    expect(plainNumbers(written)?.text).toBe(plain)
  })

  it.each([
    '1, 2',
    '100, 200',
    '1,2,3',
    '12',
    '"1,000"',
    '1,0000',
    'A1,000',
    '1.000,50',
    '1,000,00',
  ])('[R714] leaves %s as it is written', (written) => {
    expect(plainNumbers(written)).toBeNull()
  })

  it('[R714] tells once a column how doubtful numbers were read, and keeps codes as texts', () => {
    const text = 'Income,PIN,→ rate\n">= 1,00,000",000123,12.5%\n"> 50,000",,14%\n'
    const { decision, findings } = importSheets('Rates', [readCsv('Rates', text)])
    expect(
      findings.map(({ code, severity, params }) => [code, severity, params['column']]),
    ).toEqual([
      ['SHEET_NUMBER', 'info', 'A'],
      ['SHEET_NUMBER', 'info', 'C'],
    ])
    if (decision === null) throw new Error('not read')
    const rateOf = (Income: number, PIN: string): unknown =>
      compileDecision(decision)({ Income, PIN }, 0).values['rate']
    expect(rateOf(100_000, '000123')).toBe(0.125)
    expect(rateOf(60_000, '1')).toBe(0.14)
    expect(decision.input['properties']).toMatchObject({
      Income: { type: 'number' },
      PIN: { type: 'string' },
    })
  })
})
