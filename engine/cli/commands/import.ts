import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeText } from '#core/decision/exchange/decode-text.ts'
import { importDmn } from '#core/decision/dmn/import.ts'
import { readCsv } from '#core/decision/exchange/csv.ts'
import { importJsonLogic } from '#core/decision/exchange/json-logic.ts'
import { importSheets, type SheetImport } from '#core/decision/exchange/import-sheets.ts'
import { refuseLarge } from '#core/decision/exchange/workbook.ts'
import { canonicalDocument } from '#core/graph/canonical.ts'
import type { Json } from '#core/json.ts'
import { readWorkbook } from '#engine/adapters/sheets/workbook.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'
import { readJsonFile } from '#engine/cli/flow-folder.ts'

const help = `metis import <file> [--to FOLDER]

Makes a decision of a file: .dmn, .xlsx (a table for each sheet), .csv (one table), .json (JsonLogic,
a rule or a list of rules). Says what could not be taken.

  --to FOLDER    where the decision is written; here if not given

Exit code: 0 taken, 1 something could not be read, 2 wrong call.`

type Reader = (file: string, name: string) => Promise<SheetImport> | SheetImport

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  refuseLarge(statSync(file).size)
  return Uint8Array.from(readFileSync(file))
}

const readText = (file: string): string => decodeText(bytesOf(file))

const readers: Readonly<Record<string, Reader>> = {
  '.dmn': (file) => importDmn(readText(file)),
  '.xlsx': async (file, name) => importSheets(name, await readWorkbook(bytesOf(file))),
  '.csv': (file, name) => importSheets(name, [readCsv(name, readText(file))]),
  '.json': (file, name) => importJsonLogic(name, readJsonFile(file) as Json),
}

export const importDecision: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { to: { type: 'string', default: '.' } },
    })
    const [given] = positionals
    if (given === undefined || positionals.length > 1) throw new UsageError('name one file')
    const file = resolve(terminal.cwd, given)
    const extension = extname(file).toLowerCase()
    const read = Object.hasOwn(readers, extension) ? readers[extension] : undefined
    if (read === undefined)
      throw new UsageError(`${given} is none of ${Object.keys(readers).join(', ')}`)
    if (statSync(file, { throwIfNoEntry: false }) === undefined)
      throw new UsageError(`the file ${given} cannot be read`)
    const { decision, findings } = await read(file, basename(file, extname(file)))
    for (const finding of findings) terminal.err(formatFinding(finding))
    if (decision === null) return exitCode.failed
    const folder = resolve(terminal.cwd, values.to)
    mkdirSync(folder, { recursive: true })
    const target = join(folder, `${decision.id}.json`)
    writeFileSync(target, canonicalDocument(decision), { flag: 'wx' })
    terminal.out(target)
    return findings.some(({ severity }) => severity === 'error') ? exitCode.failed : exitCode.done
  },
}
