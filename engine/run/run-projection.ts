import { taskConfig } from '#core/graph/control.ts'
import { durationMs } from '#core/graph/duration.ts'
import type { JsonObject } from '#core/json.ts'
import type { Clock } from '#core/ports.ts'
import type { RunRow, Store } from '#core/store.ts'
import type { Effect, EffectId } from '#core/step/types.ts'
import { nodesAt, dueCount, errorOf, type LiveRun, type OpenEffect } from './live-run.ts'
import { places } from './places.ts'
import type { RunBatch } from './run-batch.ts'
import type { ValueCodec } from './value-codec.ts'

/** How an effect ended: `by` is who completed a task. */
type Ending =
  | { readonly how: 'answered'; readonly by: string; readonly at: number }
  | { readonly how: 'stopped'; readonly at: number }

export interface RunProjection {
  /** Rows and work of an effect that the core newly waits for. */
  open(batch: RunBatch, run: LiveRun, effect: Effect): void
  close(batch: RunBatch, run: LiveRun, open: OpenEffect, ending: Ending): void
  row(run: LiveRun): Pick<RunRow, 'id' | 'status' | 'running' | 'at' | 'seq' | 'endedAt' | 'error'>
}

type Opener<K extends Effect['kind']> = (
  batch: RunBatch,
  run: LiveRun,
  effect: Extract<Effect, { kind: K }>,
) => void

/** Keeps the tables that are looked up by time, person and status in step with the runs. */
export function runProjection(store: Store, codec: ValueCodec, clock: Clock): RunProjection {
  const arm = (
    batch: RunBatch,
    run: LiveRun,
    { id, dueAt }: { readonly id: EffectId; readonly dueAt: number },
  ): void => {
    store.timers.add({ tenant: run.tenant, run: run.id, effect: id, kind: 'timer', dueAt })
    batch.wakeAt = Math.min(batch.wakeAt, dueAt)
  }
  const openers: { [K in Effect['kind']]: Opener<K> } = {
    activity: (batch, run, effect) => {
      batch.offers.push({ run: run.id, effect: effect.id })
    },
    timer: (batch, run, effect) => arm(batch, run, effect),
    task: (_, run, effect) => {
      const config = taskConfig.parse(run.bundle.nodes.get(effect.node)?.config)
      store.tasks.add({
        id: effect.id,
        tenant: run.tenant,
        run: run.id,
        flow: run.flow,
        node: effect.node,
        role: config.role,
        status: 'open',
        createdAt: run.at,
        dueAt: config.due === undefined ? null : run.at + durationMs(config.due),
        completedAt: null,
        completedBy: null,
        case: run.scope.case,
        data: codec.encode(run.scope, places.task(run.tenant, effect.id), shownData(effect.input)),
      })
    },
    message: () => {},
    call: () => {},
    each: (batch, run, { id, enough }) => {
      if (enough?.dueAt !== undefined) arm(batch, run, { id, dueAt: enough.dueAt })
    },
    lock: () => {},
    stopping: () => {},
    incident: () => {},
    stop: (batch, _run, effect) => {
      batch.aborts.push(effect.target)
    },
  }
  return {
    // One table entry per kind; the cast ties the entry to the effect that selected it.
    open: (batch, run, effect) =>
      (openers[effect.kind] as Opener<Effect['kind']>)(batch, run, effect),
    close(batch, run, { effect, status }, ending) {
      if (effect.kind === 'timer' || effect.kind === 'each' || status === 'retrying')
        store.timers.remove(run.id, effect.id)
      if (effect.kind === 'task')
        store.tasks.close(
          effect.id,
          ending.how === 'answered'
            ? { status: 'completed', at: ending.at, by: ending.by }
            : { status: 'cancelled', at: ending.at, by: null },
        )
      if (effect.kind === 'activity') batch.aborts.push(effect.id)
    },
    row: (run) => ({
      id: run.id,
      status: run.shown,
      running: dueCount(run, clock.now()),
      at: JSON.stringify(nodesAt(run)),
      seq: run.seq,
      endedAt: run.status === 'active' ? null : run.at,
      error: errorOf(run),
    }),
  }
}

/** A task's only input is `data`; a type with inputs of its own shows them all. */
const shownData = (input: JsonObject) =>
  Object.keys(input).every((key) => key === 'data') ? (input['data'] ?? null) : input
