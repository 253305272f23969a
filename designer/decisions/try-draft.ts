import { compileDecision, type NestedDecisions } from '#core/decision/compile.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import { timeOf } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'
import { canonicalJson, isObject, type Json, type JsonObject } from '#core/json.ts'

export type DraftOutcome = { readonly result: DecisionResult } | { readonly problem: string }

/** What a draft decides for the sample, and for each of its tests in their order. */
export interface DraftOutcomes {
  readonly sample: DraftOutcome
  readonly tests: readonly DraftOutcome[]
}

const failure = (error: unknown): DraftOutcome => ({
  problem: error instanceof Error ? error.message : String(error),
})

/** Compiles the draft once for many inputs; one that does not compile says why to each. */
export function compileDraft(
  decision: Decision,
  nested?: NestedDecisions,
): (input: JsonObject, at: number) => DraftOutcome {
  try {
    const evaluate = compileDecision(decision, nested)
    return (input, at) => {
      try {
        return { result: evaluate(input, at) }
      } catch (error) {
        return failure(error)
      }
    }
  } catch (error) {
    return () => failure(error)
  }
}

export const evaluateDraft = (
  decision: Decision,
  input: JsonObject,
  at = Date.now(),
): DraftOutcome => compileDraft(decision)(input, at)

export function draftOutcomes(
  decision: Decision,
  sample: JsonObject,
  { at = Date.now(), nested }: { readonly at?: number; readonly nested?: NestedDecisions } = {},
): DraftOutcomes {
  const evaluate = compileDraft(decision, nested)
  return {
    sample: evaluate(sample, at),
    tests: decision.tests.map((test) => evaluate(sampleOf(test), timeOf(test, at))),
  }
}

/** How a rule or row of a part fared with the sample. */
export function fateOf(
  outcome: DraftOutcome,
  part: string,
  id: string,
):
  | { readonly fate: 'fired' }
  | { readonly fate: 'unknown'; readonly missing: readonly string[] }
  | null {
  if ('problem' in outcome) return null
  const { fired, unknown } = outcome.result
  if (fired.some((each) => each.part === part && each.rule === id)) return { fate: 'fired' }
  const open = unknown.find((each) => each.part === part && each.rule === id)
  return open === undefined ? null : { fate: 'unknown', missing: open.missing }
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** Every field that a test expects and the result has differently, as `field: expected x, got y`; reasons by code. */
export function differences(
  expected: Json,
  result: DecisionResult,
): { readonly field: string; readonly expected: string; readonly actual: string }[] {
  if (!isObject(expected)) return []
  const actual: Record<string, unknown> = { ...result.values, ...result }
  return Object.entries(expected).flatMap(([field, wanted]) => {
    const given = actual[field]
    const got = field === 'reasons' ? codesLike(wanted, given) : given
    const same = canonicalJson((wanted ?? null) as Json) === canonicalJson((got ?? null) as Json)
    return same ? [] : [{ field, expected: textOf(wanted), actual: textOf(got) }]
  })
}

/** A test may list reasons by code alone. */
const codesLike = (wanted: unknown, given: unknown): unknown =>
  Array.isArray(wanted) && wanted.every((each) => typeof each === 'string') && Array.isArray(given)
    ? given.map((reason: unknown) => (isObject(reason) ? reason['code'] : reason))
    : given

/** What a test that is kept from a sample expects: outcome and the codes of the reasons. */
export const expectationOf = (result: DecisionResult): JsonObject => ({
  outcome: result.outcome,
  reasons: result.reasons.map((reason) => reason.code),
})

/** The sample that a test of the document gives. */
export const sampleOf = (test: Decision['tests'][number]): JsonObject =>
  isObject(test.input) ? (test.input as JsonObject) : {}

/** Whether a test expects what came out. */
export const passes = (test: Decision['tests'][number], outcome: DraftOutcome): boolean =>
  'result' in outcome && differences(test.expect, outcome.result).length === 0
