import { compileDecision, type NestedDecisions } from '#core/decision/compile.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { Decision } from '#core/graph/decision.ts'
import { canonicalJson, isObject, type Json, type JsonObject } from '#core/json.ts'

export type DecisionTest = Decision['tests'][number]

/** The input of a test; one that is no object stands for an empty one. */
export const inputOf = (test: DecisionTest): JsonObject =>
  isObject(test.input) ? (test.input as JsonObject) : {}

/** When a test is decided: at noon in India of its day, or else `at`, ms since the epoch. */
export const timeOf = ({ on }: Pick<DecisionTest, 'on'>, at: number): number =>
  on === undefined ? at : Date.parse(`${on}T06:30:00Z`)

/** Which tests pass, in their order; one at which evaluating fails does not. @throws LogicError, TerminalError */
export function runTests(
  decision: Decision,
  tests: readonly DecisionTest[],
  { at, nested }: { readonly at: number; readonly nested?: NestedDecisions | undefined },
): readonly boolean[] {
  const evaluate = compileDecision(decision, nested)
  return tests.map((test) => {
    try {
      return asExpected(test.expect, evaluate(inputOf(test), timeOf(test, at)))
    } catch {
      return false
    }
  })
}

/** Whether every field that is expected is there and the same; reasons may be expected by code alone. */
function asExpected(expected: Json, result: DecisionResult): boolean {
  if (!isObject(expected)) return true
  const actual: Record<string, unknown> = { ...result.values, ...result }
  return Object.entries(expected).every(([field, wanted]) => {
    const given = field === 'reasons' ? codesLike(wanted, actual[field]) : actual[field]
    return canonicalJson((wanted ?? null) as Json) === canonicalJson((given ?? null) as Json)
  })
}

const codesLike = (wanted: unknown, given: unknown): unknown =>
  Array.isArray(wanted) && wanted.every((each) => typeof each === 'string') && Array.isArray(given)
    ? given.map((reason: unknown) => (isObject(reason) ? reason['code'] : reason))
    : given
