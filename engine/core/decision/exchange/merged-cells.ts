import { maxCells, type SheetCell } from '#core/decision/exchange/sheet.ts'

type Rows = readonly (readonly SheetCell[])[]

interface FilledDown {
  readonly rows: Rows
  /** What was filled, as `A2:A4`. */
  readonly filled: readonly string[]
  /** Merged cells of which it is not known what the others hold. */
  readonly others: readonly string[]
}

/**
 * Cells that are merged over several rows of one column, from a row on: their value is meant for each row, as it is
 * seen in the spreadsheet. Rows that hold nothing of their own stay empty.
 */
export function filledDown(rows: Rows, merged: readonly string[], from: number): FilledDown {
  const copies = rows.map((row) => [...row])
  const filled: string[] = []
  const others: string[] = []
  let room = maxCells
  for (const ref of merged) {
    const [, left = '', top = '', right = '', bottom = ''] =
      /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/.exec(ref) ?? []
    const [first, last] = [Number(top) - 1, Math.min(Number(bottom), rows.length) - 1]
    room -= last - first
    if (left === '' || left !== right || first < from || room < 0) {
      others.push(ref)
      continue
    }
    const column = columnIndex(left)
    const value = copies[first]?.[column] ?? null
    for (const [at, row] of copies.slice(first + 1, last + 1).entries()) {
      const isBlank = (rows[first + 1 + at] ?? []).every((cell) => cell === null || cell === '')
      if (isBlank) continue
      while (row.length < column) row.push(null)
      row[column] = value
    }
    filled.push(ref)
  }
  return { rows: copies, filled, others }
}

/** `A` → 0, `AA` → 26. */
const columnIndex = (letters: string): number =>
  [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1
