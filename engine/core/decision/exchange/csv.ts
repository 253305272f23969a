import papaparse from 'papaparse'
import { maxRows, type Sheet, type SheetCell } from '#core/decision/exchange/sheet.ts'
import { refuseLarge } from '#core/decision/exchange/workbook.ts'

/** The rows of a text with commas, semicolons or tabs; numbers are read as such. @throws TerminalError SHEET_FILE_TOO_LARGE */
export function readCsv(name: string, text: string): Sheet {
  refuseLarge(text.length)
  const content = text.replace(/^\uFEFF/, '')
  const { data } = papaparse.parse<string[]>(content, {
    delimiter: delimiterOf(content),
    // One more than is taken, so that the import says that it is too large.
    preview: maxRows + 1,
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
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text === '' ? null : text

export const writeCsv = ({ rows }: Sheet): string =>
  `${papaparse.unparse(rows.map((row) => [...row]))}\r\n`
