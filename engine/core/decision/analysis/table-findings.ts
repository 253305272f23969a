import {
  analyseTable,
  type Gap,
  type TableAnalysis,
  type Verdict,
} from '#core/decision/analysis/analyse-table.ts'
import { exampleOf, textOf } from '#core/decision/analysis/example.ts'
import { undecidedWords } from '#core/decision/analysis/undecided.ts'
import { describeCells } from '#core/decision/describe-row.ts'
import { freshId } from '#core/decision/fresh-id.ts'
import { report } from '#core/decision/report.ts'
import type { TablePart } from '#core/decision/table.ts'
import type { Finding, Fix } from '#core/graph/finding.ts'
import type { Json, JsonSchema } from '#core/json.ts'
import type { MessageCode } from '#core/messages/catalogue.ts'

type Patched = Fix['patch'][number]['value']
// zod's JSON type is mutable, ours is not.
const patched = (value: Json): Patched => value as Patched

/** What the analysis of a table has to tell, each at its place, with the change that mends it where there is one. */
export function tableFindings(part: TablePart, path: string, schema: JsonSchema): Finding[] {
  const analysis = analyseTable(part, schema)
  if (analysis === null) return []
  const table = part.name
  if (analysis === 'too wide')
    return [report('TABLE_TOO_WIDE', `${path}/rows`, { severity: 'info', params: { table } })]
  const told = (index: number): string => String(index + 1)
  const rowPath = (index: number): string => `${path}/rows/${index}`
  const remove = (row: number): Fix => ({
    title: `Remove row ${told(row)}`,
    patch: [{ op: 'remove', path: rowPath(row) }],
  })
  return [
    ...gapFindings(part, analysis, path),
    ...overlapFindings(part, analysis, rowPath),
    ...analysis.never.map((row) =>
      report('TABLE_ROW_NEVER', rowPath(row), {
        severity: 'warning',
        params: { table, row: told(row) },
        fix: remove(row),
      }),
    ),
    ...analysis.shadowed.map(({ row, by }) =>
      report('TABLE_ROW_HIDDEN', rowPath(row), {
        severity: 'warning',
        params: { table, row: told(row), earlier: by.map(told).join(', ') },
        fix: remove(row),
      }),
    ),
    ...twins(part, analysis).map(({ row, of }) =>
      report('TABLE_ROW_TWICE', rowPath(row), {
        severity: part.hitPolicy === 'any' ? 'info' : 'warning',
        params: { table, row: told(row), earlier: told(of), hitPolicy: part.hitPolicy },
        fix: remove(row),
      }),
    ),
    ...analysis.mergeable.map(({ rows: [row, next], column, cell }) =>
      report('TABLE_ROWS_MERGE', rowPath(next), {
        severity: 'info',
        params: { table, row: told(row), next: told(next), column: nameOf(part, column) },
        fix: {
          title: `Merge rows ${told(row)} and ${told(next)}`,
          patch: [
            { op: 'replace', path: `${rowPath(row)}/when/${column}`, value: patched(cell) },
            { op: 'remove', path: rowPath(next) },
          ],
        },
      }),
    ),
    ...idle(part, analysis, path),
    ...leftOpen(part, analysis, path),
  ]
}

/** Duplicates that no other finding names: where all rows that are met count, or any of them. */
const twins = ({ hitPolicy }: TablePart, { duplicates }: TableAnalysis) =>
  hitPolicy === 'any' || hitPolicy === 'collect' || hitPolicy.endsWith('order') ? duplicates : []

const nameOf = (part: TablePart, column: number): string =>
  part.inputs[column]?.name || (part.inputs[column]?.id ?? '')

/** A sentence names no more columns of a gap; the row that closes it holds them all. */
const columnsTold = 4

function gapFindings(part: TablePart, { gaps }: TableAnalysis, path: string): Finding[] {
  const id = freshId(
    'row',
    part.rows.map((row) => row.id),
  )
  return gaps.flatMap((gap) => gapFinding(part, gap, { path, id }))
}

function gapFinding(
  part: TablePart,
  gap: Gap,
  { path, id }: { readonly path: string; readonly id: string },
): Finding[] {
  // Without a witness nobody is known to fall through.
  if (!gap.witness.real) return []
  const fix: Fix = {
    title: 'Add the missing row',
    patch: [
      {
        op: 'add',
        path: `${path}/rows/-`,
        value: patched({
          id,
          when: gap.when.map((cell) => cell),
          then: part.outputs.map(() => null),
        }),
      },
    ],
  }
  const params = { table: part.name, example: exampleOf(gap.witness.input) }
  const at = `${path}/rows`
  if (gap.missing !== null)
    return [
      report('TABLE_GAP_MISSING', at, {
        severity: 'info',
        params: { ...params, column: nameOf(part, gap.missing) },
        fix,
      }),
    ]
  if (gap.touches === null) {
    const where = describeCells(part, gap.when, { most: columnsTold })
    return [report('TABLE_GAP', at, { severity: 'warning', params: { ...params, where }, fix })]
  }
  const { column, value } = gap.touches
  return [
    report('TABLE_GAP_POINT', at, {
      severity: 'warning',
      params: { ...params, column: nameOf(part, column), value: textOf(value) },
      fix,
    }),
  ]
}

function overlapFindings(
  part: TablePart,
  { overlaps }: TableAnalysis,
  rowPath: (index: number) => string,
): Finding[] {
  const { hitPolicy } = part
  const clashes = hitPolicy === 'unique' || hitPolicy === 'any'
  if (!clashes) return []
  return overlaps.flatMap((overlap) => {
    const {
      rows: [row, other],
      witness,
      sameOutputs,
      touches,
    } = overlap
    if (!witness.real || (hitPolicy === 'any' && sameOutputs)) return []
    const fix = yieldingFix(overlap, rowPath)
    const details = { severity: 'warning', ...(fix && { fix }) } as const
    const params = {
      table: part.name,
      row: String(row + 1),
      other: String(other + 1),
      hitPolicy,
      example: exampleOf(witness.input),
    }
    return touches === null
      ? [report('TABLE_OVERLAP', rowPath(other), { ...details, params })]
      : [
          report('TABLE_OVERLAP_POINT', rowPath(other), {
            ...details,
            params: {
              ...params,
              column: nameOf(part, touches.column),
              value: textOf(touches.value),
            },
          }),
        ]
  })
}

/** The later row leaves the earlier one what both take, where nothing else is lost by it. */
function yieldingFix(
  { rows: [row, other], yields, sameOutputs }: TableAnalysis['overlaps'][number],
  rowPath: (index: number) => string,
): Fix | null {
  if (yields === 'all')
    return sameOutputs
      ? { title: `Remove row ${other + 1}`, patch: [{ op: 'remove', path: rowPath(other) }] }
      : null
  if (yields === null) return null
  const { column, cell } = yields
  return {
    title: `Leave to row ${row + 1} what both take`,
    patch: [{ op: 'replace', path: `${rowPath(other)}/when/${column}`, value: patched(cell) }],
  }
}

/** Columns that decide nothing. An empty table has none to tell. */
function idle(part: TablePart, analysis: TableAnalysis, path: string): Finding[] {
  if (part.rows.length === 0) return []
  return [
    ...analysis.unusedInputs.map((column) =>
      report('TABLE_INPUT_UNUSED', `${path}/inputs/${column}`, {
        severity: 'info',
        params: { table: part.name, column: nameOf(part, column) },
        fix: removeColumn(part, path, ['inputs', column]),
      }),
    ),
    ...analysis.unusedOutputs.map((column) =>
      report('TABLE_OUTPUT_UNUSED', `${path}/outputs/${column}`, {
        severity: 'info',
        params: { table: part.name, column: part.outputs[column]?.name ?? '' },
        fix: removeColumn(part, path, ['outputs', column]),
      }),
    ),
  ]
}

/** The column with its cell in each row. */
function removeColumn(
  part: TablePart,
  path: string,
  [side, column]: readonly ['inputs' | 'outputs', number],
): Fix {
  const cells = side === 'inputs' ? 'when' : 'then'
  return {
    title: 'Remove the column',
    patch: [
      ...part.rows.flatMap((row, index) =>
        column < row[cells].length
          ? [{ op: 'remove' as const, path: `${path}/rows/${index}/${cells}/${column}` }]
          : [],
      ),
      { op: 'remove', path: `${path}/${side}/${column}` },
    ],
  }
}

/** Questions that the search could not settle, each with the reason. */
function leftOpen(part: TablePart, analysis: TableAnalysis, path: string): Finding[] {
  const { hitPolicy, name: table } = part
  const { complete, exclusive, shadows } = analysis
  const open = (code: MessageCode, verdict: Verdict): Finding[] =>
    verdict.verdict === 'undecided'
      ? [
          report(code, `${path}/rows`, {
            severity: 'info',
            params: { table, because: undecidedWords(verdict.because) },
          }),
        ]
      : []
  return [
    ...open('TABLE_GAPS_UNDECIDED', complete),
    ...(hitPolicy === 'unique' || hitPolicy === 'any'
      ? open('TABLE_OVERLAPS_UNDECIDED', exclusive)
      : []),
    ...open('TABLE_HIDDEN_UNDECIDED', shadows),
  ]
}
