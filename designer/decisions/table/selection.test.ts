import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areaOf,
  at,
  clamped,
  isWholeRows,
  moveSelection,
  stepCell,
  type Bounds,
  type Move,
  type Selection,
} from './selection.ts'

const bounds: Bounds = { rows: 20, columns: 4, page: 5 }
const after = (selection: Selection, ...moves: Move[]): Selection =>
  moves.reduce((now, move) => moveSelection(now, move, { bounds }), selection)

describe('selecting', () => {
  it.each<[Move, number, number]>([
    ['up', 6, 2],
    ['down', 8, 2],
    ['left', 7, 1],
    ['right', 7, 3],
    ['home', 7, 0],
    ['end', 7, 3],
    ['top', 0, 2],
    ['bottom', 19, 2],
    ['first', 0, 0],
    ['last', 19, 3],
    ['pageUp', 2, 2],
    ['pageDown', 12, 2],
  ])('%s from row 7, column 2', (move, row, column) =>
    expect(after(at(7, 2), move)).toEqual(at(row, column)),
  )

  it('[R452] never leaves the table, whatever the keys, and the area holds both ends', () => {
    const move = fc.constantFrom<Move>(
      'up',
      'down',
      'left',
      'right',
      'home',
      'end',
      'top',
      'bottom',
      'first',
      'last',
      'pageUp',
      'pageDown',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(move, fc.boolean())), (keys) => {
        const selection = keys.reduce(
          (now, [key, extend]) => moveSelection(now, key, { bounds, extend }),
          at(0, 0),
        )
        const area = areaOf(selection, bounds)
        for (const spot of [selection.active, selection.extent]) {
          expect(spot.row).toBeGreaterThanOrEqual(-1)
          expect(spot.row).toBeLessThan(bounds.rows)
          if (spot.row < 0 || spot.column < 0) continue
          expect([spot.row >= area.top, spot.row <= area.bottom]).toEqual([true, true])
          expect([spot.column >= area.left, spot.column <= area.right]).toEqual([true, true])
        }
      }),
    )
  })

  it('takes a whole row at its number, a whole column at its head, all at the corner', () => {
    const rows = areaOf({ active: { row: 2, column: -1 }, extent: { row: 4, column: 1 } }, bounds)
    expect(rows).toEqual({ top: 2, bottom: 4, left: 0, right: 3 })
    expect(isWholeRows(rows, bounds)).toBe(true)
    expect(areaOf(at(-1, 1), bounds)).toEqual({ top: 0, bottom: 19, left: 1, right: 1 })
    expect(areaOf(at(-1, -1), bounds)).toEqual({ top: 0, bottom: 19, left: 0, right: 3 })
  })

  it('steps through the cells in reading order and stops at the ends', () => {
    expect(stepCell(at(0, 3), 1, bounds)).toEqual(at(1, 0))
    expect(stepCell(at(1, 0), -1, bounds)).toEqual(at(0, 3))
    expect(stepCell(at(2, -1), 1, bounds)).toEqual(at(2, 0))
    expect(stepCell(at(19, 3), 1, bounds)).toBeNull()
    expect(stepCell(at(0, 0), -1, bounds)).toBeNull()
  })

  it('stays on what is left after rows are gone', () =>
    expect(clamped(at(19, 3), { ...bounds, rows: 3 })).toEqual(at(2, 3)))
})
