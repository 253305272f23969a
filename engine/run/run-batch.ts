import type { EventView } from '#core/api/views.ts'
import type { EffectId } from '#core/step/types.ts'
import type { CommitBatch } from './group-commit.ts'
import type { LiveRun } from './live-run.ts'

/** What one transaction changed, and what is to be done once it is on disk. */
export interface RunBatch extends CommitBatch {
  readonly touched: Map<string, LiveRun>
  /** Rows that the jobs wrote whole, so that the closing update may be left out. */
  readonly added: Map<string, number>
  readonly offers: { readonly run: string; readonly effect: EffectId }[]
  readonly aborts: EffectId[]
  readonly events: Map<string, EventView[]>
  /** The earliest time that a new timer asks for. */
  wakeAt: number
}

export const runBatch = (): RunBatch => ({
  writes: 0,
  touched: new Map(),
  added: new Map(),
  offers: [],
  aborts: [],
  events: new Map(),
  wakeAt: Infinity,
})
