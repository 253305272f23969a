import { describe, expect, it } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import type { ExtractedDocument } from './compared.ts'
import { documentCrosscheck } from './node.ts'
import { samePerson } from './same-person.ts'

const document = (
  values: ExtractedDocument['values'],
  checks: ExtractedDocument['checks'] = [],
  missing: string[] = [],
): ExtractedDocument => ({ values, checks, missing })

const applicant = { name: 'Rahul Kumar Sharma', pan: 'ABCPS1234F', dateOfBirth: '1988-08-15' }
const pan = document({ pan: 'ABCPS1234F', name: 'RAHUL KUMAR SHARMA', dateOfBirth: '1988-08-15' })
const salarySlip = document({ netPay: 81_500, employeeName: 'Rahul K Sharma', pan: 'ABCPS1234F' }, [
  { code: 'netPay', ok: true, text: 'Gross pay less deductions is the net pay.' },
])
const statement = document({
  holder: 'RAHUL SHARMA',
  salaryMonths: 3,
  averageSalary: 80_000,
  emiMonthly: 8_500,
  bounces3m: 0,
  averageBalance: 90_000,
})
const check = (inputs: {
  pan?: ExtractedDocument | null
  salarySlip?: ExtractedDocument | null
  statement?: ExtractedDocument | null
}) =>
  runNode(documentCrosscheck, {
    config: {},
    inputs: { applicant, pan, salarySlip, statement, ...inputs },
  })

describe('document.crosscheck', () => {
  it('agrees where the documents are of one person, and takes the lower income', async () => {
    expect(await check({})).toMatchObject({
      port: 'out',
      value: {
        complete: true,
        agreed: true,
        failed: [],
        income: 80_000,
        emiMonthly: 8_500,
      },
    })
  })

  it('[R120] names what contradicts', async () => {
    const other = document({
      pan: 'BKLPN5678Q',
      name: 'PRIYA NAIR',
      dateOfBirth: '1990-01-01',
    })
    const poor = document({ holder: 'RAHUL SHARMA', salaryMonths: 3, averageSalary: 30_000 })
    const wrong = document({ netPay: 81_500, employeeName: 'Rahul Sharma' }, [
      { code: 'netPay', ok: false, text: 'x' },
    ])
    const { value } = await check({ pan: other, statement: poor, salarySlip: wrong })
    expect(value).toMatchObject({
      agreed: false,
      failed: ['PAN_APPLICANT', 'PAN_NAME', 'PAN_BIRTH', 'SALARY_CREDITED', 'SLIP_TOTALS'],
    })
  })

  it('[R120] takes what is missing as unknown, not as a contradiction', async () => {
    expect(
      await check({ pan: null, statement: document({}, [], ['closingBalance']) }),
    ).toMatchObject({
      value: { complete: false, agreed: true, incomplete: ['pan', 'statement'], income: 81_500 },
    })
    expect(await check({ pan: null, salarySlip: null, statement: null })).toMatchObject({
      value: { income: null, netPay: null },
    })
  })

  it('takes a statement without salary credits as saying nothing of the salary', async () => {
    const quiet = document({ holder: 'RAHUL SHARMA', salaryMonths: 0, averageSalary: 0 })
    expect(await check({ statement: quiet })).toMatchObject({
      value: { income: 81_500, averageSalary: null, agreed: true },
    })
  })
})

describe('samePerson', () => {
  it.each([
    ['Rahul Kumar Sharma', 'RAHUL KUMAR SHARMA', true],
    ['Sharma Rahul', 'Mr. Rahul Kumar Sharma', true],
    ['R K Sharma', 'Rahul Kumar Sharma', true],
    ['RAHUL SHARNA', 'Rahul Sharma', true],
    ['Rahul Sharma', 'Rahul Verma', false],
    ['Rahul Sharma', 'Rohit Sharma', false],
    ['R K S', 'Rahul Kumar Sharma', false],
    ['Priya', 'Rahul Sharma', false],
    ['', 'Rahul Sharma', false],
  ])('%s, %s: %s', (one, other, same) => {
    expect(samePerson(one, other)).toBe(same)
    expect(samePerson(other, one)).toBe(same)
  })
})
