import papaparse from 'papaparse'
import readExcel from 'read-excel-file/node'
import writeExcel from 'write-excel-file/node'
import { maxCells, maxRows, type Sheet, type SheetCell } from '#core/decision/exchange/sheet.ts'
import { unpackedSize } from '#core/decision/exchange/zip-size.ts'
import { TerminalError } from '#core/errors.ts'

/** Larger files are refused, and archives that unpack to more. */
const maxBytes = 20_000_000
const maxUnpacked = 200_000_000

/** The sheets of an Excel file. @throws TerminalError SHEET_FILE_TOO_LARGE, SHEET_FILE_UNREADABLE */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly Sheet[]> {
  refuseLarge(bytes.byteLength, maxBytes)
  const unpacked = unpackedSize(bytes)
  if (unpacked === null)
    throw new TerminalError('SHEET_FILE_UNREADABLE', { detail: 'it is no Excel file (.xlsx)' })
  refuseLarge(unpacked, maxUnpacked)
  try {
    const sheets = await readExcel(Buffer.from(bytes))
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row) => row.map(cellOf)),
    }))
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'its content is damaged'
    throw new TerminalError('SHEET_FILE_UNREADABLE', { detail })
  }
}

/** The rows of a text with commas, semicolons or tabs; numbers are read as such. @throws as {@link readWorkbook} */
export function readCsv(name: string, text: string): Sheet {
  refuseLarge(text.length, maxBytes)
  const content = text.replace(/^\uFEFF/, '')
  const { data } = papaparse.parse<string[]>(content, {
    delimiter: delimiterOf(content),
    preview: Math.min(maxRows + 2, maxCells),
  })
  return { name, rows: data.map((row) => row.map(csvCell)) }
}

/** The one that divides most in the first lines; the row of the hit policy has none. */
function delimiterOf(text: string): string {
  const head = text.split('\n', 5).join('\n')
  const count = (sign: string): number => head.split(sign).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] as string
}

export const writeCsv = ({ rows }: Sheet): string =>
  `${papaparse.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: false },
  )}\r\n`

export const writeWorkbook = (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeExcel(
    sheets.map(({ name, rows }) => ({
      sheet: sheetName(name),
      data: rows.map((row) =>
        row.map((cell) => (cell === null ? null : { value: cell, type: typeOf(cell) })),
      ),
    })),
  ).toBuffer()

function refuseLarge(bytes: number, limit: number): void {
  if (bytes > limit)
    throw new TerminalError('SHEET_FILE_TOO_LARGE', {
      size: megabytes(bytes),
      limit: megabytes(limit),
    })
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`

const cellOf = (cell: unknown): SheetCell => {
  if (cell instanceof Date) return `date("${cell.toISOString().slice(0, 10)}")`
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? cell
    : null
}

const csvCell = (text: string): SheetCell =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text === '' ? null : text

const typeOf = (cell: string | number | boolean) =>
  typeof cell === 'number' ? Number : typeof cell === 'boolean' ? Boolean : String

/** Excel takes 31 characters and none of these signs. */
const sheetName = (name: string): string =>
  name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Table'
