import { documentName, fieldName, freshName, partName } from '#core/decision/exchange/names.ts'
import { filledDown } from '#core/decision/exchange/merged-cells.ts'
import { isCode, plainNumbers } from '#core/decision/exchange/numbers.ts'
import { report } from '#core/decision/report.ts'
import {
  maxCells,
  maxRows,
  policyPrefix,
  readHeading,
  type Heading,
  type Sheet,
  type SheetCell,
} from '#core/decision/exchange/sheet.ts'
import type { TablePart } from '#core/decision/table.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { parseCell, parseFeel, type FeelResult } from '#core/logic/feel/parse.ts'
import { certainReferences } from '#core/logic/references.ts'

export interface SheetImport {
  /** Null where nothing could be taken. */
  readonly decision: Decision | null
  readonly findings: readonly Finding[]
}

type Column = TablePart['inputs'][number]
type ColumnType = Column['type']

/** Of a sheet, by its name: which columns are outputs, counted from 0; otherwise their headings tell. */
export type OutputColumns = Readonly<Record<string, readonly number[]>>

/**
 * A decision with a table for each sheet. The first row names the columns, `→` marks the outputs; without a mark the
 * last column is the output. A cell that cannot be read keeps its text and is a finding with sheet, row and column.
 */
export function importSheets(
  name: string,
  sheets: readonly Sheet[],
  outputColumns: OutputColumns = {},
): SheetImport {
  const tooLarge = sheets.find(isTooLarge)
  if (tooLarge)
    return {
      decision: null,
      findings: [
        report('SHEET_TOO_LARGE', '', {
          params: { sheet: tooLarge.name, rows: maxRows, cells: maxCells },
        }),
      ],
    }
  const taken = new Set(['input', 'run', 'item', 'index', 'error'])
  const fields = new Map<string, ColumnType>()
  const findings: Finding[] = []
  const parts: TablePart[] = []
  for (const sheet of sheets) {
    const rows = sheet.rows.filter((row) => row.some((cell) => !isEmpty(cell)))
    if (rows.length === 0) continue
    const id = freshName(partName(sheet.name), taken)
    const place = `/parts/${parts.length}`
    findings.push(...unreadFindings('SHEET_FORMULA', sheet.name, sheet.unread?.formulas, place))
    const outputs = Object.hasOwn(outputColumns, sheet.name) ? outputColumns[sheet.name] : undefined
    const reader = new SheetReader(sheet, id, place, outputs, findings)
    const part = reader.table()
    if (part === null) continue
    parts.push(part)
    for (const column of part.inputs)
      for (const path of certainReferences(column.expression)) {
        const key = path.join('.')
        if (!fields.has(key)) fields.set(key, column.type)
      }
  }
  if (parts.length === 0) {
    findings.push(report('SHEET_EMPTY', '', { params: { name } }))
    return { decision: null, findings }
  }
  const made = new Set(parts.map((part) => part.id))
  const inputs = [...fields].filter(([path]) => !made.has(path.split('.')[0] as string))
  const decision = decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: documentName(name),
    name: name.trim() || 'Imported decision',
    input: schemaOf(inputs),
    parts,
  })
  return { decision, findings }
}

/** A finding names no more cells than that. */
const cellsTold = 10

/**
 * Cells that are seen in the spreadsheet and came empty: a condition among them would be met by everybody. Of merged
 * cells that were filled it is only a note.
 */
function unreadFindings(
  code: 'SHEET_FORMULA' | 'SHEET_MERGED' | 'SHEET_MERGED_FILLED',
  sheet: string,
  cells: readonly string[] | undefined,
  place: string,
): Finding[] {
  if (!cells || cells.length === 0) return []
  const shown = cells.slice(0, cellsTold).join(', ')
  const more = cells.length - cellsTold
  const params = { sheet, cells: more > 0 ? `${shown} and ${more} more` : shown }
  const severity = code === 'SHEET_MERGED_FILLED' ? 'info' : 'error'
  return [report(code, place, { severity, params })]
}

const isTooLarge = ({ rows }: Sheet): boolean =>
  rows.length > maxRows || rows.reduce((sum, row) => sum + row.length, 0) > maxCells

const isEmpty = (cell: SheetCell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')

const policies: Readonly<Record<string, TablePart['hitPolicy']>> = {
  unique: 'unique',
  any: 'any',
  first: 'first',
  priority: 'priority',
  'rule order': 'rule order',
  'output order': 'output order',
  collect: 'collect',
}

class SheetReader {
  readonly #sheet: Sheet
  readonly #id: string
  readonly #place: string
  readonly #outputs: readonly number[] | undefined
  readonly #findings: Finding[]
  readonly #told = new Set<number>()

  constructor(
    sheet: Sheet,
    id: string,
    place: string,
    outputs: readonly number[] | undefined,
    findings: Finding[],
  ) {
    this.#sheet = sheet
    this.#id = id
    this.#place = place
    this.#outputs = outputs
    this.#findings = findings
  }

  table(): TablePart | null {
    const { rows } = this.#sheet
    const policy = this.#policy()
    const head = rows.findIndex(
      (row, index) => !(index === 0 && policy !== null) && row.some((cell) => !isEmpty(cell)),
    )
    const headings = this.#headings(rows[head] ?? [])
    if (headings === null) return null
    const body = this.#filled(head + 1).flatMap((row, index) =>
      index > head && row.some((cell) => !isEmpty(cell)) ? [{ row, index }] : [],
    )
    const inputs = this.#columns(headings, 'input', body)
    const outputs = this.#columns(headings, 'output', body)
    const note = headings.findIndex(({ side }) => side === 'note')
    return {
      kind: 'table',
      id: this.#id,
      name: this.#sheet.name,
      hitPolicy: policy?.hitPolicy ?? 'first',
      ...(policy?.aggregate ? { aggregate: policy.aggregate } : {}),
      inputs: inputs.map(({ column }) => column),
      outputs: outputs.map(({ column }) => column),
      rows: body.map(({ row, index }, count) => {
        this.#width(row, index, headings.length)
        const written = note < 0 ? null : (row[note] ?? null)
        return {
          id: `row_${count + 1}`,
          when: inputs.map(({ at }) => this.#cell(row[at] ?? null, index, at, parseCell)),
          then: outputs.map(({ at }) => this.#cell(row[at] ?? null, index, at, parseFeel)),
          ...(isEmpty(written) ? {} : { note: String(written) }),
        }
      }),
    }
  }

  #filled(from: number): readonly (readonly SheetCell[])[] {
    const { name, rows, unread } = this.#sheet
    if (!unread || unread.merged.length === 0) return rows
    const given = filledDown(rows, unread.merged, from)
    this.#findings.push(
      ...unreadFindings('SHEET_MERGED', name, given.others, this.#place),
      ...unreadFindings('SHEET_MERGED_FILLED', name, given.filled, this.#place),
    )
    return given.rows
  }

  #report(code: Parameters<typeof report>[0], row: number, column: number, more = {}): void {
    const params = { sheet: this.#sheet.name, row: row + 1, column: columnLetter(column), ...more }
    const severity = code === 'SHEET_NUMBER' ? 'info' : 'error'
    this.#findings.push(report(code, this.#place, { severity, params }))
  }

  /** The row above the headings, if it is there. */
  #policy(): Pick<TablePart, 'hitPolicy' | 'aggregate'> | null {
    const [first] = this.#sheet.rows[0] ?? []
    const start = policyPrefix.trim().toLowerCase()
    if (typeof first !== 'string' || !first.trim().toLowerCase().startsWith(start)) return null
    const text = first.trim().slice(start.length).trim().toLowerCase()
    const [, aggregate] = /^collect (sum|min|max|count)$/.exec(text) ?? []
    if (aggregate)
      return { hitPolicy: 'collect', aggregate: aggregate as NonNullable<TablePart['aggregate']> }
    const hitPolicy = Object.hasOwn(policies, text) ? policies[text] : undefined
    if (hitPolicy === undefined) this.#report('SHEET_HIT_POLICY', 0, 0, { text })
    return { hitPolicy: hitPolicy ?? 'first' }
  }

  #headings(row: readonly SheetCell[]): readonly Heading[] | null {
    const last = row.findLastIndex((cell) => !isEmpty(cell))
    const read = row.slice(0, last + 1).map((cell): Heading => readHeading(String(cell ?? '')))
    const chosen = this.#outputs
    const marked = read.some(({ side }) => side === 'output')
    const lastOutput = read.findLastIndex(({ side }) => side === 'input')
    const headings = read.map((heading, at): Heading => {
      if (heading.side === 'note') return heading
      const output =
        chosen === undefined
          ? heading.side === 'output' || (!marked && at === lastOutput)
          : chosen.includes(at)
      return { ...heading, side: output ? 'output' : 'input' }
    })
    if (!headings.some(({ side }) => side === 'output')) {
      this.#findings.push(
        report('SHEET_WITHOUT_OUTPUT', this.#place, { params: { sheet: this.#sheet.name } }),
      )
      return null
    }
    return headings
  }

  #columns(
    headings: readonly Heading[],
    side: 'input' | 'output',
    body: readonly { readonly row: readonly SheetCell[] }[],
  ): readonly { readonly at: number; readonly column: Column }[] {
    const taken = new Set<string>()
    return headings.flatMap((heading, at) => {
      if (heading.side !== side) return []
      const id = freshName(fieldName(heading.name.toLowerCase()), taken)
      const expression =
        side === 'output' ? fieldName(heading.expression) : pathOrText(heading.expression)
      const type = typeOf(body.map(({ row }) => row[at] ?? null))
      return [{ at, column: { id, name: heading.name || id, expression, type } }]
    })
  }

  #width(row: readonly SheetCell[], index: number, expected: number): void {
    const given = row.findLastIndex((cell) => !isEmpty(cell)) + 1
    if (given > expected) this.#report('SHEET_ROW_WIDTH', index, expected, { given, expected })
  }

  /** Once a column: the others are read alike. */
  #tellNumber(row: number, column: number, text: string, value: string): void {
    if (this.#told.has(column)) return
    this.#told.add(column)
    this.#report('SHEET_NUMBER', row, column, { text, value })
  }

  #cell(cell: SheetCell, row: number, column: number, read: (text: string) => FeelResult): Logic {
    if (isEmpty(cell)) return null
    if (typeof cell !== 'string') return cell
    const plain = wordsOf(cell)
    if (plain !== null) return plain
    if (isCode(cell)) return cell.trim()
    const numbers = plainNumbers(cell)
    const result = read(numbers?.text ?? cell)
    if ('logic' in result) {
      if (numbers?.doubtful) this.#tellNumber(row, column, cell, numbers.text)
      return result.logic
    }
    this.#report('SHEET_CELL', row, column, { text: cell })
    return cell
  }
}

/** Words without quotes are texts, as people write them in spreadsheets: `SALARIED, SELF`. */
function wordsOf(cell: string): Logic {
  const words = cell.split(',').map((word) => word.trim())
  if (!words.every((word) => /^\p{L}[\p{L}\p{N}_ .&/-]*$/u.test(word))) return null
  if (words.some((word) => /^(true|false|null|if|for|some|every)\b/i.test(word)))
    return words.length === 1 && /^(true|false)$/i.test(cell.trim())
      ? /^true/i.test(cell.trim())
      : null
  return words.length === 1 ? (words[0] as string) : words
}

/** An expression's text as it is meant, or else the field that the name gives. */
function pathOrText(text: string): Logic {
  const parsed = parseFeel(text)
  return 'logic' in parsed && isObject(parsed.logic) ? parsed.logic : { var: fieldName(text) }
}

/** What all filled cells of a column have in common. */
function typeOf(cells: readonly SheetCell[]): ColumnType {
  const types = new Set(
    cells.filter((cell) => !isEmpty(cell) && cell !== '-').map((cell) => cellType(cell)),
  )
  const [only] = types
  return types.size === 1 && only !== undefined ? only : 'any'
}

function cellType(cell: SheetCell): ColumnType {
  if (typeof cell === 'number') return 'number'
  if (typeof cell === 'boolean') return 'boolean'
  const text = plainNumbers(String(cell))?.text ?? String(cell)
  if (isCode(text)) return 'string'
  if (/date\(/.test(text)) return 'date'
  if (/^\s*(true|false)\s*$/i.test(text)) return 'boolean'
  if (/^[\s\d.,<>=[\]()-]+$/.test(text)) return 'number'
  return /^\s*"/.test(text) || wordsOf(text) !== null ? 'string' : 'any'
}

/** `0` → `A`, `26` → `AA`. */
const columnLetter = (index: number): string =>
  (index < 26 ? '' : columnLetter(Math.floor(index / 26) - 1)) +
  String.fromCharCode(65 + (index % 26))

const schemas: Readonly<Record<ColumnType, JsonSchema>> = {
  number: { type: 'number' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  any: {},
}

function schemaOf(fields: readonly (readonly [string, ColumnType])[]): JsonSchema {
  const root: Record<string, Json> = {}
  for (const [path, type] of fields) {
    const keys = path.split('.').filter((key) => key !== 'input')
    let properties = root
    keys.forEach((key, index) => {
      if (index === keys.length - 1) {
        properties[key] ??= schemas[type]
        return
      }
      const inner = properties[key]
      const next: Record<string, Json> =
        isObject(inner) && isObject(inner['properties'])
          ? (inner['properties'] as Record<string, Json>)
          : {}
      properties[key] = { type: 'object', properties: next }
      properties = next
    })
  }
  return { type: 'object', properties: root }
}
