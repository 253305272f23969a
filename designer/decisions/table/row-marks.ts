import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { coverageKey, type CoverageMark, type CoverageMarks } from '../explain/coverage-marks.ts'
import type { DraftOutcome, fateOf } from '../try-draft.ts'

/** What the gutter says of a row. */
export interface RowMark {
  readonly findings: readonly Finding[]
  /** Of the gravest finding. */
  readonly severity?: Finding['severity']
  /** How the row fares with the sample. */
  readonly fate: ReturnType<typeof fateOf>
  /** What the tests make of it; absent while that is not shown. */
  readonly covered?: CoverageMark
}

const grave = ['info', 'warning', 'error'] as const

/** The findings of a decision's rows in a table, by the row's id; their places count in the decision that was analysed. */
function findingsByRow(
  analysed: Decision,
  findings: readonly Finding[],
  table: string,
): Map<string, Finding[]> {
  const at = analysed.parts.findIndex(({ id }) => id === table)
  const part = analysed.parts[at]
  const found = new Map<string, Finding[]>()
  if (part?.kind !== 'table') return found
  for (const finding of findings) {
    const [, index, row] = /^\/parts\/(\d+)\/rows\/(\d+)/.exec(finding.place.path) ?? []
    const id = Number(index) === at ? part.rows[Number(row)]?.id : undefined
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), finding])
  }
  return found
}

/** The findings that are of a table as a whole: its gaps first of all. */
export function findingsOfTable(
  analysed: Decision,
  findings: readonly Finding[],
  table: string,
): Finding[] {
  const path = `/parts/${analysed.parts.findIndex(({ id }) => id === table)}/rows`
  return findings.filter(({ place }) => place.path === path)
}

/** Each row of a table that has something to say, by its id. */
export function rowMarks(
  table: string,
  {
    analysed,
    findings,
    outcome,
    covered,
  }: {
    readonly analysed: Decision
    readonly findings: readonly Finding[]
    readonly outcome: DraftOutcome
    readonly covered: CoverageMarks
  },
): ReadonlyMap<string, RowMark> {
  const marks = new Map<string, RowMark>()
  for (const [row, list] of findingsByRow(analysed, findings, table)) {
    const severity = grave.findLast((each) => list.some((finding) => finding.severity === each))
    marks.set(row, { findings: list, ...(severity && { severity }), fate: null })
  }
  for (const [key, mark] of covered)
    if (key.startsWith(coverageKey(table, ''))) {
      const row = key.slice(coverageKey(table, '').length)
      marks.set(row, { findings: [], fate: null, ...marks.get(row), covered: mark })
    }
  if ('problem' in outcome) return marks
  const put = (row: string, fate: RowMark['fate']): void => {
    marks.set(row, { findings: [], ...marks.get(row), fate })
  }
  for (const { part, rule, missing } of outcome.result.unknown)
    if (part === table) put(rule, { fate: 'unknown', missing })
  for (const { part, rule } of outcome.result.fired)
    if (part === table) put(rule, { fate: 'fired' })
  return marks
}
