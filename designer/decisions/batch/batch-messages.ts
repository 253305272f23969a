import type { Decision } from '#core/graph/decision.ts'
import type { OtherDecisions } from '../other-decisions.ts'

export interface BatchOrder {
  readonly decision: Decision
  readonly others: OtherDecisions
  readonly file: File
  readonly mapping: Readonly<Record<string, string>>
}
/** A case that was decided, as a line of the table. */
export interface BatchRow {
  /** Its number in the file, from 1. */
  readonly number: number
  /** An outcome, `none`, or `failed`. */
  readonly kind: string
  /** What came out, then what the file has. */
  readonly cells: readonly string[]
}
export interface BatchProgress {
  readonly count: number
  /** 0 to 1 of the file. */
  readonly share: number
  readonly kinds: Readonly<Record<string, number>>
}
export type BatchReply =
  | { readonly about: 'columns'; readonly names: readonly string[] }
  | { readonly about: 'rows'; readonly rows: readonly BatchRow[]; readonly progress: BatchProgress }
  | { readonly about: 'end'; readonly whole: boolean; readonly file: Blob }
  | { readonly about: 'problem'; readonly problem: string }

/** Rows that the page keeps; the file has all. */
export const keptRows = 10_000
