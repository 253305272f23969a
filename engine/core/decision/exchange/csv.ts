import papaparse from 'papaparse'
import { isCode } from '#core/decision/exchange/numbers.ts'
import { maxRows, type Sheet, type SheetCell } from '#core/decision/exchange/sheet.ts'
import { refuseLarge } from '#core/decision/exchange/workbook.ts'
import { TerminalError } from '#core/errors.ts'

/** The rows of a text with commas, semicolons or tabs; numbers are read as such. @throws TerminalError SHEET_FILE_TOO_LARGE, SHEET_FILE_UNREADABLE */
export function readCsv(name: string, text: string): Sheet {
  refuseLarge(text.length)
  const content = text.replace(/^\uFEFF/, '')
  const { data, errors } = papaparse.parse<string[]>(content, {
    delimiter: delimiterOf(content),
    // One more than is taken, so that the import says that it is too large.
    preview: maxRows + 1,
  })
  const open = errors.find(({ code }) => code === 'MissingQuotes')
  if (open)
    throw new TerminalError('SHEET_FILE_UNREADABLE', {
      detail: `a quote that opens in row ${(open.row ?? 0) + 1} is not closed`,
    })
  return { name, rows: data.map((row) => row.map(cellOf)) }
}

/** The one that divides most in the first lines; the row of the hit policy has none. */
function delimiterOf(text: string): string {
  const head = text.split('\n', 5).join('\n')
  const count = (sign: string): number => head.split(sign).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] as string
}

const cellOf = (text: string): SheetCell =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) && !isCode(text) ? Number(text) : text === '' ? null : text

export const writeCsv = ({ rows }: Sheet): string =>
  `${papaparse.unparse(rows.map((row) => [...row]))}\r\n`
