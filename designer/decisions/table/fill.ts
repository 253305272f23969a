import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import type { Table } from './edit-table.ts'
import { span, type Area } from './selection.ts'
import { withRows, type Sheet } from './sheet.ts'
import { logicAt, readText, textAt, withLogic, type Row, type Slot } from './slots.ts'

/** The number that a cell tests for or gives; null where it holds anything else. */
function numberIn(logic: Logic): number | null {
  if (typeof logic === 'number') return logic
  const parts = isObject(logic) ? logic['eq'] : undefined
  if (!Array.isArray(parts)) return null
  const [tested, value] = parts as readonly Json[]
  return isObject(tested) && tested['var'] === '?' && typeof value === 'number' ? value : null
}

const withNumber = (logic: Logic, value: number): Logic =>
  typeof logic === 'number' ? value : { eq: [{ var: '?' }, value] }

/** What stands so many cells after the first of a line: its numbers go on where they rise evenly, else the line comes again. */
function continuation(line: readonly Logic[]): (place: number) => Logic {
  const copy = (place: number): Logic =>
    line[((place % line.length) + line.length) % line.length] ?? null
  const numbers = line.map(numberIn)
  const [first, second] = numbers
  if (typeof first !== 'number' || typeof second !== 'number') return copy
  const step = second - first
  const even = numbers.every(
    (each, index) => each !== null && Math.abs(each - first - step * index) < 1e-9,
  )
  // Twelve digits drop what binary fractions add: 0.1 + 0.2.
  return even
    ? (place) => withNumber(copy(place), Number((first + step * place).toPrecision(12)))
    : copy
}

/** A cell's logic as another column holds it; undefined where that column cannot read it. */
function carried(row: Row, from: Slot, to: Slot): Logic | undefined {
  if (from.side === to.side) return logicAt(row, from)
  const text = textAt(row, from)
  const read = text === null ? null : readText(to, text)
  return read === null || 'problem' in read ? undefined : read.logic
}

/** How the rows of an area go on below or above it, by column. */
function downwards({ table, slots, shown }: Sheet, source: Area) {
  const byColumn = span(source.left, source.right).map((column) => {
    const slot = slots[column]
    return continuation(
      span(source.top, source.bottom).map((at) => {
        const row = table.rows[shown[at] ?? -1]
        return row === undefined || slot === undefined ? null : logicAt(row, slot)
      }),
    )
  })
  return (row: number, column: number): Logic | undefined =>
    byColumn[column - source.left]?.(row - source.top)
}

/** How the columns of an area go on beside it, row by row; undefined where the other column cannot read a cell. */
function sideways({ table, slots, shown }: Sheet, source: Area) {
  return (at: number, column: number): Logic | undefined => {
    const [row, to] = [table.rows[shown[at] ?? -1], slots[column]]
    if (row === undefined || to === undefined) return undefined
    const line = slots.slice(source.left, source.right + 1).map((from) => carried(row, from, to))
    return line.every((each) => each !== undefined)
      ? continuation(line)(column - source.left)
      : undefined
  }
}

/** Continues the cells of one area into another that lies above, below or beside it, as far as the columns can read them. */
export function fillArea(sheet: Sheet, source: Area, target: Area): Table {
  const { table, slots, shown } = sheet
  const beside = target.top === source.top && target.bottom === source.bottom
  const logicFor = (beside ? sideways : downwards)(sheet, source)
  const rows = new Map<number, Row>()
  for (const at of span(target.top, target.bottom)) {
    const index = shown[at] ?? -1
    let row = table.rows[index]
    if (row === undefined) continue
    for (const column of span(target.left, target.right)) {
      const [slot, logic] = [slots[column], logicFor(at, column)]
      if (slot !== undefined && logic !== undefined) row = withLogic(row, slot, logic)
    }
    rows.set(index, row)
  }
  return withRows(table, rows)
}

/** The first line of an area into the rest of it; a single line takes the one before it. */
const fillFrom =
  (first: 'top' | 'left', last: 'bottom' | 'right') =>
  (sheet: Sheet, area: Area): Table => {
    const single = area[first] === area[last]
    if (single && area[first] <= 0) return sheet.table
    const from = single ? area[first] - 1 : area[first]
    return fillArea(sheet, { ...area, [first]: from, [last]: from }, { ...area, [first]: from + 1 })
  }

export const fillDown = fillFrom('top', 'bottom')
export const fillRight = fillFrom('left', 'right')

/** The cells that a fill dragged to a cell would write: beside the area, in the direction in which it was dragged farther. */
export function fillTarget(
  area: Area,
  to: { readonly row: number; readonly column: number },
): Area | null {
  const { top, bottom, left, right } = area
  const down = to.row > bottom ? to.row - bottom : Math.min(0, to.row - top)
  const across = to.column > right ? to.column - right : Math.min(0, to.column - left)
  if (down === 0 && across === 0) return null
  if (Math.abs(down) >= Math.abs(across))
    return down > 0
      ? { ...area, top: bottom + 1, bottom: bottom + down }
      : { ...area, top: Math.max(0, top + down), bottom: top - 1 }
  return across > 0
    ? { ...area, left: right + 1, right: right + across }
    : { ...area, left: Math.max(0, left + across), right: left - 1 }
}
