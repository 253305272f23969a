import type { Sheet, SheetCell } from '#core/decision/exchange/sheet.ts'
import { unreadCells } from '#core/decision/exchange/unread-cells.ts'
import { unpackedSize } from '#core/decision/exchange/zip.ts'
import { TerminalError } from '#core/errors.ts'

/** Bytes. Larger files are refused, and archives that unpack to more. */
const maxBytes = 20_000_000
const maxUnpacked = 200_000_000

/** @throws TerminalError SHEET_FILE_TOO_LARGE */
export function refuseLarge(bytes: number, limit = maxBytes): void {
  if (bytes > limit)
    throw new TerminalError('SHEET_FILE_TOO_LARGE', {
      size: megabytes(bytes),
      limit: megabytes(limit),
    })
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`

/** What an Excel library reads; it differs between Node and the browser. */
export type ReadWorkbook = (
  bytes: Uint8Array<ArrayBuffer>,
) => Promise<readonly { readonly sheet: string; readonly data: readonly (readonly unknown[])[] }[]>

/** The sheets of an Excel file, once it is known to be of bearable size. @throws TerminalError SHEET_FILE_TOO_LARGE, SHEET_FILE_UNREADABLE */
export async function workbookSheets(
  bytes: Uint8Array<ArrayBuffer>,
  read: ReadWorkbook,
): Promise<readonly Sheet[]> {
  refuseLarge(bytes.byteLength)
  const unpacked = await unpackedSize(bytes, maxUnpacked)
  if (unpacked === null)
    throw new TerminalError('SHEET_FILE_UNREADABLE', {
      detail: 'it is no whole Excel file (.xlsx)',
    })
  refuseLarge(unpacked, maxUnpacked)
  try {
    const sheets = await read(bytes)
    const unread = await unreadCells(bytes)
    return sheets.map(({ sheet, data }) => {
      const cells = unread.get(sheet)
      return {
        name: sheet,
        rows: data.map((row) => row.map(cellOf)),
        ...(cells ? { unread: cells } : {}),
      }
    })
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'its content is damaged'
    throw new TerminalError('SHEET_FILE_UNREADABLE', { detail })
  }
}

const cellOf = (cell: unknown): SheetCell => {
  if (cell instanceof Date) return timeText(cell)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? cell
    : null
}

/** FEEL text of a day, or of a time on it. */
function timeText(time: Date): SheetCell {
  if (Number.isNaN(time.getTime())) return null
  const [day = '', clock = ''] = time.toISOString().split('T')
  const seconds = clock.slice(0, 8)
  return seconds === '00:00:00' ? `date("${day}")` : `date and time("${day}T${seconds}")`
}

const types = { string: String, number: Number, boolean: Boolean } as const

/** Sheets as the Excel library writes them. */
export const workbookData = (sheets: readonly Sheet[]) =>
  sheets.map(({ name, rows }) => ({
    sheet: sheetName(name),
    data: rows.map((row) =>
      row.map((cell) =>
        cell === null ? null : { value: cell, type: types[typeof cell as keyof typeof types] },
      ),
    ),
  }))

/** Excel takes 31 characters and none of these signs. */
const sheetName = (name: string): string =>
  name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Table'
