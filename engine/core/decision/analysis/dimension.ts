import { isObject, type Json, type JsonSchema } from '#core/json.ts'
import { parseDay } from '#core/logic/dates.ts'
import { instantOf } from '#core/logic/times.ts'
import type { Tree } from '#core/logic/tree.ts'
import { bitsBetween, type Bits } from '#core/decision/analysis/bits.ts'
import type { Atom } from '#core/decision/analysis/atom.ts'

/** Values that no test of the document tells apart, with one of them that stands for all. */
export interface Segment {
  readonly kind: 'point' | 'between' | 'other' | 'missing'
  readonly value: Json
  /** Of `between`: its open ends; null is no end. */
  readonly low?: Json
  readonly high?: Json
}

/** One tested value as an axis: its segments in order, the missing value last. */
export interface Dimension {
  readonly subject: Tree
  /** Where the subject is a plain path. */
  readonly path: readonly string[] | null
  readonly segments: readonly Segment[]
  /** Why values of this axis cannot be chosen freely; null where they can. */
  readonly opaque: string | null
}

/** All segments of an axis but the missing value. */
export const presentOn = ({ segments }: Dimension): Bits =>
  bitsBetween(segments.length, 0, segments.length - 1)

const missing: Segment = { kind: 'missing', value: null }

/** What a subject is compared with. */
export interface Comparisons {
  readonly subject: Tree
  readonly atoms: readonly Atom[]
}

/**
 * The axis of a subject: cut at each constant that it is compared with. `schema` is of the subject, where known; it
 * closes the axis (`enum`, `minimum`, `maximum`, `integer`), else a value has the type of what it is compared with.
 * Null where its values cannot be laid out in one line: constants of several types, texts or times by order.
 */
export function dimensionOf({ subject, atoms }: Comparisons, schema: JsonSchema): Dimension | null {
  const path = subject.kind === 'path' && subject.fallback === null ? subject.path : null
  const constants = atoms.flatMap((atom) => atom.constants).filter((value) => value !== null)
  const opaque = path === null ? 'computed' : null
  const make = (segments: readonly Segment[]): Dimension => ({
    subject,
    path,
    segments: [...segments, missing],
    opaque,
  })
  const { enum: listed, type, format } = schema
  if (Array.isArray(listed))
    return make((listed as Json[]).filter((value) => value !== null).map(point))
  const all = (kind: 'boolean' | 'number' | 'string'): boolean =>
    constants.length > 0 && constants.every((value) => typeof value === kind)
  if (type === 'boolean' || all('boolean')) return make([point(true), point(false)])
  if (type === 'number' || type === 'integer' || all('number'))
    return make(numberSegments(constants, schema))
  if (constants.length > 0 && !all('string')) return null
  const texts = constants as readonly string[]
  const other: Segment = { kind: 'other', value: otherText(texts) }
  if (texts.some((text) => instantOf(text) !== null)) return null
  if (texts.length === 0 || atoms.every((atom) => !atom.ordered))
    return make([...distinct(texts).map(point), other])
  const areDays = texts.every((text) => parseDay(text) !== null) && format !== 'date-time'
  return areDays ? make(daySegments(texts)) : null
}

const point = (value: Json): Segment => ({ kind: 'point', value })
const distinct = <T extends Json>(values: readonly T[]): T[] => [...new Set(values)]

function numberSegments(constants: readonly Json[], schema: JsonSchema): Segment[] {
  const whole = schema['type'] === 'integer'
  const bound = (key: string): number | null =>
    typeof schema[key] === 'number' ? schema[key] : null
  const [minimum, maximum] = [bound('minimum'), bound('maximum')]
  const numbers = constants.filter((value) => typeof value === 'number')
  const cuts = distinct([...numbers, minimum, maximum].filter((value) => value !== null))
    .filter((cut) => (minimum === null || cut >= minimum) && (maximum === null || cut <= maximum))
    .toSorted((a, b) => a - b)
  const segments: Segment[] = []
  const between = (low: number | null, high: number | null): void => {
    if ((low === maximum && low !== null) || (high === minimum && high !== null)) return
    const value = valueBetween(low, high, whole)
    if (value !== null) segments.push({ kind: 'between', value, low, high })
  }
  let last: number | null = null
  for (const cut of cuts) {
    between(last, cut)
    // A whole number is never equal to a fraction.
    if (!whole || Number.isInteger(cut)) segments.push(point(cut))
    last = cut
  }
  between(last, null)
  return segments
}

/** A readable number between two others; null where there is none. */
function valueBetween(low: number | null, high: number | null, whole: boolean): number | null {
  if (low === null && high === null) return 0
  if (low === null) return Math.ceil(high as number) - 1
  if (high === null) return Math.floor(low) + 1
  const next = Math.floor(low) + 1
  if (next < high) return next
  if (whole) return null
  const middle = low + (high - low) / 2
  return middle > low && middle < high ? middle : null
}

const oneDay = 86_400_000
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

function daySegments(constants: readonly string[]): Segment[] {
  const days = distinct(constants).toSorted()
  const segments: Segment[] = []
  let last: string | null = null
  for (const day of days) {
    const before = dayText(Date.parse(day) - oneDay)
    if (last === null || before > last)
      segments.push({ kind: 'between', value: before, low: last, high: day })
    segments.push(point(day))
    last = day
  }
  if (last !== null)
    segments.push({
      kind: 'between',
      value: dayText(Date.parse(last) + oneDay),
      low: last,
      high: null,
    })
  return segments
}

/** A text that is none of those named. */
function otherText(texts: readonly string[]): string {
  for (let name = 'OTHER'; ; name += '_') if (!texts.includes(name)) return name
}

/** The schema at a path of an object's schema; empty where it says nothing. */
export function schemaAtPath(schema: JsonSchema, path: readonly string[]): JsonSchema {
  const [key, ...rest] = path
  if (key === undefined) return schema
  const { properties } = schema
  const inner = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  return isObject(inner) ? schemaAtPath(inner as JsonSchema, rest) : {}
}
