import { compileDecision, type NestedDecisions } from '#core/decision/compile.ts'
import { writtenPart, type WrittenPart } from '#core/decision/explain/units.ts'
import type { NestedPart } from '#core/decision/nested.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'

/** A decision where it is evaluated: the one at hand, or one that it asks, however far down. */
export interface Place {
  readonly decision: Decision
  /** The parts that lead to it, by their ids; none for the decision at hand. */
  readonly inside: readonly string[]
  /** Their names. */
  readonly names: readonly string[]
  readonly written: readonly WrittenPart[]
  /** Who asks for it: the number of its place, and the part; null for the decision at hand. */
  readonly asked: { readonly by: number; readonly part: NestedPart } | null
}

/** What a place was given and came to. */
export interface Visit {
  readonly input: JsonObject
  readonly result: DecisionResult
  /** What its logic reads. */
  readonly scope: JsonObject
}

export interface Places {
  /** The decision at hand first, each before those that it asks. */
  readonly places: readonly Place[]
  /** By place; null where it was not asked. @throws TerminalError as the decision itself */
  readonly visit: (input: JsonObject, at: number) => readonly (Visit | null)[]
  readonly evaluate: (input: JsonObject, at: number) => DecisionResult
}

/** @throws as `compileDecision` */
export function placesOf(decision: Decision, nested: NestedDecisions): Places {
  const evaluate = compileDecision(decision, nested)
  const places: Place[] = []
  const compiled = [evaluate]
  const gather = (place: Omit<Place, 'written'>): void => {
    const number = places.length
    const { parts } = place.decision
    const written = parts.map((part, index) => writtenPart(part, `/parts/${index}`))
    places.push({ ...place, written })
    for (const part of parts) {
      const document = part.kind === 'decision' ? nested(part.decision) : undefined
      if (part.kind !== 'decision' || !document) continue
      compiled[places.length] = compileDecision(document, nested)
      gather({
        decision: document,
        inside: [...place.inside, part.id],
        names: [...place.names, part.name || part.id],
        asked: { by: number, part },
      })
    }
  }
  gather({ decision, inside: [], names: [], asked: null })
  const givers = places.map(({ asked }) =>
    Object.entries(asked?.part.inputs ?? {}).map(
      ([name, logic]) => [name, compileLogic(logic)] as const,
    ),
  )
  const visit = (input: JsonObject, at: number): (Visit | null)[] => {
    const visits: (Visit | null)[] = []
    for (const [number, place] of places.entries()) {
      const around = place.asked === null ? null : visits[place.asked.by]
      if (place.asked !== null && (!around || isPassedOver(place.asked.part, around.result))) {
        visits.push(null)
        continue
      }
      const given = around
        ? Object.fromEntries(
            (givers[number] ?? []).map(([name, value]) => [name, value(around.scope, { at })]),
          )
        : input
      const result = (compiled[number] as typeof evaluate)(given, at)
      visits.push({ input: given, result, scope: scopeOf(place.decision, given, result) })
    }
    return visits
  }
  return { places, visit, evaluate }
}

/** The id of a part as a result names it, from the decision at hand down. */
export const partIn = ({ inside }: Place, part: string): string => [...inside, part].join('.')

/** What every part sees: the input, and the parts that were evaluated before it. */
function scopeOf(decision: Decision, input: JsonObject, result: DecisionResult): JsonObject {
  const values = decision.parts.map(({ id }): [string, Json] => [id, result.values[id] ?? null])
  return { ...input, ...Object.fromEntries(values), input }
}

/** Whether the switch that the part hangs on chose a case of another part. */
export const isPassedOver = ({ only }: DecisionPart, { values }: DecisionResult): boolean =>
  only !== undefined && !only.cases.some((each) => each === values[only.switch])
