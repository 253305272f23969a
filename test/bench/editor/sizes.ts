/** How much is measured; the test of the benchmark takes small ones. */
export interface Sizes {
  /** Of the table that is written into. */
  readonly rows: number
  readonly columns: number
  /** Of the table that is scrolled. */
  readonly scrolledRows: number
  readonly scrolledColumns: number
  /** Of the tables that they are held against. */
  readonly fewRows: number
  readonly cells: number
  readonly frames: number
}

export const sizes: Sizes = {
  rows: 2_000,
  columns: 30,
  scrolledRows: 5_000,
  scrolledColumns: 40,
  fewRows: 100,
  cells: 12,
  frames: 200,
}
