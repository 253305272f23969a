import papaparse from 'papaparse'
import { caseReader } from '#core/decision/batch.ts'
import type { NestedDecisions } from '#core/decision/compile.ts'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { timeOf } from '#core/decision/testing/run-tests.ts'
import { addCounts, noCounts, type Counts } from '#core/decision/woe.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import type { CompiledLogic } from '#core/logic/evaluation.ts'
import { columnTargets } from '../batch/column-targets.ts'
import { compileDraft, sampleOf } from '../try-draft.ts'
import { bordersOf } from './borders.ts'
import { distribution, type Distribution } from './distribution.ts'
import { guessOutcome, outcomeChoices, type OutcomeChoice, type OutcomeColumn } from './outcomes.ts'

/** Somebody whom the scorecards are tried on. */
interface Applicant {
  readonly input: JsonObject
  /** ms; absent for now. */
  readonly at?: number
  /** How it went; absent where that is not known. */
  readonly bad?: boolean
}

/** A file of applicants, with the column that tells how it went: a guess until one is chosen. */
export interface ApplicantFile {
  readonly file: File
  readonly outcome: OutcomeColumn | null | 'guess'
}

/** What one scorecard came to, over all applicants. */
interface PartScores {
  readonly scores: readonly number[]
  /** How it went with each score's applicant; null where that is not known. */
  readonly bads: readonly (boolean | null)[]
  /** Without a score: something is missing, no bin takes it, or the scorecard did not run. */
  readonly unscored: number
  /** Applicants by `characteristic.bin`. */
  readonly bins: Readonly<Record<string, number>>
  /** By `characteristic.bin`, how it went with those of whom it is known. */
  readonly outcomes: Readonly<Record<string, Counts>>
  /** By characteristic, how its values lie; absent where they are no numbers. */
  readonly values: Readonly<Record<string, Distribution>>
}
export interface Population {
  readonly count: number
  /** Rows of the file that could not be read, and applicants that could not be decided. */
  readonly failed: number
  readonly parts: Readonly<Record<string, PartScores>>
  /** Columns that could tell how it went, and the one that does. */
  readonly choices: readonly OutcomeChoice[]
  readonly outcome: OutcomeColumn | null
  /** Why there is nothing to count. */
  readonly problem: string | null
}

export const noPopulation: Population = {
  count: 0,
  failed: 0,
  parts: {},
  choices: [],
  outcome: null,
  problem: null,
}

/** Rows of a file that are looked at. */
const mostApplicants = 20_000

interface ReadApplicants extends Pick<Population, 'choices' | 'outcome'> {
  readonly applicants: readonly Applicant[]
  readonly failed: number
}

/** The applicants of a CSV text as the decision reads them. @throws TerminalError BATCH_COLUMN */
export function readApplicants(
  text: string,
  decision: Decision,
  wanted: ApplicantFile['outcome'] = 'guess',
): ReadApplicants {
  const { data } = papaparse.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    preview: mostApplicants + 1,
  })
  const headers = (data[0] ?? []).map((name) => name.replace(/^\uFEFF/, '').trim())
  const targets = columnTargets(headers, decision.input)
  const mapping = Object.fromEntries(headers.map((name, index) => [name, targets[index] ?? '']))
  const reader = caseReader(headers, decision, mapping)
  const rows = data.slice(1)
  const choices = outcomeChoices(headers, rows, (column) => targets[column] !== null)
  const outcome = wanted === 'guess' ? guessOutcome(choices) : wanted
  const told = outcome === null ? -1 : headers.indexOf(outcome.column)
  const howItWent = (cells: readonly string[]): Pick<Applicant, 'bad'> => {
    const text = (cells[told] ?? '').trim()
    return text === '' ? {} : { bad: text === outcome?.bad }
  }
  let failed = 0
  const applicants = rows.flatMap((cells) => {
    try {
      return [{ input: reader.input(cells), ...howItWent(cells) }]
    } catch {
      failed += 1
      return []
    }
  })
  return { applicants, failed, choices, outcome }
}

/** The applicants of the document's own tests. */
export const testApplicants = ({ tests }: Decision, now: number): Applicant[] =>
  tests.map((test) => ({ input: sampleOf(test), at: timeOf(test, now) }))

/** Decides all applicants and counts what each scorecard made of them. */
export function countApplicants(
  decision: Decision,
  applicants: readonly Applicant[],
  { now, nested }: { readonly now: number; readonly nested?: NestedDecisions },
): Omit<Population, 'choices' | 'outcome'> {
  const evaluate = compileDraft(decision, nested)
  const parts = new Map(
    decision.parts
      .filter((part) => part.kind === 'scorecard')
      .map((part) => [part.id, tally(part)]),
  )
  let failed = 0
  let problem: string | null = null
  for (const { input, at = now, bad } of applicants) {
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
      if (typeof score === 'number') {
        counted.scores.push(score)
        counted.bads.push(bad ?? null)
      } else counted.unscored += 1
      if (value !== null || counted.alwaysRuns)
        counted.measure({ ...input, ...values, input }, at, bad === true)
    }
    for (const { part, rule } of fired) {
      const counted = parts.get(part)
      if (counted === undefined) continue
      counted.bins[rule] = (counted.bins[rule] ?? 0) + 1
      if (bad === undefined) continue
      const one = { goods: bad ? 0 : 1, bads: bad ? 1 : 0 }
      counted.outcomes[rule] = addCounts(counted.outcomes[rule] ?? noCounts, one)
    }
  }
  return {
    count: applicants.length,
    failed,
    parts: Object.fromEntries(
      [...parts].map(([id, { measure: _measure, alwaysRuns: _runs, values, ...counted }]) => [
        id,
        { ...counted, values: values() },
      ]),
    ),
    problem: failed === applicants.length ? problem : null,
  }
}

/** What is counted of one scorecard, and the values of its characteristics. */
function tally({ characteristics, only }: ScorecardPart) {
  const facts = characteristics.map(({ id, expression, bins }) => ({
    id,
    borders: bordersOf(bins),
    read: readable(expression),
    values: [] as number[],
    bads: [] as boolean[],
  }))
  return {
    /** A scorecard that does not run measures nothing. */
    alwaysRuns: only === undefined,
    scores: [] as number[],
    bads: [] as (boolean | null)[],
    unscored: 0,
    bins: {} as Record<string, number>,
    outcomes: {} as Record<string, Counts>,
    measure(scope: JsonObject, at: number, bad: boolean): void {
      for (const { read, values, bads } of facts) {
        const value = read(scope, { at })
        if (typeof value !== 'number') continue
        values.push(value)
        bads.push(bad)
      }
    },
    values: (): Record<string, Distribution> =>
      Object.fromEntries(
        facts.flatMap(({ id, borders, values, bads }) => {
          const isBad = (index: number): boolean => bads[index] === true
          const lie = distribution(values, { isBad, wanted: borders })
          return lie === null ? [] : [[id, lie]]
        }),
      ),
  }
}

/** What does not compile measures nothing; its findings say why. */
function readable(expression: Json): CompiledLogic {
  try {
    return compileLogic(expression)
  } catch {
    return () => null
  }
}
