import { existsSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import type { OcrResult } from '#core/node/services.ts'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { renderAadhaar } from '#models/train/documents/aadhaar-card.ts'
import { photograph } from '#models/train/documents/degrade.ts'
import { renderPan } from '#models/train/documents/pan-card.ts'
import {
  renderSalarySlip,
  renderSalarySlipPng,
  usualPay,
} from '#models/train/documents/salary-slip.ts'
import { accountEntries } from '#models/train/documents/statement-entries.ts'
import {
  closingBalance,
  renderStatement,
  renderStatementPng,
} from '#models/train/documents/statement.ts'
import { createRandom } from '#models/train/random.ts'
import { maskAadhaar } from './mask-aadhaar.ts'
import { documentExtract } from './node.ts'

// Recognising takes a second on an idle core and many on a busy one.
vi.setConfig({ testTimeout: 90_000 })

const ocr = createOcrService({ workers: 1 })
afterAll(() => ocr.close())

type Kind = 'auto' | 'pan' | 'aadhaar' | 'salary_slip' | 'bank_statement'
interface Extracted {
  readonly values: Readonly<Record<string, string | number>>
  readonly fields: Readonly<Record<string, { confidence: number; box: number[] | null }>>
  readonly checks: readonly { code: string; ok: boolean }[]
  readonly missing: readonly string[]
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

async function extractFrom(result: OcrResult, kind: Kind, rows = false) {
  const { port, value } = await runNode(documentExtract, {
    config: { kind, rows },
    inputs: { ocr: structuredClone({ ...result, masked: [] }) as never, label: null },
  })
  return { port, ...(value as unknown as Extracted) }
}
const extract = async (bytes: Uint8Array, kind: Kind, rows = false) =>
  extractFrom(await ocr.read(bytes, { type: '' }), kind, rows)
const failed = (value: Extracted): string[] =>
  value.checks.filter((check) => !check.ok).map((check) => check.code)

/** A page as a text layer gives it, from lines of plain text. */
function pageOf(text: string): OcrResult {
  const lines = text.split('\n').map((line, at) => ({
    text: line,
    words: [...line.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      confidence: 100,
      box: [match.index * 5, at * 12, (match.index + match[0].length) * 5, at * 12 + 10] as const,
    })),
  }))
  const page = { width: 600, height: 800, text, confidence: 100, lines }
  return { source: 'text-layer', pages: [page], text, confidence: 100 }
}

const person = {
  pan: 'ABCPS1234F',
  name: 'Rahul Kumar Sharma',
  fatherName: 'Suresh Kumar Sharma',
  dateOfBirth: '15/08/1988',
}
const wanted = {
  pan: 'ABCPS1234F',
  name: 'RAHUL KUMAR SHARMA',
  fatherName: 'SURESH KUMAR SHARMA',
  dateOfBirth: '1988-08-15',
}

describe('a PAN card', () => {
  it('[R110] is read with every field, its box and its checks', async () => {
    const card = await extract(await renderPan(person), 'pan')
    expect(card).toMatchObject({ port: 'extracted', values: wanted, missing: [] })
    expect(failed(card)).toEqual([])
    expect(card.fields['pan']?.confidence).toBeGreaterThan(0.7)
    expect(card.fields['name']?.box?.[1]).toBeGreaterThan(350)
  })

  it('[R110] is read from a photograph, small and a little askew', async () => {
    const card = await extract(await photograph(await renderPan(person)), 'pan')
    expect(card.values).toMatchObject(wanted)
  })

  it('[R110] of the layout without labels is read by the order of its lines', async () => {
    const card = await extract(await cardOf(oldLayout), 'pan')
    expect(card.values).toMatchObject(wanted)
  })

  it('[R110] with labels in two scripts is read', async () => {
    const card = await extract(await cardOf(newLayout), 'pan')
    expect(card.values).toMatchObject(wanted)
  })

  it('survives confused letters, split numbers, merged and missing labels', async () => {
    const confused = pageOf(
      'INCOME TAX DEPARTMENT GOVT OF INDIA\nPermanent Account Number Card\nA8CPS I234F\n' +
        'ata / Name\nRAHUL KUMAR SHARMA\nfar aT TT / Father’s Name\nSURESH KUMAR SHARMA\n15/08/1988',
    )
    expect((await extractFrom(confused, 'pan')).values).toMatchObject(wanted)
    const merged = pageOf(
      'INCOMETAX DEPARTMENT\nName RAHUL KUMAR SHARMA\nFather’s Name SURESH KUMAR SHARMA\n' +
        'Date of Birth 15/08/1988 Date of Issue 02/03/2019\nPAN:ABCPS1234F',
    )
    expect((await extractFrom(merged, 'pan')).values).toMatchObject(wanted)
  })

  it('[R111] whose letters contradict the name says so', async () => {
    const card = await extractFrom(
      pageOf('Name\nRAHUL KUMAR VERMA\nDate of Birth\n15/08/1988\nABCPS1234F'),
      'pan',
    )
    expect(failed(card)).toEqual(['panSurname'])
  })

  it('without a readable number is incomplete', async () => {
    const card = await extractFrom(pageOf('INCOME TAX DEPARTMENT\nRAHUL SHARMA'), 'pan')
    expect(card).toMatchObject({ port: 'incomplete', missing: ['pan', 'dateOfBirth'] })
  })
})

describe('an Aadhaar card', () => {
  it('[R112] gives the last four digits and nothing of the others', async () => {
    const bytes = await renderAadhaar({
      name: 'Priya Verma',
      dateOfBirth: '03/11/1992',
      gender: 'FEMALE',
      aadhaar: '2345 6789 0124',
      vid: '9123 4567 8901 2346',
    })
    const card = await extract(bytes, 'aadhaar')
    expect(card.values).toMatchObject({
      aadhaarLast4: '0124',
      name: 'PRIYA VERMA',
      dateOfBirth: '1992-11-03',
      gender: 'female',
    })
    expect(failed(card)).toEqual([])
    expect(JSON.stringify(card)).not.toMatch(/2345|6789/)
  })
})

describe('masking', () => {
  const masked = (text: string): string => maskAadhaar(pageOf(text)).ocr.text

  it('[R112] hides valid numbers anywhere, and on a card also misread ones and VIDs', () => {
    expect(masked('No 2345 6789 0124')).toBe('No XXXX XXXX 0124')
    expect(masked('No 234567890124')).toBe('No XXXXXXXX0124')
    expect(masked('Government of India\n2345 6789 0125\nVID : 9123 4567 8901 2346')).toBe(
      'Government of India\nXXXX XXXX 0125\nVID : XXXX XXXX XXXX 2346',
    )
  })

  it('leaves other numbers alone', () => {
    for (const text of ['A/c 50100123456789', '1,00,102.03', 'Ref 234567890125', '2345 6789'])
      expect(masked(text)).toBe(text)
  })

  it('keeps words, places and check', () => {
    const { ocr: result, masked: numbers } = maskAadhaar(pageOf('No 2345 6789 0124 ok'))
    expect(result.pages[0]?.lines[0]?.words.map((word) => word.text)).toEqual([
      'No',
      'XXXX',
      'XXXX',
      '0124',
      'ok',
    ])
    expect(numbers).toEqual([
      { page: 1, last4: '0124', valid: true, confidence: 100, box: [15, 0, 85, 10] },
    ])
    expect(maskAadhaar(result).masked).toEqual([])
  })
})

const slip = {
  employer: 'ACME TECHNOLOGIES PVT LTD',
  month: 'April 2026',
  name: 'Rahul Kumar Sharma',
  employeeId: 'AC1042',
  designation: 'Senior Engineer',
  pan: 'ABCPS1234F',
  bankAccount: '50100123456789',
  ...usualPay(95_000),
}

describe('a salary slip', () => {
  const values = {
    grossPay: 95_000,
    deductions: 5_700 + 200 + 7_600,
    netPay: 81_500,
    employeeName: 'Rahul Kumar Sharma',
    employer: 'ACME TECHNOLOGIES PVT LTD',
    month: '2026-04',
    pan: 'ABCPS1234F',
    bankAccount: '50100123456789',
  }

  it('[R116] as PDF is read from its text layer', async () => {
    const found = await extract(await renderSalarySlip(slip), 'salary_slip')
    expect(found).toMatchObject({ port: 'extracted', values })
    expect(failed(found)).toEqual([])
  })

  it('[R116] as a scan is read too', async () => {
    const found = await extract(await renderSalarySlipPng(slip), 'salary_slip')
    expect(found).toMatchObject({ port: 'extracted', values })
  })

  it('whose sums do not agree loses trust', async () => {
    const text =
      'ACME LIMITED\nPayslip April 2026\nEmployee Name : Rahul\nGross Earnings 95,000.00\nTotal Deductions 10,000.00\nNet Pay 81,500.00'
    const found = await extractFrom(pageOf(text), 'salary_slip')
    expect(failed(found)).toEqual(['netPay'])
    expect(found.fields['netPay']?.confidence).toBe(0.6)
  })
})

const random = createRandom(7)
const account = {
  holder: 'RAHUL KUMAR SHARMA',
  accountNumber: '50100123456789',
  ifsc: 'HDFC0001234',
  from: '01/02/2026',
  to: '30/04/2026',
  openingBalance: 125_430.55,
  entries: accountEntries(
    {
      from: '2026-02',
      months: 3,
      employer: 'Acme Technologies',
      salary: 81_500,
      emis: [{ lender: 'Bajaj Finance', amount: 8_500 }],
      bounces: 2,
    },
    random,
  ),
}

describe('a bank statement', () => {
  it('[R114] as PDF gives every row and the figures of a lender', async () => {
    const found = await extract(await renderStatement(account), 'bank_statement', true)
    expect(failed(found)).toEqual([])
    expect(found).toMatchObject({
      port: 'extracted',
      values: {
        holder: 'RAHUL KUMAR SHARMA',
        accountNumber: '50100123456789',
        ifsc: 'HDFC0001234',
        openingBalance: 125_430.55,
        closingBalance: closingBalance(account),
        transactions: account.entries.length,
        months: 3,
        salaryMonths: 3,
        averageSalary: 81_500,
        emiMonthly: 8_500,
        bounces3m: 2,
      },
    })
    expect(found.rows?.map((row) => Number(row['credit']) - Number(row['debit']))).toEqual(
      account.entries.map((entry) => entry.amount),
    )
  })

  it('as a scan keeps the identity of its rows', async () => {
    const short = { ...account, entries: account.entries.slice(0, 14) }
    const found = await extract(await renderStatementPng(short), 'bank_statement')
    expect(found).toMatchObject({
      values: { transactions: 14, closingBalance: closingBalance(short), salaryMonths: 2 },
    })
    expect(failed(found)).toEqual([])
  }, 60_000)

  it('printed newest first is turned round', async () => {
    const text = [
      '03-04-2026 NEFT SALARY 50,000.00 58,000.00',
      '02-04-2026 ATM WDL 2,000.00 8,000.00',
    ]
    const found = await extractFrom(pageOf(text.join('\n')), 'bank_statement')
    expect(found.values).toMatchObject({ openingBalance: 10_000, closingBalance: 58_000 })
    expect(failed(found)).toEqual([])
  })

  it('[R114] with a row that does not add up names the check', async () => {
    const text =
      'Opening Balance 10,000.00\n01/04/2026 POS 2,000.00 8,000.00\n02/04/2026 POS 1,000.00 6,500.00'
    expect(failed(await extractFrom(pageOf(text), 'bank_statement'))).toEqual(['balance', 'total'])
  })
})

const foreign = new URL('../../../../shared/data/statements/', import.meta.url)
describe.skipIf(!existsSync(foreign))(
  '[R115] statements that nobody here wrote (../shared/data)',
  () => {
    const read = (name: string) =>
      extractFrom(pageOf(readFileSync(new URL(name, foreign), 'utf8')), 'bank_statement', true)

    it('a private bank: wrapped narrations over two pages, a summary', async () => {
      const found = await read('hdfc_savings-april-2026.txt')
      expect(failed(found)).toEqual([])
      expect(found.values).toMatchObject({
        transactions: 15,
        openingBalance: 400_000,
        closingBalance: 476_899.5,
        // The printed sum of the debits is 2,000 too high; the balances are right.
        totalDebits: 100_650.5,
        totalCredits: 177_550,
        averageSalary: 175_000,
        holder: 'JOHN DOE',
        accountNumber: '50100000001234',
        ifsc: 'HDFC0001073',
      })
    })

    it('a public bank: dates that wrap, no opening balance', async () => {
      const found = await read('netbanking_2021_22.txt')
      expect(failed(found)).toEqual([])
      expect(found.rows).toMatchObject([
        { date: '2021-04-01', credit: 4_000, balance: 12_000 },
        { date: '2021-04-05', debit: 2_500, balance: 9_500 },
        { date: '2021-04-10', debit: 1_000, balance: 8_500 },
        { date: '2021-04-15', credit: 5_000, balance: 13_500 },
        { date: '2021-04-20', debit: 3_000, balance: 10_500 },
      ])
      expect(found.values).toMatchObject({ openingBalance: 8_000, holder: 'SAMPLE USER' })
    })
  },
)

it('takes the kind from the class, else from the words, else gives up', async () => {
  const text = 'Permanent Account Number\nName\nRAHUL KUMAR SHARMA\n15/08/1988\nABCPS1234F'
  expect((await extractFrom(pageOf(text), 'auto')).values).toMatchObject({ pan: 'ABCPS1234F' })
  expect(await extractFrom(pageOf('A poem about rain'), 'auto')).toMatchObject({
    port: 'incomplete',
    missing: ['kind'],
  })
})

describe('what cannot be used', () => {
  const run = (ocr: never, label: string | null) =>
    runNode(documentExtract, { config: { kind: 'pan' }, inputs: { ocr, label } })

  it('lacks every field where it was unreadable or no document at all', async () => {
    const blurred = { reason: 'blurred', advice: 'x', text: '', confidence: 20, words: 0 }
    for (const ocr of [blurred, { error: { code: 'OCR_NOT_AN_IMAGE', message: 'x' } }])
      expect(await run(ocr as never, 'other')).toMatchObject({
        port: 'incomplete',
        value: {
          values: {},
          missing: ['pan', 'name', 'dateOfBirth'],
          checks: expect.arrayContaining([
            expect.objectContaining({ code: 'readable', ok: false }),
          ]),
        },
      })
  })

  it('is incomplete where it is of another kind', async () => {
    const text = 'Permanent Account Number\nName\nRAHUL KUMAR SHARMA\n15/08/1988\nABCPS1234F'
    const ocr = structuredClone(pageOf(text)) as never
    expect(await run(ocr, 'salary_slip')).toMatchObject({
      port: 'incomplete',
      value: { missing: ['kind'] },
    })
    expect(await run(ocr, 'other')).toMatchObject({ port: 'extracted' })
  })
})

type Text = readonly [x: number, y: number, size: number, words: string, font?: string]
function cardOf(texts: readonly Text[]): Promise<Buffer> {
  const marks = texts.map(
    ([x, y, size, words, font]) =>
      `<text x="${x}" y="${y}" font-family="${font ?? 'Liberation Sans'}" font-size="${size}">${words}</text>`,
  )
  const photo = '<rect x="770" y="150" width="190" height="230" fill="#a99"/>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1011" height="638"><rect width="100%" height="100%" fill="#cfe3ee"/>${photo}${marks.join('')}</svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
const oldLayout: readonly Text[] = [
  [40, 70, 34, 'INCOME TAX DEPARTMENT'],
  [660, 70, 34, 'GOVT. OF INDIA'],
  [40, 160, 32, 'RAHUL KUMAR SHARMA'],
  [40, 230, 32, 'SURESH KUMAR SHARMA'],
  [40, 300, 32, '15/08/1988'],
  [40, 370, 28, 'Permanent Account Number'],
  [40, 430, 40, 'ABCPS1234F'],
  [60, 590, 24, 'Signature'],
]
const hindi = 'Noto Sans Devanagari'
const newLayout: readonly Text[] = [
  [40, 60, 28, 'आयकर विभाग', hindi],
  [40, 100, 28, 'INCOME TAX DEPARTMENT'],
  [700, 100, 28, 'GOVT. OF INDIA'],
  [250, 170, 22, 'स्थायी लेखा संख्या कार्ड', hindi],
  [250, 205, 24, 'Permanent Account Number Card'],
  [280, 260, 40, 'ABCPS1234F'],
  [40, 360, 20, 'नाम / Name', hindi],
  [40, 395, 28, 'RAHUL KUMAR SHARMA'],
  [40, 440, 20, 'पिता का नाम / Father&apos;s Name', hindi],
  [40, 475, 28, 'SURESH KUMAR SHARMA'],
  [40, 545, 20, 'जन्म की तारीख / Date of Birth', hindi],
  [40, 580, 28, '15/08/1988'],
]
