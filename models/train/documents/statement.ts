import { renderPdf } from './render-pdf.ts'
import { renderPng } from './render-png.ts'
import { rupees } from './rupees.ts'
import { a4, rule, text, type Mark, type Sheet } from './sheet.ts'

export interface StatementEntry {
  /** dd/MM/yy */
  readonly date: string
  readonly narration: string
  readonly reference: string
  /** Rupees; negative is a withdrawal, positive a deposit. */
  readonly amount: number
}
export interface StatementData {
  /** @default HDFC BANK LTD */
  readonly bank?: string
  readonly holder: string
  readonly accountNumber: string
  readonly ifsc: string
  /** dd/MM/yyyy */
  readonly from: string
  readonly to: string
  /** Rupees. */
  readonly openingBalance: number
  readonly entries: readonly StatementEntry[]
}

/** Amounts are right aligned: readers match them to a column by the right edge. */
const columns = {
  date: { x: 30, align: 'left', title: 'Date' },
  narration: { x: 72, align: 'left', title: 'Narration' },
  reference: { x: 262, align: 'left', title: 'Chq./Ref.No.' },
  valueDate: { x: 334, align: 'left', title: 'Value Dt' },
  withdrawal: { x: 442, align: 'right', title: 'Withdrawal Amt.' },
  deposit: { x: 504, align: 'right', title: 'Deposit Amt.' },
  balance: { x: 572, align: 'right', title: 'Closing Balance' },
} as const
type Column = keyof typeof columns

const cell = (column: Column, y: number, words: string, bold = false): Mark =>
  text(columns[column].x, y, words, { size: 7, align: columns[column].align, bold })

const paise = (amount: number): number => Math.round(amount * 100) / 100

export const closingBalance = (data: StatementData): number =>
  data.entries.reduce((balance, entry) => paise(balance + entry.amount), data.openingBalance)

function head(data: StatementData): Mark[] {
  const lines = [
    `Account Holder : ${data.holder}`,
    `Account No : ${data.accountNumber}`,
    `IFSC : ${data.ifsc}   Account Type : SAVINGS`,
    `Statement From : ${data.from} To : ${data.to}`,
  ]
  return [
    text(30, 40, `${data.bank ?? 'HDFC BANK LTD'} - Statement of Account`, {
      size: 12,
      bold: true,
    }),
    ...lines.map((line, at) => text(30, 62 + at * 13, line, { size: 8.5 })),
  ]
}

function summary(data: StatementData, y: number): Mark[] {
  const sum = (sign: number): number =>
    data.entries.reduce((all, entry) => all + Math.max(0, sign * entry.amount), 0)
  const figures: readonly (readonly [string, number])[] = [
    ['Opening Balance', data.openingBalance],
    ['Debits', sum(-1)],
    ['Credits', sum(1)],
    ['Closing Balance', closingBalance(data)],
  ]
  return [
    text(30, y, 'STATEMENT SUMMARY :-', { size: 8, bold: true }),
    ...figures.flatMap(([title, amount], at) => [
      text(130 + at * 140, y + 16, title, { size: 8, align: 'right' }),
      text(130 + at * 140, y + 29, rupees(amount), { size: 8, align: 'right', bold: true }),
    ]),
  ]
}

const rowsOfAPage = 40
const rowHeight = 15

/** The layout of the largest private bank, 40 rows a page, the summary after the last row. */
function statementSheets(data: StatementData): Sheet[] {
  let balance = data.openingBalance
  const rows = data.entries.map((entry) => {
    balance = paise(balance + entry.amount)
    return { entry, balance }
  })
  const pages = Math.max(1, Math.ceil(rows.length / rowsOfAPage))
  return Array.from({ length: pages }, (_, page) => {
    const top = 130
    const ours = rows.slice(page * rowsOfAPage, (page + 1) * rowsOfAPage)
    const marks = ours.flatMap(({ entry, balance: after }, at) => {
      const y = top + 18 + at * rowHeight
      return [
        cell('date', y, entry.date),
        cell('narration', y, entry.narration),
        cell('reference', y, entry.reference),
        cell('valueDate', y, entry.date),
        cell(entry.amount < 0 ? 'withdrawal' : 'deposit', y, rupees(Math.abs(entry.amount))),
        cell('balance', y, rupees(after)),
      ]
    })
    return {
      ...a4,
      background: '#ffffff',
      marks: [
        ...head(data),
        ...(Object.keys(columns) as Column[]).map((id) => cell(id, top, columns[id].title, true)),
        rule(30, top + 5, 542),
        ...marks,
        ...(page === pages - 1 ? summary(data, top + 40 + ours.length * rowHeight) : []),
        text(572, 828, `Page ${page + 1} of ${pages}`, { size: 7, align: 'right' }),
      ],
    }
  })
}

/** A4 pages with a text layer. @param password as banks send it */
export const renderStatement = (data: StatementData, password?: string): Promise<Buffer> =>
  renderPdf(statementSheets(data), password)
/** The first page as a scan of 200 dpi. */
export const renderStatementPng = (data: StatementData): Promise<Buffer> =>
  renderPng(statementSheets(data)[0] as Sheet, 200)
