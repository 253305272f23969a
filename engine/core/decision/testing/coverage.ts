import { compileDecision } from '#core/decision/compile.ts'
import { isPassedOver, reasonNotReached, scopeOf } from '#core/decision/explain/explain.ts'
import { leavesOf } from '#core/decision/explain/misses.ts'
import { writtenPart } from '#core/decision/explain/units.ts'
import { inputOf, type DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { Decision } from '#core/graph/decision.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'

/** What tests exercise, by JSON pointer into the document; tests by their index. */
export interface Coverage {
  readonly units: readonly {
    readonly part: string
    readonly unit: string
    readonly pointer: string
    /** Tests that met it. */
    readonly tests: readonly number[]
  }[]
  readonly comparisons: readonly {
    readonly pointer: string
    readonly seenTrue: boolean
    readonly seenFalse: boolean
  }[]
  /** Tests at which evaluating failed; they cover nothing. */
  readonly failed: readonly number[]
  /** Units met and ways of comparisons seen, of all there are; 1 where there is nothing to cover. */
  readonly share: number
}

/** Rules that are switched off are not counted. At `at`, ms since the epoch. @throws LogicError, TerminalError */
export function coverage(decision: Decision, tests: readonly DecisionTest[], at: number): Coverage {
  const evaluate = compileDecision(decision)
  const env = { at }
  const parts = decision.parts.map((part, index) => {
    const { units, first } = writtenPart(part, `/parts/${index}`)
    const watched = units
      .filter(({ enabled }) => enabled)
      .map((unit) => ({
        unit,
        met: compileTree(unit.condition, plainReading),
        tests: [] as number[],
        leaves: leavesOf(unit.condition).map((leaf) => ({
          pointer: leaf.place,
          test: compileTree(leaf, plainReading),
          seenTrue: false,
          seenFalse: false,
        })),
      }))
    return { part, first, watched }
  })
  const failed: number[] = []
  for (const [number, test] of tests.entries()) {
    const input = inputOf(test)
    let result: DecisionResult
    try {
      result = evaluate(input, at)
    } catch {
      failed.push(number)
      continue
    }
    const scope = scopeOf(decision, input, result)
    for (const { part, first, watched } of parts) {
      if (isPassedOver(part, result)) continue
      let ended = false
      for (const { unit, met, tests: covering, leaves } of watched) {
        if (reasonNotReached(unit, env, ended) !== null) continue
        for (const leaf of leaves) {
          const value = leaf.test(scope, env)
          leaf.seenTrue ||= value === true
          leaf.seenFalse ||= value === false
        }
        if (met(scope, env) !== true) continue
        covering.push(number)
        ended ||= first
      }
    }
  }
  const units = parts.flatMap(({ part, watched }) =>
    watched.map(({ unit, tests: covering }) => ({
      part: part.id,
      unit: unit.id,
      pointer: unit.pointer,
      tests: covering,
    })),
  )
  const comparisons = parts.flatMap(({ watched }) =>
    watched.flatMap(({ leaves }) =>
      leaves.map(({ pointer, seenTrue, seenFalse }) => ({ pointer, seenTrue, seenFalse })),
    ),
  )
  const all = units.length + 2 * comparisons.length
  const seen =
    units.filter((unit) => unit.tests.length > 0).length +
    comparisons.reduce((sum, each) => sum + Number(each.seenTrue) + Number(each.seenFalse), 0)
  return { units, comparisons, failed, share: all === 0 ? 1 : seen / all }
}
