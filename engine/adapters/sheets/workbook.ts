// The one for Node unpacks what stands in the file, also what its directory does not name.
import readExcel from 'read-excel-file/universal'
import writeExcel from 'write-excel-file/node'
import type { Sheet } from '#core/decision/exchange/sheet.ts'
import { workbookData, workbookSheets } from '#core/decision/exchange/workbook.ts'

/** The sheets of an Excel file. @throws TerminalError SHEET_FILE_TOO_LARGE, SHEET_FILE_UNREADABLE */
export const readWorkbook = (bytes: Uint8Array<ArrayBuffer>): Promise<readonly Sheet[]> =>
  workbookSheets(bytes, (content) => readExcel(content.buffer))

export const writeWorkbook = (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeExcel(workbookData(sheets)).toBuffer()
