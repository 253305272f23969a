import readExcel from 'read-excel-file/web-worker'
import { importDmn } from '#core/decision/dmn/import.ts'
import { readCsv } from '#core/decision/exchange/csv.ts'
import { decodeText } from '#core/decision/exchange/decode-text.ts'
import { importSheets, type SheetImport } from '#core/decision/exchange/import-sheets.ts'
import { importJsonLogic } from '#core/decision/exchange/json-logic.ts'
import { refuseLarge, workbookSheets } from '#core/decision/exchange/workbook.ts'
import type { Json } from '#core/json.ts'

type Read = (bytes: Uint8Array<ArrayBuffer>, name: string) => Promise<SheetImport> | SheetImport

const text = (bytes: Uint8Array<ArrayBuffer>): string => {
  refuseLarge(bytes.byteLength)
  return decodeText(bytes)
}

const readers: Readonly<Record<string, Read>> = {
  dmn: (bytes) => importDmn(text(bytes)),
  csv: (bytes, name) => importSheets(name, [readCsv(name, text(bytes))]),
  json: (bytes, name) => importJsonLogic(name, JSON.parse(text(bytes)) as Json),
  xlsx: async (bytes, name) =>
    importSheets(name, await workbookSheets(bytes, (content) => readExcel(content.buffer))),
}

export type ReadAnswer = { readonly read: SheetImport } | { readonly problem: string }

async function answer(file: File): Promise<ReadAnswer> {
  const at = file.name.lastIndexOf('.')
  const extension = file.name.slice(at + 1).toLowerCase()
  const read = readers[Object.hasOwn(readers, extension) ? extension : 'csv']
  if (read === undefined) throw new Error('no reader')
  refuseLarge(file.size)
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { read: await read(bytes, at < 1 ? file.name : file.name.slice(0, at)) }
}

addEventListener('message', (event: MessageEvent<File>) => {
  answer(event.data)
    .catch((error: unknown): ReadAnswer => ({
      problem: error instanceof Error ? error.message : '',
    }))
    .then(
      (found) => postMessage(found),
      () => undefined,
    )
})
