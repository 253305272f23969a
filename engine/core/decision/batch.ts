import { schemaAtPath } from '#core/decision/analysis/dimension.ts'
import { writtenFields } from '#core/decision/compile.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { TerminalError } from '#core/errors.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isForbiddenKey, isObject, type Json, type JsonObject } from '#core/json.ts'

/** A column of a file of cases, and where its values go. */
interface CaseColumn {
  readonly name: string
  readonly path: readonly string[]
  readonly type: CellType
}
type CellType = 'number' | 'boolean' | 'string' | 'any'

/** How the rows of a file with these headers become inputs. */
export interface CaseReader {
  /** Headers that no input takes. */
  readonly ignored: readonly string[]
  /** @throws TerminalError BATCH_CELL */
  input(cells: readonly string[]): JsonObject
}

const isPath = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}\p{N}_]+)*$/u.test(name)

/**
 * A header is the path of an input (`bureau.score`), unless `mapping` names another one for it; others are ignored.
 * The decision's schema says how a cell is read; where it says nothing, what looks like a number or a truth value is one.
 * An empty cell is a missing value.
 * @throws TerminalError BATCH_COLUMN for a path that is used twice, lies inside another, or may not be written
 */
export function caseReader(
  headers: readonly string[],
  { input }: Pick<Decision, 'input'>,
  mapping: Readonly<Record<string, string>> = {},
): CaseReader {
  const columns = headers.map((header): CaseColumn | null => {
    const name = header.trim()
    const target = Object.hasOwn(mapping, name) ? (mapping[name] as string) : name
    if (!isPath(target)) return null
    const path = target.split('.')
    const { type } = schemaAtPath(input, path)
    return { name, path, type: (typeof type === 'string' && cellTypes[type]) || 'any' }
  })
  refuseClashes(columns.filter((column) => column !== null))
  return {
    ignored: headers.filter((_, index) => columns[index] === null),
    input(cells) {
      const given: Record<string, Json> = {}
      columns.forEach((column, index) => {
        const text = (cells[index] ?? '').trim()
        if (column === null || text === '') return
        const value = readers[column.type](text)
        if (value === undefined)
          throw new TerminalError('BATCH_CELL', { column: column.name, type: column.type })
        put(given, column.path, value)
      })
      return given
    },
  }
}

const cellTypes: Readonly<Record<string, CellType>> = {
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  string: 'string',
}
const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  '1': true,
  '0': false,
}
const readNumber = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
const readTruth = (text: string): boolean | undefined => {
  const word = text.toLowerCase()
  return Object.hasOwn(truths, word) ? truths[word] : undefined
}
/** Undefined for a text that is no value of the type. */
const readers: Readonly<Record<CellType, (text: string) => Json | undefined>> = {
  number: readNumber,
  boolean: readTruth,
  string: (text) => text,
  any: (text) => readNumber(text) ?? (text === 'true' ? true : text === 'false' ? false : text),
}

function refuseClashes(columns: readonly CaseColumn[]): void {
  const seen = new Set<string>()
  const paths = columns.map(({ path }) => path.join('.'))
  columns.forEach(({ name, path }, index) => {
    const own = paths[index] as string
    const inside = paths.some((other) => other.startsWith(`${own}.`))
    if (seen.has(own) || inside || path.some(isForbiddenKey))
      throw new TerminalError('BATCH_COLUMN', { column: name, path: own })
    seen.add(own)
  })
}

function put(target: Record<string, Json>, path: readonly string[], value: Json): void {
  let place = target
  for (const key of path.slice(0, -1)) {
    const inner = (place[key] ??= {}) as Record<string, Json>
    place = inner
  }
  place[path.at(-1) as string] = value
}

/** A column of the results. */
export interface ResultColumn {
  readonly name: string
  of(result: DecisionResult): Json
}

/**
 * What is told of each case: outcome, codes of the reasons, conditions, flags, adjustments where the decision makes any,
 * the output's fields (where there is no output part, the fields that rules and tables set, expressions and scores), and
 * what was missing.
 */
export function resultColumns(decision: Decision): readonly ResultColumn[] {
  const { parts } = decision
  const output = parts.find((part) => part.kind === 'output')
  const adjusts = parts.some(
    (part) =>
      part.kind === 'rules' &&
      part.rules.some(({ then }) => then.some((one) => one.do === 'adjust')),
  )
  const value = (name: string, read = name): ResultColumn => ({
    name: `values.${name}`,
    of: ({ values }) => values[read] ?? null,
  })
  const own = parts.flatMap((part): ResultColumn[] => {
    if (part.kind === 'expression' || part.kind === 'switch') return [value(part.id)]
    if (part.kind !== 'scorecard') return part.kind === 'output' ? [] : written(part, value)
    const score = ({ values }: DecisionResult): Json => {
      const card = values[part.id]
      return isObject(card) ? ((card['score'] as Json | undefined) ?? null) : null
    }
    return [{ name: `values.${part.id}.score`, of: score }]
  })
  return [
    { name: 'outcome', of: ({ outcome }) => outcome },
    { name: 'reasons', of: ({ reasons }) => reasons.map(({ code }) => code) },
    { name: 'conditions', of: ({ conditions }) => conditions },
    { name: 'flags', of: ({ flags }) => flags },
    ...(adjusts
      ? (['limit', 'rate'] as const).map((target): ResultColumn => ({
          name: `adjust.${target}`,
          of: ({ adjust }) => adjust[target],
        }))
      : []),
    ...(output
      ? output.fields.map(({ name }): ResultColumn => ({
          name: `output.${name}`,
          of: ({ output: given }) =>
            isObject(given) ? ((given[name] as Json | undefined) ?? null) : null,
        }))
      : unique(own)),
    {
      name: 'missing',
      of: ({ unknown }) => [...new Set(unknown.flatMap(({ missing }) => missing))],
    },
  ]
}

/** Names with a meaning of their own have columns of their own. */
const reserved: ReadonlySet<string> = new Set([
  'outcome',
  'reason',
  'reason_text',
  'condition',
  'flag',
])
const written = (
  part: Decision['parts'][number],
  value: (name: string) => ResultColumn,
): ResultColumn[] =>
  part.kind === 'decision'
    ? []
    : writtenFields(part)
        .filter((field) => field !== '' && !reserved.has(field))
        .map((field) => value(field))

const unique = (columns: readonly ResultColumn[]): readonly ResultColumn[] => [
  ...new Map(columns.map((column) => [column.name, column])).values(),
]

/** As it stands in a cell: lists with blanks between, objects as JSON, nothing for what is missing. */
export function cellText(value: Json): string {
  if (value === null) return ''
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.map(String).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
