/** A place in the sheet. Row -1 is the header, column -1 the row's number: they stand for the whole line. */
export interface Spot {
  readonly row: number
  readonly column: number
}

/** One active cell, and the opposite corner of what is selected with it. */
export interface Selection {
  readonly active: Spot
  readonly extent: Spot
}

export interface Bounds {
  readonly rows: number
  readonly columns: number
  /** Rows in sight. */
  readonly page: number
}

/** The selected cells, both ends included. Empty where there is no row. */
export interface Area {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export const at = (row: number, column: number): Selection => ({
  active: { row, column },
  extent: { row, column },
})

const moves = {
  up: ({ row, column }: Spot) => ({ row: row - 1, column }),
  down: ({ row, column }: Spot) => ({ row: row + 1, column }),
  left: ({ row, column }: Spot) => ({ row, column: column - 1 }),
  right: ({ row, column }: Spot) => ({ row, column: column + 1 }),
  home: ({ row }: Spot) => ({ row, column: 0 }),
  end: ({ row }: Spot, { columns }: Bounds) => ({ row, column: columns - 1 }),
  top: ({ column }: Spot) => ({ row: 0, column }),
  bottom: ({ column }: Spot, { rows }: Bounds) => ({ row: rows - 1, column }),
  first: () => ({ row: 0, column: 0 }),
  last: (_: Spot, { rows, columns }: Bounds) => ({ row: rows - 1, column: columns - 1 }),
  pageUp: ({ row, column }: Spot, { page }: Bounds) => ({ row: Math.max(0, row - page), column }),
  pageDown: ({ row, column }: Spot, { page }: Bounds) => ({ row: row + page, column }),
} satisfies Record<string, (from: Spot, bounds: Bounds) => Spot>

export type Move = keyof typeof moves

const within = ({ row, column }: Spot, { rows, columns }: Bounds): Spot => ({
  row: Math.max(-1, Math.min(rows - 1, row)),
  column: Math.max(-1, Math.min(columns - 1, column)),
})

/** Moves the active cell, or only the corner where `extend` is true. */
export function moveSelection(
  { active, extent }: Selection,
  move: Move,
  { bounds, extend = false }: { readonly bounds: Bounds; readonly extend?: boolean },
): Selection {
  const to = within(moves[move](extend ? extent : active, bounds), bounds)
  return extend ? { active, extent: to } : { active: to, extent: to }
}

/** The next cell in reading order, or the one before; null past the last and before the first. */
export function stepCell({ active }: Selection, by: 1 | -1, bounds: Bounds): Selection | null {
  const { row, column } = active
  const next = Math.max(0, row) * bounds.columns + Math.max(column, by === 1 ? -1 : 0) + by
  if (next < 0 || next >= bounds.rows * bounds.columns) return null
  return at(Math.floor(next / bounds.columns), next % bounds.columns)
}

/** After rows or columns went away the selection stays on what is left. */
export const clamped = ({ active, extent }: Selection, bounds: Bounds): Selection => ({
  active: within(active, bounds),
  extent: within(extent, bounds),
})

export function areaOf({ active, extent }: Selection, { rows, columns }: Bounds): Area {
  const wholeRows = active.column < 0 || extent.column < 0
  const wholeColumns = active.row < 0 || extent.row < 0
  return {
    top: wholeColumns ? 0 : Math.min(active.row, extent.row),
    bottom: wholeColumns ? rows - 1 : Math.max(active.row, extent.row),
    left: wholeRows ? 0 : Math.min(active.column, extent.column),
    right: wholeRows ? columns - 1 : Math.max(active.column, extent.column),
  }
}

export const isWholeRows = ({ left, right }: Area, { columns }: Bounds): boolean =>
  left === 0 && right === columns - 1

export const isWholeColumns = ({ top, bottom }: Area, { rows }: Bounds): boolean =>
  top === 0 && bottom === rows - 1

/** Whole numbers from `from` to `to`, both included. */
export const span = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
