import { keyOf } from '#core/decision/analysis/atom.ts'
import type { Logic } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'
import { parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** A value at which a condition turns. */
export interface Threshold {
  readonly subject: Tree
  readonly value: Json
}

/** With the threshold itself, or without. */
const strictness = {
  in: { lt: 'lte', gt: 'gte' },
  out: { lte: 'lt', gte: 'gt' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

/** A change at a JSON pointer within a condition. */
interface Turned {
  readonly place: string
  readonly value: Logic
}

/**
 * The condition with the threshold taken in, or left out: `< 650` for `<= 650`. Null where that is not one change of
 * one comparison.
 */
export function turned(
  condition: Logic,
  { subject, value }: Threshold,
  to: 'in' | 'out',
): Turned | null {
  const swaps: Readonly<Record<string, string>> = strictness[to]
  const found: Turned[] = []
  const look = (part: Tree): void => {
    if (part.kind !== 'call') return
    // Below `not` it would mean the opposite.
    if (part.operator === 'all_of' || part.operator === 'any_of') return part.args.forEach(look)
    const swap = Object.hasOwn(swaps, part.operator) ? swaps[part.operator] : undefined
    if (swap === undefined) return
    const isOn = part.args.some((arg) => keyOf(arg) === keyOf(subject))
    if (!isOn || !part.args.some((arg) => arg.kind === 'value' && arg.value === value)) return
    const stored = readPointer(condition, part.place)
    const args = isObject(stored) ? stored[part.operator] : null
    if (Array.isArray(args)) found.push({ place: part.place, value: { [swap]: args as Json } })
  }
  look(parseLogic(condition))
  const [only, ...more] = found
  return only && more.length === 0 ? only : null
}

/** The condition with what was turned in its place. */
export const changedAt = (condition: Logic, { place, value }: Turned): Logic =>
  put(condition as Json, place.split('/').slice(1), value as Json) as Logic

function put(into: Json, [key, ...rest]: readonly string[], value: Json): Json {
  if (key === undefined) return value
  if (Array.isArray(into)) {
    const list = into as readonly Json[]
    return list.map((item, index) => (String(index) === key ? put(item, rest, value) : item))
  }
  const object = into as JsonObject
  return { ...object, [key]: put(object[key] ?? null, rest, value) }
}
