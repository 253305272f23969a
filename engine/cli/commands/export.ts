import { writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exportDmn } from '#core/decision/dmn/export.ts'
import { writeCsv } from '#core/decision/exchange/csv.ts'
import { exportSheet } from '#core/decision/exchange/export-sheet.ts'
import { exportJsonLogic } from '#core/decision/exchange/json-logic.ts'
import { exportTypeScript } from '#core/decision/exchange/typescript.ts'
import type { NestedDecisions } from '#core/decision/compile.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { parseDecision } from '#core/graph/parse.ts'
import { writeWorkbook } from '#engine/adapters/sheets/workbook.ts'
import { exitCode, UsageError, type Command } from '#engine/cli/command.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'
import { decisionsBeside, readJsonFile } from '#engine/cli/flow-folder.ts'

const help = `metis export <decision.json> --as dmn|xlsx|csv|jsonlogic|typescript [--part ID] [--out FILE]

Writes a decision in another format: dmn (tables and expressions), xlsx (a sheet for
each table), csv (one table), jsonlogic (the conditions of rules, and expressions), typescript (the whole decision,
with the decisions beside it that it asks, as a module without imports). Says what could not be written.

  --part ID      of several tables the one for csv
  --out FILE     where to write; otherwise what is text is printed

Exit code: 0 written, 1 the decision has errors, 2 wrong call.`

interface Written {
  /** null where nothing can be written. */
  readonly content: string | Buffer | null
  readonly findings: readonly Finding[]
}
interface Asked {
  readonly part: string | undefined
  readonly nested: NestedDecisions
}
type Writer = (decision: Decision, asked: Asked) => Promise<Written> | Written

const tablesOf = ({ parts }: Decision): readonly TablePart[] => {
  const tables = parts.filter((part) => part.kind === 'table')
  if (tables.length === 0) throw new UsageError('the decision has no table')
  return tables
}

function chosenTable(decision: Decision, id: string | undefined): TablePart {
  const tables = tablesOf(decision)
  const found = id === undefined ? tables : tables.filter((part) => part.id === id)
  const [table] = found
  if (table === undefined || found.length > 1)
    throw new UsageError(`choose with --part one of ${tables.map((part) => part.id).join(', ')}`)
  return table
}

const writers: Readonly<Record<string, Writer>> = {
  dmn: (decision) => {
    const { xml, findings } = exportDmn(decision)
    return { content: xml, findings }
  },
  xlsx: async (decision) => {
    const made = tablesOf(decision).map(exportSheet)
    const content = await writeWorkbook(made.map(({ sheet }) => sheet))
    return { content, findings: made.flatMap(({ findings }) => findings) }
  },
  csv: (decision, { part }) => {
    const { sheet, findings } = exportSheet(chosenTable(decision, part))
    return { content: writeCsv(sheet), findings }
  },
  typescript: (decision, { nested }) => {
    const { source, findings } = exportTypeScript(decision, nested)
    return { content: source, findings }
  },
  jsonlogic: (decision) => {
    const { rules, findings } = exportJsonLogic(decision)
    return { content: `${JSON.stringify(rules, null, 2)}\n`, findings }
  },
}

export const exportDecision: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { as: { type: 'string' }, part: { type: 'string' }, out: { type: 'string' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new UsageError('name one decision')
    const write = Object.hasOwn(writers, values.as ?? '') ? writers[values.as ?? ''] : undefined
    if (write === undefined)
      throw new UsageError(`say with --as one of ${Object.keys(writers).join(', ')}`)
    const path = resolve(terminal.cwd, file)
    const parsed = parseDecision(readJsonFile(path))
    if (!parsed.ok) {
      for (const finding of parsed.findings) terminal.err(formatFinding(finding))
      return exitCode.failed
    }
    const others = decisionsBeside(dirname(path))
    const { content, findings } = await write(parsed.document, {
      part: values.part,
      nested: (id) => others.get(id),
    })
    for (const finding of findings) terminal.err(formatFinding(finding))
    if (content === null) return exitCode.failed
    if (values.out !== undefined) writeFileSync(resolve(terminal.cwd, values.out), content)
    else if (typeof content === 'string') terminal.out(content.trimEnd())
    else throw new UsageError('say with --out where to write')
    return exitCode.done
  },
}
