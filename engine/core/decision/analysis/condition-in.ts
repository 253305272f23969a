import { cellOf } from '#core/decision/analysis/cell.ts'
import { has } from '#core/decision/analysis/bits.ts'
import type { Dimension } from '#core/decision/analysis/dimension.ts'
import type { Box } from '#core/decision/analysis/space.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json, type JsonObject } from '#core/json.ts'

/** A condition that is true in exactly the box; null where it limits what is no plain field. */
export function conditionIn(dimensions: readonly Dimension[], box: Box): Logic | null {
  const tests: Logic[] = []
  for (const [axis, dimension] of dimensions.entries()) {
    const bits = box[axis] ?? null
    if (bits === null) continue
    const { path, segments } = dimension
    if (path === null || path.some((key) => key.includes('.') || key === '')) return null
    const field: Logic = { var: path.join('.') }
    const cell = cellOf(dimension, bits)
    const isAll = cell === null && has(bits, segments.length - 1)
    if (!isAll) tests.push(cell === null ? { is_present: field } : asCondition(cell, field))
  }
  const [only, ...more] = tests
  if (only === undefined) return true
  return more.length === 0 ? only : { all_of: tests }
}

/** A cell about a field: a value asks for equality, a list for membership. */
function asCondition(cell: Logic, field: Logic): Logic {
  if (Array.isArray(cell)) return { in_list: [field, cell as Json] }
  return isObject(cell) ? (about(cell, field) as Logic) : { eq: [field, cell] }
}

function about(logic: Json, field: Logic): Json {
  if (Array.isArray(logic)) return logic.map((part: Json) => about(part, field))
  if (!isObject(logic)) return logic
  const object = logic as JsonObject
  if (object['var'] === '?') return field as Json
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [key, about(part, field)]))
}
