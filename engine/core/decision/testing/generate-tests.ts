import { analyseTable } from '#core/decision/analysis/analyse-table.ts'
import { bitsOf, members } from '#core/decision/analysis/bits.ts'
import { indexBoxes, uncovered } from '#core/decision/analysis/cover.ts'
import { meetingBoxes } from '#core/decision/analysis/overlap.ts'
import { spaceOf, type Box } from '#core/decision/analysis/space.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import { compileDecision } from '#core/decision/compile.ts'
import { candidatesOf } from '#core/decision/explain/candidates.ts'
import { withValue } from '#core/decision/explain/counterfactual.ts'
import { writtenPart, type WrittenUnit } from '#core/decision/explain/units.ts'
import type { DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'
import { read } from '#core/logic/path.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'
import { canonicalJson, plainText, type Json, type JsonObject } from '#core/json.ts'

/** More are not made: who has these sees what is left uncovered. */
const mostTests = 2000
/** How long the search for a case of one row may take. */
const wordBudget = 1_000_000

/**
 * A case for each rule and row, both sides of each threshold of it, and each gap of a table; every input once. What
 * each expects is what the decision gives today, so they hold what is, and say nothing of what ought to be.
 * @throws LogicError, TerminalError where the decision does not compile
 */
export function generateTests(decision: Decision, at: number): DecisionTest[] {
  const evaluate = compileDecision(decision)
  const tests = new Map<string, DecisionTest>()
  const add = (name: string, input: JsonObject, fires: WrittenUnit | null): boolean => {
    const key = canonicalJson(input)
    if (tests.has(key) || tests.size >= mostTests) return false
    try {
      const result = evaluate(input, at)
      if (fires && !result.fired.some(({ rule }) => rule === fires.id)) return false
      const expect = { outcome: result.outcome, reasons: result.reasons.map(({ code }) => code) }
      const values = result.values as Json
      tests.set(key, {
        name,
        input: input as DecisionTest['input'],
        expect: { ...(values as object), ...expect } as DecisionTest['expect'],
      })
      return true
    } catch {
      // An input that breaks a hit policy has a finding of its own.
      return false
    }
  }
  const candidates = candidatesOf(decision)
  /** The values beside the witness: all that other parts ask for as well. */
  const base = candidates.reduce<JsonObject>(
    (input, { path, values }) => withValue(input, path, values.at(-1) ?? null),
    {},
  )
  const over = (witness: JsonObject): JsonObject =>
    candidates.reduce<JsonObject>((input, { path }) => {
      const value = read(witness, path)
      return value === undefined ? input : withValue(input, path, value)
    }, base)

  const cases: { unit: WrittenUnit; input: JsonObject }[] = []
  for (const [index, part] of decision.parts.entries()) {
    const { units, first } = writtenPart(part, `/parts/${index}`)
    for (const { unit, input } of casesOf(units, first, decision))
      for (const whole of [over(input), input])
        if (add(`${part.name}: ${unit.name}`, whole, unit)) {
          cases.push({ unit, input: whole })
          break
        }
    if (part.kind !== 'table') continue
    for (const { witness } of analyseTable(part, decision.input)?.gaps ?? [])
      if (witness.real) add(`${part.name}: no row`, over(witness.input), null)
  }
  for (const { unit, input } of cases)
    for (const { path, values } of candidates) {
      const name = path.join('.')
      if (!mentions(unit, path)) continue
      for (const value of values)
        add(`${unit.name}, ${name} ${plainText(value)}`, withValue(input, path, value), null)
    }
  return [...tests.values()]
}

/** An input that meets each unit; where an earlier one would end the part, one that meets none of them. */
function casesOf(
  units: readonly WrittenUnit[],
  first: boolean,
  decision: Decision,
): { unit: WrittenUnit; input: JsonObject }[] {
  const space = spaceOrNull(units, decision)
  if (space === null) return []
  const boxes = space.regions.flat()
  const owners = space.regions.flatMap((region, unit) => region.map(() => unit))
  const index = indexBoxes(space.dimensions, boxes)
  const meeting = meetingBoxes(boxes, index)
  return boxes.flatMap((box, at) => {
    const owner = owners[at] as number
    const unit = units[owner] as WrittenUnit
    const earlier = bitsOf(
      boxes.length,
      members(meeting(at)).filter((other) => (owners[other] as number) < owner),
    )
    const budget = { left: wordBudget }
    const free: readonly Box[] = first
      ? uncovered(index, { within: box, among: earlier, most: 1, budget }).free
      : [box]
    const witness = free[0] && witnessIn(space.dimensions, free[0])
    return witness?.real ? [{ unit, input: witness.input }] : []
  })
}

function spaceOrNull(units: readonly WrittenUnit[], decision: Decision) {
  try {
    return spaceOf(
      units.map(({ condition }) => condition),
      decision.input,
    )
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const mentions = ({ condition }: WrittenUnit, path: readonly string[]): boolean =>
  readsPath(condition, path.join('.'))

const readsPath = (tree: Tree, path: string): boolean =>
  (tree.kind === 'path' && [path, `input.${path}`].includes(tree.path.join('.'))) ||
  sameScope(tree).some((part) => readsPath(part, path))
