import type { Logic } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { has, type Bits } from '#core/decision/analysis/bits.ts'
import type { Dimension, Segment } from '#core/decision/analysis/dimension.ts'

const tested: Logic = { var: '?' }

/** A cell that is true in exactly these segments; null is any. The missing value alone is left out of "any". */
export function cellOf({ segments }: Dimension, bits: Bits | null): Logic {
  if (bits === null) return null
  const inside: number[] = []
  const outside: number[] = []
  for (let index = 0; index < segments.length; index += 1)
    if (segments[index]?.kind !== 'missing') (has(bits, index) ? inside : outside).push(index)
  if (outside.length === 0) return null
  const orMissing = has(bits, segments.length - 1)
  const parts = stretchesOf(inside).map((stretch) =>
    conditionOf(stretch.map((index) => segments[index] as Segment)),
  )
  const listed = asList(inside.map((index) => segments[index] as Segment))
  const isOther = inside.some((index) => segments[index]?.kind === 'other')
  const present: Logic[] = isOther
    ? [
        {
          not: asValues(outside.map((index) => segments[index] as Segment)),
        },
      ]
    : listed === null
      ? parts
      : [listed]
  const all = orMissing ? [...present, { is_missing: tested }] : present
  return all.length === 1 ? (all[0] as Logic) : { any_of: all }
}

/** Neighbours in a row. */
function stretchesOf(indices: readonly number[]): number[][] {
  const stretches: number[][] = []
  for (const index of indices) {
    const last = stretches.at(-1)
    if (last && last.at(-1) === index - 1) last.push(index)
    else stretches.push([index])
  }
  return stretches
}

function conditionOf(stretch: readonly Segment[]): Logic {
  const [first, last] = [stretch[0] as Segment, stretch.at(-1) as Segment]
  if (stretch.length === 1 && first.kind === 'point') return { eq: [tested, first.value] }
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
  segments.length > 0 &&
  segments.every(({ kind, value }) => kind === 'point' && typeof value !== 'number')
    ? values(segments)
    : null
const values = (segments: readonly Segment[]): Logic =>
  segments.length === 1 ? (segments[0] as Segment).value : segments.map(({ value }) => value)
const asValues = (segments: readonly Segment[]): Logic => ({
  in_list: [tested, segments.map(({ value }) => value)],
})
