import type { Json, JsonObject } from '#core/json.ts'
import { isObject } from '#core/json.ts'
import { has, type Bits } from '#core/decision/analysis/bits.ts'
import { read } from '#core/logic/path.ts'
import type { Dimension, Segment } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'

/** Data that lies in the box, or why none could be made. */
export type Witness =
  | { readonly real: true; readonly input: JsonObject }
  | { readonly real: false; readonly because: string }

/** Chooses a value on each axis; axes that the box leaves free take a value that is there, where they do not hinder. */
export function witnessIn(dimensions: readonly Dimension[], box: Box): Witness {
  const input: Record<string, Json> = {}
  const chosen: { readonly path: readonly string[]; readonly value: Json }[] = []
  for (const [axis, dimension] of dimensions.entries()) {
    const { path, opaque, segments } = dimension
    const bits = box[axis] ?? null
    if (path === null || opaque !== null) {
      if (bits === null) continue
      return { real: false, because: opaque ?? 'computed' }
    }
    const { value } = chosenSegment(segments, bits)
    if (bits !== null) chosen.push({ path, value })
    if (value !== null) put(input, path, value)
  }
  // A value and a field within it are chosen apart, though one of them decides the other.
  return chosen.every(({ path, value }) => (read(input, path) ?? null) === value)
    ? { real: true, input }
    : { real: false, because: 'shared' }
}

/** A threshold itself says more than a value somewhere beyond it. */
function chosenSegment(segments: readonly Segment[], bits: Bits | null): Segment {
  let chosen: Segment | null = null
  for (let index = 0; index < segments.length; index += 1) {
    if (bits !== null && !has(bits, index)) continue
    const segment = segments[index] as Segment
    if (segment.kind === 'point') return segment
    // The missing value comes last.
    chosen ??= segment
  }
  return chosen as Segment
}

function put(into: Record<string, Json>, path: readonly string[], value: Json): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    into[key] = value
    return
  }
  const inner = into[key]
  const object: Record<string, Json> = isObject(inner) ? { ...(inner as JsonObject) } : {}
  put(object, rest, value)
  into[key] = object
}
