import { renderPdf } from './render-pdf.ts'
import { renderPng } from './render-png.ts'
import { rupees } from './rupees.ts'
import { a4, rule, text, type Mark, type Sheet } from './sheet.ts'

interface PayLine {
  readonly name: string
  /** Rupees a month. */
  readonly amount: number
}
export interface SalarySlipData {
  readonly employer: string
  readonly employerAddress?: string
  /** As printed, for example `April 2026`. */
  readonly month: string
  readonly name: string
  readonly employeeId: string
  readonly designation: string
  readonly pan: string
  readonly bankAccount: string
  readonly earnings: readonly PayLine[]
  readonly deductions: readonly PayLine[]
}

const total = (lines: readonly PayLine[]): number =>
  lines.reduce((sum, line) => sum + line.amount, 0)

/** Gross earnings less deductions, rupees a month: what the slip prints as net pay. */
export const netPay = (data: SalarySlipData): number =>
  total(data.earnings) - total(data.deductions)

/** A usual split of a monthly gross: basic 50 %, house rent 20 %, provident fund 12 % of basic. */
export function usualPay(gross: number): Pick<SalarySlipData, 'earnings' | 'deductions'> {
  const share = (part: number): number => Math.round(gross * part)
  const basic = share(0.5)
  const houseRent = share(0.2)
  return {
    earnings: [
      { name: 'Basic', amount: basic },
      { name: 'House Rent Allowance', amount: houseRent },
      { name: 'Special Allowance', amount: gross - basic - houseRent },
    ],
    deductions: [
      { name: 'Provident Fund', amount: Math.round(basic * 0.12) },
      { name: 'Professional Tax', amount: 200 },
      { name: 'Income Tax (TDS)', amount: share(gross > 60_000 ? 0.08 : 0.02) },
    ],
  }
}

function payTable(data: SalarySlipData): Mark[] {
  const top = 272
  const column = (lines: readonly PayLine[], left: number, right: number): Mark[] =>
    lines.flatMap((line, at) => [
      text(left, top + 20 + at * 16, line.name),
      text(right, top + 20 + at * 16, rupees(line.amount), { align: 'right' }),
    ])
  const bottom = top + 30 + Math.max(data.earnings.length, data.deductions.length) * 16
  return [
    text(45, top, 'Earnings', { bold: true }),
    text(290, top, 'Amount', { bold: true, align: 'right' }),
    text(310, top, 'Deductions', { bold: true }),
    text(550, top, 'Amount', { bold: true, align: 'right' }),
    rule(45, top + 5, 505),
    ...column(data.earnings, 45, 290),
    ...column(data.deductions, 310, 550),
    rule(45, bottom - 8, 505),
    text(45, bottom + 6, 'Gross Earnings', { bold: true }),
    text(290, bottom + 6, rupees(total(data.earnings)), { bold: true, align: 'right' }),
    text(310, bottom + 6, 'Total Deductions', { bold: true }),
    text(550, bottom + 6, rupees(total(data.deductions)), { bold: true, align: 'right' }),
    text(45, bottom + 34, 'Net Pay', { size: 11, bold: true }),
    text(290, bottom + 34, rupees(netPay(data)), { size: 11, bold: true, align: 'right' }),
    text(45, bottom + 70, 'This is a computer generated payslip and needs no signature.', {
      size: 8,
    }),
  ]
}

function slipSheet(data: SalarySlipData): Sheet {
  const facts: readonly (readonly [string, string])[] = [
    ['Employee Name', data.name],
    ['Employee ID', data.employeeId],
    ['Designation', data.designation],
    ['PAN', data.pan],
    ['Bank Account No', data.bankAccount],
    ['Pay Period', data.month],
  ]
  return {
    ...a4,
    background: '#ffffff',
    marks: [
      text(297, 60, data.employer, { size: 15, bold: true, align: 'center' }),
      text(297, 78, data.employerAddress ?? 'Bengaluru 560001', { align: 'center' }),
      text(297, 110, `Payslip for the month of ${data.month}`, {
        size: 11,
        bold: true,
        align: 'center',
      }),
      rule(45, 122, 505),
      ...facts.flatMap(([label, value], at) => [
        text(45, 144 + at * 17, label),
        text(160, 144 + at * 17, `: ${value}`),
      ]),
      ...payTable(data),
    ],
  }
}

/** A one-page A4 PDF with a text layer. */
export const renderSalarySlip = (data: SalarySlipData): Promise<Buffer> =>
  renderPdf([slipSheet(data)])
/** The same page as a scan of 200 dpi. */
export const renderSalarySlipPng = (data: SalarySlipData): Promise<Buffer> =>
  renderPng(slipSheet(data), 200)
