import papaparse from 'papaparse'
import { caseReader } from '#core/decision/batch.ts'
import type { NestedDecisions } from '#core/decision/compile.ts'
import { timeOf } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isObject, type JsonObject } from '#core/json.ts'
import { columnTargets } from '../batch/column-targets.ts'
import { compileDraft, sampleOf } from '../try-draft.ts'

/** Somebody whom the scorecards are tried on. */
interface Applicant {
  readonly input: JsonObject
  /** ms; absent for now. */
  readonly at?: number
}

/** What one scorecard came to, over all applicants. */
interface PartScores {
  readonly scores: readonly number[]
  /** Without a score: something is missing, no bin takes it, or the scorecard did not run. */
  readonly unscored: number
  /** Applicants by `characteristic.bin`. */
  readonly bins: Readonly<Record<string, number>>
}
export interface Population {
  readonly count: number
  /** Rows of the file that could not be read, and applicants that could not be decided. */
  readonly failed: number
  readonly parts: Readonly<Record<string, PartScores>>
  /** Why there is nothing to count. */
  readonly problem: string | null
}

export const noPopulation: Population = { count: 0, failed: 0, parts: {}, problem: null }

/** Rows of a file that are looked at. */
const mostApplicants = 20_000

/** The applicants of a CSV text as the decision reads them. @throws TerminalError BATCH_COLUMN */
export function readApplicants(
  text: string,
  decision: Decision,
): { readonly applicants: readonly Applicant[]; readonly failed: number } {
  const { data } = papaparse.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    preview: mostApplicants + 1,
  })
  const headers = (data[0] ?? []).map((name) => name.replace(/^\uFEFF/, '').trim())
  const targets = columnTargets(headers, decision.input)
  const mapping = Object.fromEntries(headers.map((name, index) => [name, targets[index] ?? '']))
  const reader = caseReader(headers, decision, mapping)
  let failed = 0
  const applicants = data.slice(1).flatMap((cells) => {
    try {
      return [{ input: reader.input(cells) }]
    } catch {
      failed += 1
      return []
    }
  })
  return { applicants, failed }
}

/** The applicants of the document's own tests. */
export const testApplicants = ({ tests }: Decision, now: number): Applicant[] =>
  tests.map((test) => ({ input: sampleOf(test), at: timeOf(test, now) }))

/** Decides all applicants and counts what each scorecard made of them. */
export function countApplicants(
  decision: Decision,
  applicants: readonly Applicant[],
  { now, nested }: { readonly now: number; readonly nested?: NestedDecisions },
): Population {
  const evaluate = compileDraft(decision, nested)
  const parts = new Map(
    decision.parts
      .filter(({ kind }) => kind === 'scorecard')
      .map(({ id }) => [
        id,
        { scores: [] as number[], unscored: 0, bins: {} as Record<string, number> },
      ]),
  )
  let failed = 0
  let problem: string | null = null
  for (const { input, at = now } of applicants) {
    const outcome = evaluate(input, at)
    if ('problem' in outcome) {
      failed += 1
      problem ??= outcome.problem
      continue
    }
    const { values, fired } = outcome.result
    for (const [id, counted] of parts) {
      const value = values[id]
      const score = isObject(value) ? value['score'] : null
      if (typeof score === 'number') counted.scores.push(score)
      else counted.unscored += 1
    }
    for (const { part, rule } of fired) {
      const bins = parts.get(part)?.bins
      if (bins !== undefined) bins[rule] = (bins[rule] ?? 0) + 1
    }
  }
  return {
    count: applicants.length,
    failed,
    parts: Object.fromEntries(parts),
    problem: failed === applicants.length ? problem : null,
  }
}
