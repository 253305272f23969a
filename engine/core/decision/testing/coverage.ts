import { attempted } from '#core/decision/explain/attempted.ts'
import { reasonNotReached, type ExplainOptions } from '#core/decision/explain/explain.ts'
import { leavesOf } from '#core/decision/explain/misses.ts'
import {
  isPassedOver,
  partIn,
  placesOf,
  type Place,
  type Visit,
} from '#core/decision/explain/places.ts'
import type { WrittenPart } from '#core/decision/explain/units.ts'
import { inputOf, timeOf, type DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'
import type { Env } from '#core/logic/evaluation.ts'

/** What tests exercise, by JSON pointer into the document that `decision` names; tests by their index. */
export interface Coverage {
  readonly units: readonly {
    /** Dotted where it stands in another decision that this one asks. */
    readonly part: string
    readonly unit: string
    readonly name: string
    readonly pointer: string
    readonly decision: string
    /** Tests that met it. */
    readonly tests: readonly number[]
  }[]
  readonly comparisons: readonly {
    readonly pointer: string
    readonly decision: string
    readonly seenTrue: boolean
    readonly seenFalse: boolean
  }[]
  /** Tests at which evaluating failed; they cover nothing. */
  readonly failed: readonly number[]
  /** Units met and ways of comparisons seen, of all there are; 1 where there is nothing to cover. */
  readonly share: number
}

/**
 * Rules that are switched off are not counted. Also of the decisions that this one asks, each place by itself. At `at`,
 * ms since the epoch. @throws LogicError, TerminalError
 */
export function coverage(
  decision: Decision,
  tests: readonly DecisionTest[],
  { at, nested = () => undefined }: ExplainOptions,
): Coverage {
  const { places, visit } = placesOf(decision, nested)
  const watching = places.map((place) =>
    place.decision.parts.map((_, index) => watch(place, index)),
  )
  const failed: number[] = []
  for (const [number, test] of tests.entries()) {
    const env = { at: timeOf(test, at) }
    let visits: readonly (Visit | null)[]
    try {
      visits = visit(inputOf(test), env.at)
    } catch {
      failed.push(number)
      continue
    }
    for (const [place, parts] of watching.entries()) {
      const seen = visits[place]
      if (seen) for (const part of parts) takeNote(part, seen, { number, env })
    }
  }
  const watched = watching.flat().flatMap((part) => part.units)
  const units = watched.map(({ unit, part, document, tests: covering }) => ({
    part,
    unit: unit.id,
    name: unit.name,
    pointer: unit.pointer,
    decision: document,
    tests: covering,
  }))
  const comparisons = watched.flatMap(({ leaves, document }) =>
    leaves.map(({ pointer, seenTrue, seenFalse }) => ({
      pointer,
      decision: document,
      seenTrue,
      seenFalse,
    })),
  )
  const all = units.length + 2 * comparisons.length
  const seen =
    units.filter((unit) => unit.tests.length > 0).length +
    comparisons.reduce((sum, each) => sum + Number(each.seenTrue) + Number(each.seenFalse), 0)
  return { units, comparisons, failed, share: all === 0 ? 1 : seen / all }
}

const watch = (place: Place, index: number) => {
  const part = place.decision.parts[index] as DecisionPart
  const { units, first } = place.written[index] as WrittenPart
  return {
    part,
    first,
    units: units
      .filter(({ enabled }) => enabled)
      .map((unit) => ({
        unit,
        part: partIn(place, part.id),
        document: place.decision.id,
        met: compileTree(unit.condition, plainReading),
        tests: [] as number[],
        leaves: leavesOf(unit.condition).map((leaf) => ({
          pointer: leaf.place,
          test: compileTree(leaf, plainReading),
          seenTrue: false,
          seenFalse: false,
        })),
      })),
  }
}

function takeNote(
  { part, first, units }: ReturnType<typeof watch>,
  { scope, result }: Visit,
  { number, env }: { number: number; env: Env },
): void {
  if (isPassedOver(part, result)) return
  let ended = false
  for (const { unit, met, tests: covering, leaves } of units) {
    if (reasonNotReached(unit, env, ended) !== null) continue
    for (const leaf of leaves) {
      // One that evaluating left out may fail.
      const value = attempted(() => leaf.test(scope, env))
      leaf.seenTrue ||= value === true
      leaf.seenFalse ||= value === false
    }
    if (attempted(() => met(scope, env)) !== true) continue
    covering.push(number)
    ended ||= first
  }
}
