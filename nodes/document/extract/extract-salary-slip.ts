import type { OcrResult } from '#core/node/services.ts'
import { isMoney, paise, parseAmount } from './amount.ts'
import { findMonth } from './date.ts'
import { fieldFrom, scaled, type Extraction, type Field } from './field.ts'
import { panField } from './extract-pan.ts'
import { findPans } from './find-pan.ts'
import { pageRows, wordsAt, type Line } from './page-lines.ts'

const totals = {
  grossPay:
    /gross\s*(?:earnings?|salary|pay|amount|income)|total\s*(?:earnings?|gross|payments?)\b/i,
  deductions: /(?:total|gross)\s*deductions?\b/i,
  netPay: /net\s*(?:pay(?:able|ment)?|salary|amount|income)\b|take[ -]?home/i,
} as const

/** Salary slip: gross, deductions, net, employee, employer, month, PAN. Gross − deductions = net is checked. */
export function extractSalarySlip(ocr: OcrResult): Extraction {
  const rows = pageRows(ocr)
  const read = Object.fromEntries(
    Object.entries(totals).flatMap(([name, label]) => {
      const field = amountAt(rows, label)
      return field ? [[name, field]] : []
    }),
  )
  const { fields, balances } = balance(read)
  const put = (name: string, field: Field | undefined): void => {
    if (field) fields[name] = field
  }
  put('employeeName', textAt(rows, /(?:employee|emp\.?)\s*name|name of (?:the )?employee|^name\b/i))
  put('employeeId', textAt(rows, /(?:employee|emp\.?)\s*(?:id|code|no\.?|number)\b/i))
  put('designation', textAt(rows, /designation/i))
  put('bankAccount', textAt(rows, /(?:bank\s*)?(?:account|a\/c)\s*(?:no\.?|number)\b/i))
  put('employer', employer(rows))
  const monthRow = rows.find((row) => findMonth(row.text) !== null)
  const month = monthRow && findMonth(monthRow.text)
  if (monthRow && month) put('month', fieldFrom(month, monthRow.words, 1))
  const [pan] = findPans(rows)
  if (pan) put('pan', panField(pan, true))
  return {
    fields,
    required: ['netPay', 'employeeName', 'employer'],
    checks: [
      { code: 'netPay', ok: balances, text: 'Gross pay less deductions is the net pay.' },
      {
        code: 'month',
        ok: month !== undefined && month !== null,
        text: 'The slip names its month.',
      },
    ],
  }
}

/** Agreement of the three totals raises trust in each; a missing one follows from the others. */
function balance(read: Readonly<Record<string, Field>>): {
  fields: Record<string, Field>
  balances: boolean
} {
  const { grossPay, deductions, netPay } = read
  const fields = { ...read }
  if (grossPay && deductions && netPay) {
    const gap = Number(grossPay.value) - Number(deductions.value) - Number(netPay.value)
    const balances = Math.abs(gap) <= 1
    for (const [name, field] of Object.entries(read))
      fields[name] = balances
        ? { ...field, confidence: Math.max(field.confidence, 0.95) }
        : scaled(field, 0.6)
    return { fields, balances }
  }
  if (grossPay && deductions && !netPay)
    fields['netPay'] = {
      value: paise(Number(grossPay.value) - Number(deductions.value)),
      confidence: Math.round(grossPay.confidence * deductions.confidence * 0.8 * 1000) / 1000,
      page: null,
      box: null,
    }
  else if (netPay) fields['netPay'] = scaled(netPay, 0.8)
  return { fields, balances: false }
}

/** The amount to the right of a label, else the first of the next row. */
function amountAt(rows: readonly Line[], label: RegExp): Field | undefined {
  for (const [at, row] of rows.entries()) {
    const match = label.exec(row.text)
    if (!match) continue
    const after = wordsAt(row, match.index + match[0].length, row.text.length)
    for (const word of [...after, ...(rows[at + 1]?.words ?? [])]) {
      const value =
        isMoney(word.text) || /^\d[\d,]{2,}$/.test(word.text) ? parseAmount(word.text) : null
      if (value !== null) return fieldFrom(value, [word], 1)
    }
  }
  return undefined
}

const otherLabel =
  /^(?:employee|emp|designation|department|pan|bank|account|uan|pf|date|location|grade|pay|days|lop|ifsc|doj|gender)\b/i

/** The text behind a label: up to the next label or a wide gap. */
function textAt(rows: readonly Line[], label: RegExp): Field | undefined {
  for (const row of rows) {
    const match = label.exec(row.text)
    if (!match) continue
    const words = wordsAt(row, match.index + match[0].length, row.text.length)
    const value: typeof words = []
    for (const word of words) {
      const bare = word.text.replaceAll(/^[:;.-]+|[:;]+$/g, '')
      if (bare === '') continue
      const last = value.at(-1)
      const gap = last ? word.box[0] - last.box[2] : 0
      if (last && (otherLabel.test(bare) || gap > (last.box[3] - last.box[1]) * 2.5)) break
      value.push({ ...word, text: bare })
    }
    if (value.length > 0) return fieldFrom(value.map((word) => word.text).join(' '), value, 1)
  }
  return undefined
}

/** A line that names a company; else the first line of letters that is no heading of a slip. */
function employer(rows: readonly Line[]): Field | undefined {
  const head = rows.slice(0, 8)
  const company = head.find((row) =>
    /\b(?:ltd|limited|llp|pvt|private|inc|corp|technologies|industries|services|solutions|bank|university)\b/i.test(
      row.text,
    ),
  )
  const other = head.find(
    (row) =>
      /[A-Za-z]{3}/.test(row.text) && !/pay\s*slip|salary\s*slip|statement|month|:/i.test(row.text),
  )
  const line = company ?? other
  return line && fieldFrom(line.text.replace(/^.*?:\s*/, '').trim(), line.words, company ? 1 : 0.8)
}
