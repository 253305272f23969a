import { createContext, use, useMemo } from 'react'
import type { Coverage } from '#core/decision/testing/coverage.ts'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { JsonObject } from '#core/json.ts'
import type { ScopeField } from '../inspector/condition-builder/scope-field.ts'
import type { CoverageMarks } from './explain/coverage-marks.ts'
import type { AnswerState } from './draft-thread.ts'
import type { History } from './history.ts'
import { partFields } from './part-fields.ts'
import type { Unread } from './table/sheet.ts'
import type { ApplicantFile } from './scorecard/applicants.ts'
import type { OtherDecisions } from './other-decisions.ts'
import type { DraftOutcome } from './try-draft.ts'

/** A part, a row or rule or whatever it lists, and one of its fields, that is to be brought into sight. */
export interface ShownPlace {
  readonly part: string
  readonly entry: string | null
  /** Of a row `when.` or `then.` with the column's id. */
  readonly field: string | null
}

/** What the parts of the editor share. */
export interface EditorServices {
  readonly decision: Decision
  /** The decisions that it asks. */
  readonly others: OtherDecisions
  readonly change: History<Decision>['change']
  readonly findings: readonly Finding[]
  /** The decision in which the findings' places count; the editor's own may have outrun it. */
  readonly analysed: Decision
  readonly analysis: AnswerState
  /** Texts of table cells that could not be read, by their table. */
  readonly unread: Readonly<Record<string, readonly Unread[]>>
  readonly setUnread: (table: string, unread: readonly Unread[]) => void
  /** Opens Problems at a finding. */
  readonly showFinding: (finding: Finding) => void
  /** What was asked for last, until the next press or key. */
  readonly shown: ShownPlace | null
  /** Brings a place into sight, in the list of parts. */
  readonly show: (place: ShownPlace) => void
  /** What the input holds. */
  readonly fields: readonly ScopeField[]
  /** What the draft decides for the sample. */
  readonly outcome: DraftOutcome
  /** What it decides for each of its tests; a new test has none for a moment. */
  readonly testOutcomes: readonly DraftOutcome[]
  /** What the tests exercise, and the same by rule, row and case; only while the tests are open. */
  readonly coverage: Coverage | null
  readonly covered: CoverageMarks
  readonly sample: JsonObject
  readonly setSample: (sample: JsonObject) => void
  /** A CSV file of applicants on whom scorecards are shown; null for those of the tests. */
  readonly applicants: ApplicantFile | null
  readonly setApplicants: (file: ApplicantFile | null) => void
}

export const EditorContext = createContext<EditorServices | null>(null)

/** @throws Error outside an editor */
export function useEditor(): EditorServices {
  const services = use(EditorContext)
  if (services === null) throw new Error('a part of the decision editor stands outside of it')
  return services
}

/** What the conditions of a part can read: the input, and what the parts before it give. */
export function useFields(part: string): readonly ScopeField[] {
  const { decision, fields } = useEditor()
  return useMemo(() => [...fields, ...partFields(decision, part)], [fields, decision, part])
}

/** What the names in an expression are for the sample: the input, and what the parts came to. */
export function useScope(): JsonObject {
  const { sample, outcome } = useEditor()
  return useMemo(
    () => ({ ...sample, ...('result' in outcome ? outcome.result.values : {}), input: sample }),
    [sample, outcome],
  )
}
