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
  /** What follows from the job within the same transaction, in order: a queue, so that nothing nests. */
  readonly work: (() => void)[]
  /** What goes on in a transaction of its own; rows tell a restart of it too. */
  readonly later: Map<string, (batch: RunBatch) => void>
  /** Runs that were resumed: what they asked for goes on too. */
  readonly resumed: LiveRun[]
  /** How many runs were begun in this transaction, by what asked for them. */
  readonly begun: Map<string, number>
  /** What runs that have ended answer in part: how far it is, is told once, as the transaction leaves it. */
  readonly progress: Set<EffectId>
  /** The earliest time that a new timer asks for. */
  wakeAt: number
  /** The earliest time at which a kept message expires. */
  expiresAt: number
}

export const runBatch = (): RunBatch => ({
  writes: 0,
  touched: new Map(),
  added: new Map(),
  offers: [],
  aborts: [],
  events: new Map(),
  work: [],
  later: new Map(),
  resumed: [],
  begun: new Map(),
  progress: new Set(),
  wakeAt: Infinity,
  expiresAt: Infinity,
})

/** Does the job with all that follows from it. */
export const wholly =
  <T>(job: (batch: RunBatch) => T) =>
  (batch: RunBatch): T => {
    const value = job(batch)
    for (let next = batch.work.shift(); next; next = batch.work.shift()) next()
    return value
  }
