/** How much is measured; the test of the benchmark takes small ones. */
export interface Sizes {
  /** Runs per round of `durable-12`. */
  readonly runs: number
  readonly inFlight: number
  readonly rounds: number
  /** 0 leaves DBOS out. */
  readonly dbosRuns: number
  /** Requests per second of `realtime`, and for how many seconds. */
  readonly rate: number
  readonly seconds: number
  /** Numbers of nodes of `step-cost`, the first of which is the baseline. */
  readonly nodes: readonly number[]
  readonly compiledNodes: number
  readonly waiting: number
}

export const sizes: Sizes = {
  runs: 3_000,
  inFlight: 500,
  rounds: 5,
  dbosRuns: 1_500,
  rate: 200,
  seconds: 20,
  nodes: [10, 100, 500, 2_000],
  compiledNodes: 500,
  waiting: 100_000,
}
