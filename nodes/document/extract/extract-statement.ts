import type { OcrResult } from '#core/node/services.ts'
import { isMoney, paise, parseAmount } from './amount.ts'
import { findDates } from './date.ts'
import { fieldFrom, type Extraction, type Field } from './field.ts'
import { isIfsc } from '#core/logic/identifiers.ts'
import { correctTo } from './identifiers.ts'
import { pageRows, wordsAt, type Line } from './page-lines.ts'
import { statementFigures } from './statement-figures.ts'
import { statementRows } from './statement-rows.ts'

/**
 * Bank statement of any layout with a running balance. Each row's identity, previous − debit + credit
 * = balance, and that of the whole, opening + credits − debits = closing, carry the confidence.
 */
export function extractStatement(ocr: OcrResult): Extraction {
  const lines = pageRows(ocr)
  const printed = summary(lines)
  const { rows, opening, words } = statementRows(lines, printed.opening)
  const figures = statementFigures(rows)
  const closing = rows.at(-1)?.balance ?? printed.closing
  const consistent = rows.filter((row) => row.consistent).length
  const share = rows.length === 0 ? 0 : consistent / rows.length
  const total =
    opening !== null &&
    closing !== null &&
    Math.abs(paise(opening + figures.totalCredits - figures.totalDebits) - closing) < 0.01
  const trust = share * (total ? 1 : 0.8)
  const computed = (value: number): Field => ({
    ...fieldFrom(value, words, trust),
    box: null,
    page: null,
  })
  const fields: Record<string, Field> = { ...facts(lines) }
  const first = rows[0]
  const last = rows.at(-1)
  if (first && last) {
    fields['from'] = { value: first.date, confidence: trust, page: null, box: null }
    fields['to'] = { value: last.date, confidence: trust, page: null, box: null }
    if (opening !== null) fields['openingBalance'] = computed(opening)
    fields['closingBalance'] = computed(last.balance)
    fields['transactions'] = computed(rows.length)
    for (const [name, value] of Object.entries(figures)) fields[name] = computed(value as number)
  }
  return {
    fields,
    rows,
    required: ['closingBalance', 'averageBalance'],
    checks: [
      { code: 'rows', ok: rows.length > 0, text: 'The statement has transactions.' },
      {
        code: 'balance',
        ok: rows.length > 0 && share === 1,
        text: 'In every row the previous balance − debit + credit is the new balance.',
      },
      {
        code: 'total',
        ok: total,
        text: 'Opening balance + credits − debits is the closing balance.',
      },
      ...(printed.closing === null
        ? []
        : [
            {
              code: 'closing',
              ok: printed.closing === closing,
              text: 'The last row has the closing balance of the summary.',
            },
          ]),
    ],
  }
}

/** Opening and closing balance from a summary: the amount beside the label or in the row below it. */
function summary(lines: readonly Line[]): { opening: number | null; closing: number | null } {
  const amounts = (line: Line | undefined): number[] =>
    (line?.words ?? []).flatMap((word) => {
      const value = isMoney(word.text) ? parseAmount(word.text) : null
      return value === null ? [] : [value]
    })
  let opening: number | null = null
  let closing: number | null = null
  for (const [at, line] of lines.entries()) {
    if (findDates(line.text)[0]?.index === 0) continue
    const opens = /opening\s+bal/i.exec(line.text)
    const closes = /closing\s+bal/i.exec(line.text)
    if (!opens && !(closes && /summary|closing\s+bal(?:ance)?\s*:?\s*[\d,]+\.\d/i.test(line.text)))
      continue
    const after = (match: RegExpExecArray | null): number | undefined =>
      match
        ? amounts({ ...line, words: wordsAt(line, match.index, line.text.length) })[0]
        : undefined
    const below = amounts(lines[at + 1])
    const beside = amounts(line).length > 0
    if (opens) opening ??= (beside ? after(opens) : below[0]) ?? null
    if (closes) closing ??= (beside ? after(closes) : below.at(-1)) ?? null
  }
  return { opening, closing }
}

function facts(lines: readonly Line[]): Record<string, Field> {
  const fields: Record<string, Field> = {}
  const take = (name: string, pattern: RegExp, convert: (text: string) => string | null): void => {
    for (const line of lines) {
      const match = pattern.exec(line.text)
      const text = match?.[1]
      const value = text === undefined ? null : convert(text)
      if (!match || text === undefined || value === null) continue
      const at = match.index + match[0].lastIndexOf(text)
      fields[name] = fieldFrom(value, wordsAt(line, at, text.length), 1)
      return
    }
  }
  take(
    'accountNumber',
    /(?:account|a\/c)\s*(?:no|number|num)?\.?\s*[:\-.]*\s*([\dX*]{9,18})\b/i,
    (text) => text,
  )
  take('ifsc', /ifsc?(?:\s*code)?\s*[:\-.]*\s*([A-Z0-9]{11})\b/i, (text) => {
    const { text: code } = correctTo('AAAA9', text.toUpperCase().slice(0, 5))
    const ifsc = code + text.toUpperCase().slice(5)
    return isIfsc(ifsc) ? ifsc : null
  })
  take(
    'holder',
    /(?:account\s*(?:name|holder)|customer\s*name|holder(?:'s)?\s*name)\s*[:\-.]*\s*([A-Za-z][A-Za-z .']{3,60})/i,
    (text) => nameOf(text),
  )
  if (!fields['holder'])
    take('holder', /^((?:mr|mrs|ms|shri|smt)\.?\s+[A-Z][A-Z .']{3,60})$/i, nameOf)
  return fields
}

const nameOf = (text: string): string =>
  text
    .replace(/^(?:mr|mrs|ms|shri|smt|dr)\.?\s+/i, '')
    .trim()
    .toUpperCase()
