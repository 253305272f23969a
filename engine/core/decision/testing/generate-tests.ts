import { analyseTable } from '#core/decision/analysis/analyse-table.ts'
import {
  joined,
  leversOf,
  type Candidates,
  type Levers,
} from '#core/decision/explain/candidates.ts'
import type { ExplainOptions } from '#core/decision/explain/explain.ts'
import { placesOf, type Places } from '#core/decision/explain/places.ts'
import { withValue } from '#core/decision/explain/with-value.ts'
import { casesOf } from '#core/decision/testing/direct-cases.ts'
import { goalsOf, search, type Goal } from '#core/decision/testing/meet-unit.ts'
import { hangsOnDay } from '#core/decision/testing/hangs-on-day.ts'
import { inputOf, timeOf, type DecisionTest } from '#core/decision/testing/run-tests.ts'
import type { Decision } from '#core/graph/decision.ts'
import { canonicalJson, plainText, type Json, type JsonObject } from '#core/json.ts'
import { today } from '#core/logic/dates.ts'
import { read } from '#core/logic/path.ts'

/** More are not made: who has these sees what is left uncovered. */
const mostTests = 2000
/** Evaluations that looking for cases may take, in all. */
const mostEvaluations = 60_000

/**
 * A case for each rule, row, bin and cut-off, both sides of each threshold of it, and each gap of a table; every input
 * once. Also of what is worked out, and of the decisions that this one asks. What each expects is what the decision
 * gives today, so they hold what is, and say nothing of what ought to be.
 * @throws LogicError, TerminalError where the decision does not compile
 */
export function generateTests(decision: Decision, options: ExplainOptions): DecisionTest[] {
  const { nested = () => undefined } = options
  const all = placesOf(decision, nested)
  // What is decided on another day may be another thing.
  const on = hangsOnDay(all.places) ? (today({ at: options.at }) ?? undefined) : undefined
  const at = timeOf({ on }, options.at)
  const levers = leversOf(all)
  const tests = new Map<string, DecisionTest>()
  const budget = { left: mostEvaluations }
  const add = (name: string, input: JsonObject): boolean => {
    const key = canonicalJson(input)
    if (tests.has(key) || tests.size >= mostTests) return false
    try {
      const result = all.evaluate(input, at)
      const expect = { outcome: result.outcome, reasons: result.reasons.map(({ code }) => code) }
      const values = result.values as Json
      tests.set(key, {
        name,
        input: input as DecisionTest['input'],
        expect: { ...(values as object), ...expect } as DecisionTest['expect'],
        ...(on === undefined ? {} : { on }),
      })
      return true
    } catch {
      // An input that breaks a hit policy has a finding of its own.
      return false
    }
  }
  const base = levers.base(at)
  const given = decision.tests.map(inputOf)
  const cases: { goal: Goal; input: JsonObject }[] = []
  for (const goal of goalsOf(all, at)) {
    const input =
      direct(goal, { all, levers, base, decision }) ??
      search(goal, { levers, at, budget, from: [base, ...given, ...recent(cases)] })
    if (input === null) continue
    add(goal.name, input)
    cases.push({ goal, input })
  }
  for (const [index, part] of decision.parts.entries()) {
    if (part.kind !== 'table') continue
    const analysis = analyseTable(part, decision.input)
    if (analysis === null || analysis === 'too wide') continue
    for (const { witness } of analysis.gaps)
      if (witness.real && all.places[0]?.written[index])
        add(`${part.name}: no row`, over(base, levers, witness.input))
  }
  for (const { goal, input } of cases)
    for (const { path, values } of sidesOf(goal, input, { levers, at, budget }))
      for (const value of values)
        add(`${goal.name}, ${path.join('.')} ${plainText(value)}`, withValue(input, path, value))
  return [...tests.values()]
}

/** The newest cases, as they may need little more. */
const recent = (cases: readonly { readonly input: JsonObject }[]): JsonObject[] =>
  cases.slice(-3).map(({ input }) => input)

/** The witness, and for what it leaves out the base. */
const over = (base: JsonObject, { plain }: Levers, witness: JsonObject): JsonObject =>
  plain.reduce<JsonObject>((input, { path }) => {
    const value = read(witness, path)
    return value === undefined ? input : withValue(input, path, value)
  }, base)

interface Given {
  readonly all: Places
  readonly levers: Levers
  readonly base: JsonObject
  readonly decision: Decision
}

/** By the analysis alone, where the unit tests nothing but inputs of the decision at hand. */
function direct(goal: Goal, { all, levers, base, decision }: Given): JsonObject | null {
  if (goal.place !== 0) return null
  const { units, first } = all.places[0]?.written[goal.part] ?? { units: [], first: false }
  const witness = casesOf(units, first, decision).get(goal.unit)
  if (!witness) return null
  return (
    [over(base, levers, witness), witness].find((input) => goal.distance(input).total === 0) ?? null
  )
}

/** Both sides of each threshold in the unit's condition, the other inputs staying as they are. */
function sidesOf(
  { place, unit }: Goal,
  input: JsonObject,
  { levers, at, budget }: { levers: Levers; at: number; budget: { left: number } },
): readonly Candidates[] {
  const read = new Set(levers.origins.readBy(place, unit.condition).map((path) => path.join('.')))
  const worked = levers.workedIn(place, unit.condition)
  return joined([
    levers.plain.filter(({ path }) => read.has(path.join('.'))),
    levers.turning(worked, input, at, budget),
  ])
}
