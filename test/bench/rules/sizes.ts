/** How much is measured; the test of the benchmark takes small ones. */
export interface Sizes {
  readonly applicants: number
  /** Each contender is measured so often, in turns; its best counts. */
  readonly rounds: number
  /** ms that a contender is given in a round, at least. */
  readonly atLeast: number
  /** Whether to measure other engines, which are installed for it. */
  readonly engines: boolean
  readonly batch: number
  /** Rows of the table in which a cell is edited. */
  readonly editedRows: number
}

export const sizes: Sizes = {
  applicants: 1_000,
  rounds: 7,
  atLeast: 60,
  engines: true,
  batch: 1_000_000,
  editedRows: 2_000,
}
