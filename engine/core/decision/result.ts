import type { Json } from '#core/json.ts'

export type Outcome = 'approve' | 'approve_with_conditions' | 'refer' | 'decline'

export interface Reason {
  readonly code: string
  readonly text: string
  /** The rule, row, model or check that gave it. */
  readonly source: string
  readonly contribution?: number
}

/** A rule or row that fired. */
export interface Fired {
  readonly part: string
  readonly rule: string
  readonly name: string
}

/** What evaluating a decision document gives. Every part's value stands in `values` under the part's id. */
export interface DecisionResult {
  /** The document that was evaluated; `version` is derived from its content, so equal rules have equal versions. */
  readonly decision?: { readonly id: string; readonly version: string }
  readonly outcome: Outcome | null
  readonly reasons: readonly Reason[]
  readonly conditions: readonly string[]
  readonly flags: readonly string[]
  readonly adjust: { readonly limit: number; readonly rate: number }
  /** Fields set by rules and tables, and the parts' values. */
  readonly values: Readonly<Record<string, Json>>
  /** Rules and rows that fired, in order. */
  readonly fired: readonly Fired[]
  /** Rules whose condition was null, with the paths that were missing. */
  readonly unknown: readonly {
    readonly part: string
    readonly rule: string
    readonly missing: readonly string[]
  }[]
  /** What the output part gives; absent where the decision has none. */
  readonly output?: Json
}
