import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { has, type Bits } from '#core/decision/analysis/bits.ts'
import type { Dimension, Segment } from '#core/decision/analysis/dimension.ts'

const tested: Logic = { var: '?' }

/** A cell that is true in exactly these segments; null is any. The missing value alone is left out of "any". */
export function cellOf({ segments }: Dimension, bits: Bits | null): Logic {
  if (bits === null) return null
  const last = segments.length - 1
  const stretches: Stretch[] = []
  let open: Stretch | null = null
  let isAny = true
  // The missing value comes last.
  for (let index = 0; index < last; index += 1) {
    if (!has(bits, index)) {
      open = null
      isAny = false
      continue
    }
    const segment = segments[index] as Segment
    if (open) open.last = segment
    else stretches.push((open = { first: segment, last: segment }))
  }
  if (isAny) return null
  const present = presentIn(segments, bits, stretches)
  const all = has(bits, last) ? [...present, { is_missing: tested }] : present
  return all.length === 1 ? (all[0] as Logic) : { any_of: all.map(asCondition) }
}

/** A value or a list is a condition only as a whole cell. */
function asCondition(cell: Logic): Logic {
  if (Array.isArray(cell)) return { in_list: [tested, cell as Json] }
  return isObject(cell) ? cell : { eq: [tested, cell] }
}

/** Neighbours in a row, by their ends. */
interface Stretch {
  readonly first: Segment
  last: Segment
}

/** The alternatives that together are true of the values that are there. */
function presentIn(
  segments: readonly Segment[],
  bits: Bits,
  stretches: readonly Stretch[],
): Logic[] {
  const those = (inside: boolean): Segment[] =>
    segments.filter(({ kind }, index) => kind !== 'missing' && has(bits, index) === inside)
  // Any other text comes last of those that are there.
  if (stretches.at(-1)?.last.kind === 'other') return [{ not: asValues(those(false)) }]
  const isThreshold = ({ first: { kind, value } }: Stretch): boolean =>
    kind !== 'point' || typeof value === 'number'
  const listed = stretches.length === 0 || stretches.some(isThreshold) ? null : asList(those(true))
  return listed === null ? stretches.map(conditionOf) : [listed]
}

function conditionOf({ first, last }: Stretch): Logic {
  if (first === last && first.kind === 'point') return { eq: [tested, first.value] }
  const low: Logic | null =
    first.kind === 'point'
      ? { gte: [tested, first.value] }
      : (first.low ?? null) === null
        ? null
        : { gt: [tested, first.low as Json] }
  const high: Logic | null =
    last.kind === 'point'
      ? { lte: [tested, last.value] }
      : (last.high ?? null) === null
        ? null
        : { lt: [tested, last.high as Json] }
  if (first.kind === 'point' && last.kind === 'point')
    return { between: [tested, first.value, last.value] }
  if (low !== null && high !== null) return { all_of: [low, high] }
  return low ?? high ?? { is_present: tested }
}

/** Single values, as one writes them: a value, or a list of them. */
const asList = (segments: readonly Segment[]): Logic | null =>
  segments.every(({ kind, value }) => kind === 'point' && typeof value !== 'number')
    ? values(segments)
    : null
const values = (segments: readonly Segment[]): Logic =>
  segments.length === 1 ? (segments[0] as Segment).value : segments.map(({ value }) => value)
const asValues = (segments: readonly Segment[]): Logic => ({
  in_list: [tested, segments.map(({ value }) => value)],
})
