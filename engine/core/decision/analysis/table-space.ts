import { rowTests, type TablePart } from '#core/decision/table.ts'
import type { JsonSchema } from '#core/json.ts'
import { spaceOf, type Space } from '#core/decision/analysis/space.ts'
import type { Tree } from '#core/logic/tree.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { keyOf } from '#core/decision/analysis/atom.ts'

/** A table's rows as regions, with the column that each axis belongs to. */
export interface TableSpace extends Space {
  /** By column its axis; null where the column's cells do not test its value alone. */
  readonly axisOf: readonly (number | null)[]
}

/** @throws RangeError where a row is too wide to be taken apart */
export function tableSpace(part: TablePart, schema: JsonSchema): TableSpace {
  const conditions = part.rows.map((row): Tree => ({
    kind: 'call',
    operator: 'all_of',
    args: rowTests(part, row),
    place: '',
  }))
  const space = spaceOf(conditions, schema)
  const keys = space.dimensions.map(({ subject }) => keyOf(subject))
  const axisOf = part.inputs.map(({ expression }) => {
    const axis = keys.indexOf(keyOf(parseLogic(expression)))
    return axis < 0 ? null : axis
  })
  return { ...space, axisOf }
}
