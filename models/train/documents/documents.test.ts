import sharp from 'sharp'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { blur, photograph } from './degrade.ts'
import { renderPan } from './pan-card.ts'
import { rupees } from './rupees.ts'
import { netPay, renderSalarySlip, usualPay, type SalarySlipData } from './salary-slip.ts'
import { accountEntries } from './statement-entries.ts'
import { closingBalance, renderStatement, type StatementData } from './statement.ts'

const pan = {
  pan: 'ABCPK1234L',
  name: 'Rahul Kumar',
  fatherName: 'Suresh Kumar',
  dateOfBirth: '15/08/1988',
}
const slip: SalarySlipData = {
  employer: 'Acme Technologies Pvt Ltd',
  month: 'April 2026',
  name: 'Rahul Kumar',
  employeeId: 'AT1042',
  designation: 'Senior Engineer',
  pan: pan.pan,
  bankAccount: '50100123456789',
  ...usualPay(85_000),
}
const statement = (): StatementData => ({
  holder: 'MR RAHUL KUMAR',
  accountNumber: '50100123456789',
  ifsc: 'HDFC0001234',
  from: '01/02/2026',
  to: '30/04/2026',
  openingBalance: 125_430.55,
  entries: accountEntries(
    {
      from: '2026-02',
      months: 5,
      employer: 'Acme Technologies',
      salary: netPay(slip),
      emis: [{ lender: 'Bajaj Finance', amount: 8_500 }],
      bounces: 1,
    },
    createRandom(7),
  ),
})
const textOf = async (pdf: Uint8Array, password?: string): Promise<string> => {
  const options = password === undefined ? {} : { password }
  const opened = await getDocumentProxy(new Uint8Array(pdf), options)
  return (await extractText(opened, { mergePages: true })).text
}

describe('sample documents', () => {
  it('amounts are grouped in lakhs', () => {
    expect([100_102.03, 999, 1_000, 12_345_678.9, -5_00_000].map(rupees)).toEqual([
      '1,00,102.03',
      '999.00',
      '1,000.00',
      '1,23,45,678.90',
      '-5,00,000.00',
    ])
  })

  it('a PAN card is a PNG of 300 dpi; blur loses its edges, a photograph keeps the card', async () => {
    const png = await renderPan(pan)
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1011, height: 638 })
    const sharpness = async (image: Uint8Array): Promise<number> =>
      (await sharp(image).stats()).sharpness
    expect(await sharpness(await blur(png))).toBeLessThan((await sharpness(png)) / 10)
    expect(await sharp(await photograph(png)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 900,
    })
  })

  it('a salary slip is a PDF whose text layer holds the pay; the same data give the same bytes', async () => {
    const pdf = await renderSalarySlip(slip)
    expect(await renderSalarySlip(slip)).toEqual(pdf)
    const text = await textOf(pdf)
    expect(text).toContain('Net Pay 72,900.00')
    expect(text).toContain('Gross Earnings 85,000.00')
  })

  it('a statement runs over pages and ends at the closing balance', async () => {
    const data = statement()
    const text = await textOf(await renderStatement(data))
    expect(text).toContain('Page 2 of 2')
    expect(text).toContain(rupees(closingBalance(data)))
    expect(data.entries.filter((entry) => entry.narration.includes('SALARY'))).toHaveLength(5)
    expect(data.entries.filter((entry) => entry.narration.includes('RETURN'))).toHaveLength(1)
  })

  it('a statement with a password opens only with it', async () => {
    const pdf = await renderStatement(statement(), 'ABCP1508')
    await expect(textOf(pdf)).rejects.toThrow(/password/i)
    expect(await textOf(pdf, 'ABCP1508')).toContain('HDFC BANK LTD')
  })
})
