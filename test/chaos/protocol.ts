/** Where the process ends itself: at the n-th journal write of the run that it starts next and of its items, before the commit, between it and its sync, or once that has ended. */
export interface CrashPoint {
  readonly write: number
  readonly when: 'before' | 'after' | 'synced'
}

/** Between the kill test and the process that it kills. */
export type ToWorker =
  | {
      readonly type: 'start'
      readonly caseKey: string
      readonly amount: number
      readonly crash?: CrashPoint
    }
  | { readonly type: 'drain' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'acknowledged'; readonly caseKey: string; readonly id: string }
  | {
      readonly type: 'drained'
      readonly runs: readonly {
        readonly id: string
        readonly status: string
        readonly output: unknown
        /** Whether its journal and those of its items, folded again, gave the same. */
        readonly same: boolean
      }[]
      readonly chain: boolean
    }
