import { isObject, type Json } from '#core/json.ts'
import { equal, order } from '#core/logic/compare.ts'

/** A range as a value, as FEEL names its parts. */
export const rangeOf = (start: Json, end: Json, startIn: Json, endIn: Json): Json => {
  const ordered = order(start, end)
  if (ordered === null || ordered > 0) return null
  if (typeof startIn !== 'boolean' || typeof endIn !== 'boolean') return null
  return { start, end, 'start included': startIn, 'end included': endIn }
}

interface Range {
  readonly start: Json
  readonly end: Json
  readonly startIn: boolean
  readonly endIn: boolean
}

/** The range that a value is; a single value is the range of itself alone. Null for anything else. */
function asRange(value: Json, points: boolean): Range | null {
  if (!isObject(value)) {
    const isPoint = points && order(value, value) !== null
    return isPoint ? { start: value, end: value, startIn: true, endIn: true } : null
  }
  const all = value as Readonly<Record<string, Json | undefined>>
  const { start = null, end = null } = all
  const [startIn, endIn] = [all['start included'], all['end included']]
  return typeof startIn === 'boolean' && typeof endIn === 'boolean' && order(start, end) !== null
    ? { start, end, startIn, endIn }
    : null
}

/** Whether a value lies in a range; null where it is none, or cannot be compared. */
export function inRange(value: Json, range: Json): boolean | null {
  const found = asRange(range, false)
  if (found === null || equal(value, found.start) === null) return null
  return relations['includes'](found, { start: value, end: value, startIn: true, endIn: true })
}

const less = (a: Json, b: Json): boolean => (order(a, b) ?? 0) < 0
const alike = (a: Json, b: Json): boolean => order(a, b) === 0

type Relation = (a: Range, b: Range) => boolean
const turned =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a)

const before: Relation = (a, b) =>
  less(a.end, b.start) || (alike(a.end, b.start) && !(a.endIn && b.startIn))
const meets: Relation = (a, b) => a.endIn && b.startIn && alike(a.end, b.start)
const includes: Relation = (a, b) =>
  (less(a.start, b.start) || (alike(a.start, b.start) && (a.startIn || !b.startIn))) &&
  (less(b.end, a.end) || (alike(a.end, b.end) && (a.endIn || !b.endIn)))
const overlapsBefore: Relation = (a, b) =>
  (less(a.start, b.start) || (alike(a.start, b.start) && a.startIn && !b.startIn)) &&
  !before(a, b) &&
  (less(a.end, b.end) || (alike(a.end, b.end) && (!a.endIn || b.endIn)))
const finishes: Relation = (a, b) =>
  a.endIn === b.endIn &&
  alike(a.end, b.end) &&
  (less(b.start, a.start) || (alike(a.start, b.start) && (!a.startIn || b.startIn)))
const starts: Relation = (a, b) =>
  a.startIn === b.startIn &&
  alike(a.start, b.start) &&
  (less(a.end, b.end) || (alike(a.end, b.end) && (!a.endIn || b.endIn)))

/** DMN 1.4, table 78; a single value is taken as the closed range of itself, which gives what the table says of it. */
const relations = {
  before,
  after: turned(before),
  meets,
  'met by': turned(meets),
  overlaps: (a, b) => !before(a, b) && !before(b, a),
  'overlaps before': overlapsBefore,
  'overlaps after': turned(overlapsBefore),
  finishes,
  'finished by': turned(finishes),
  includes,
  during: turned(includes),
  starts,
  'started by': turned(starts),
  coincides: (a, b) =>
    alike(a.start, b.start) &&
    alike(a.end, b.end) &&
    a.startIn === b.startIn &&
    a.endIn === b.endIn,
} as const satisfies Record<string, Relation>
export type RangeRelation = keyof typeof relations

/** How two ranges, or values, lie; null where one is neither, or they cannot be compared. */
export function related(name: RangeRelation, one: Json, other: Json): boolean | null {
  const [a, b] = [asRange(one, true), asRange(other, true)]
  if (a === null || b === null || order(a.start, b.start) === null) return null
  return relations[name](a, b)
}
