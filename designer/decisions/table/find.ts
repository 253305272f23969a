import { typeCells, type Entry, type Sheet, type Typed } from './sheet.ts'
import type { Spot } from './selection.ts'
import { textAt } from './slots.ts'

export interface Search {
  readonly text: string
  /** Capital and small letters differ. */
  readonly exact: boolean
}

const pattern = ({ text, exact }: Search): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), exact ? 'g' : 'gi')

/** The cells that hold the text, in reading order. A dash that means "any" is no text. */
export function findCells({ table, slots, shown }: Sheet, search: Search): Spot[] {
  if (search.text === '') return []
  const wanted = search.exact ? search.text : search.text.toLowerCase()
  const found: Spot[] = []
  for (const [row, index] of shown.entries()) {
    const line = table.rows[index]
    if (line === undefined) continue
    for (const [column, slot] of slots.entries()) {
      const text = textAt(line, slot)
      if (text === null || text === '-') continue
      if ((search.exact ? text : text.toLowerCase()).includes(wanted)) found.push({ row, column })
    }
  }
  return found
}

/** The first match after a place, or before it, around the end. */
export function nextMatch(matches: readonly Spot[], from: Spot, by: 1 | -1): number {
  const order = (spot: Spot): number => spot.row * 1e6 + spot.column
  const index =
    by === 1
      ? matches.findIndex((spot) => order(spot) > order(from))
      : matches.findLastIndex((spot) => order(spot) < order(from))
  return index >= 0 ? index : by === 1 ? 0 : matches.length - 1
}

/** Puts another text in the place of what was found in the given cells; a cell that it would break stays. */
export function replaceIn(
  { table, slots, shown }: Sheet,
  cells: readonly Spot[],
  { search, by }: { readonly search: Search; readonly by: string },
): Typed {
  const found = pattern(search)
  const entries = cells.flatMap(({ row, column }): Entry[] => {
    const [index, slot] = [shown[row], slots[column]]
    const line = table.rows[index ?? -1]
    const text = line === undefined || slot === undefined ? null : textAt(line, slot)
    return text === null || index === undefined || slot === undefined
      ? []
      : [{ row: index, slot, text: text.replace(found, () => by) }]
  })
  return typeCells(table, entries)
}
