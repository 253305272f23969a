import { onlyMember } from '#core/decision/analysis/bits.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import type { Json } from '#core/json.ts'

/** A threshold: one value of an axis of numbers or days. */
export interface Point {
  readonly axis: number
  readonly value: Json
}

/** The first axis of numbers or days of which a box holds one value and no more. */
export function pointOf(dimensions: readonly Dimension[], box: Box): Point | null {
  for (const [axis, { segments }] of dimensions.entries()) {
    const bits = box[axis] ?? null
    const only = bits === null ? undefined : segments[onlyMember(bits)]
    if (only?.kind === 'point' && segments.some(({ kind }) => kind === 'between'))
      return { axis, value: only.value }
  }
  return null
}

/** Whether each of the regions holds more of the axis than one value, wherever it lies. */
export const areWider = (regions: readonly (readonly Box[])[], axis: number): boolean =>
  regions.every((boxes) =>
    boxes.every((box) => {
      const bits = box[axis] ?? null
      return bits === null || onlyMember(bits) < 0
    }),
  )
