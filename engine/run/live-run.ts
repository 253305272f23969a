import type { FlowNode } from '#core/graph/flow.ts'
import type { Progress } from '#core/node/define-node.ts'
import type { Json } from '#core/json.ts'
import type { Release } from '#core/release.ts'
import type { FanOutRow, RunRow } from '#core/store.ts'
import type {
  Core,
  Effect,
  EffectId,
  Failure,
  Input,
  Program,
  RunStatus,
  State,
  Step,
} from '#core/step/types.ts'
import {
  isEffectEntry,
  isMigrateEntry,
  isStepEntry,
  type EffectEntry,
  type MigrateEntry,
  type RunEntry,
} from './run-entry.ts'
import type { ValueScope } from './value-codec.ts'

/** A release ready to run. */
export interface Bundle {
  readonly hash: string
  readonly release: Release
  readonly program: Program
  readonly nodes: ReadonlyMap<string, FlowNode>
}

/** An effect that the core waits for, with what the driver knows of it. */
export interface OpenEffect {
  readonly effect: Exclude<Effect, { kind: 'stop' }>
  readonly status: 'running' | 'retrying' | 'waiting' | 'incident'
  /** Failed attempts since the start or the last retry by hand: what the policy counts. */
  readonly failures: number
  /** Attempts in all. */
  readonly attempts: number
  readonly nextAt: number | null
  readonly error: Failure | null
  /** When it was opened, or a person asked for it anew: the total time counts from here. */
  readonly since: number
  /** A person asked for it anew, and no attempt has ended since: it waits for its connection, whatever its policy says. */
  readonly retried?: true
  /** The last that an attempt said of itself. */
  readonly progress: Progress | null
}

/** As a run was before a migration, so that it can be taken back until the run goes on. */
export interface Former {
  readonly bundle: Bundle
  /** 0 for the draft */
  readonly version: number
  readonly state: State
  readonly open: ReadonlyMap<EffectId, OpenEffect>
}

/** Where a run comes from and how urgent it is; only a migration changes its version. */
export type Lineage = Pick<
  RunRow,
  'version' | 'parent' | 'parentEffect' | 'item' | 'body' | 'priority' | 'previous'
>

export const lineageOf = (row: Lineage): Lineage => ({
  version: row.version,
  parent: row.parent,
  parentEffect: row.parentEffect,
  item: row.item,
  body: row.body,
  priority: row.priority,
  previous: row.previous,
})

/** A run in memory: the fold of its journal. */
export interface LiveRun {
  readonly id: string
  readonly tenant: string
  readonly flow: string
  bundle: Bundle
  former: Former | null
  lineage: Lineage
  readonly scope: ValueScope
  readonly open: Map<EffectId, OpenEffect>
  /** Of the open effects those that are answered by runs, as their rows stand. */
  readonly fanOuts: Map<EffectId, FanOutRow>
  state: State | null
  status: RunStatus
  /** The end's, once there is one. */
  output: Json
  /** Held by a person: no attempt is made and no timer fires until it is resumed. */
  suspended: boolean
  /** Cancelled or failed, it undoes what it did. */
  undoing: boolean
  /** The newest journal row. */
  seq: number
  /** Its time: a clock that is set back does not turn a run's time back. */
  at: number
  /** The row that the stored snapshot contains last, 0 for none. */
  snapshot: number
  /** What the list of runs says of it. */
  shown: string
}

/** A run as it is before its first entry. */
export const newLiveRun = (
  of: Pick<LiveRun, 'id' | 'tenant' | 'flow' | 'lineage' | 'bundle' | 'scope' | 'at' | 'shown'>,
): LiveRun => ({
  ...of,
  open: new Map(),
  fanOuts: new Map(),
  state: null,
  status: 'active',
  output: null,
  suspended: false,
  undoing: false,
  former: null,
  seq: 0,
  snapshot: 0,
})

const opened = (effect: OpenEffect['effect'], since: number): OpenEffect => ({
  effect,
  status:
    effect.kind === 'activity' ? 'running' : effect.kind === 'incident' ? 'incident' : 'waiting',
  failures: 0,
  attempts: 0,
  nextAt: null,
  error: effect.kind === 'incident' ? effect.error : null,
  since,
  progress: null,
})

/** Takes a step's result over into the run. */
function applyStep(
  run: LiveRun,
  input: Input,
  step: Pick<Step, 'state' | 'effects' | 'status' | 'output' | 'undoing'>,
) {
  run.state = step.state
  run.status = step.status
  run.output = step.output
  run.undoing = step.undoing ?? false
  if ('effect' in input) run.open.delete(input.effect)
  takeEffects(run, step.effects, input.at)
  if (step.status !== 'active') run.open.clear()
}

function takeEffects(run: LiveRun, effects: readonly Effect[], at: number): void {
  for (const effect of effects) {
    if (effect.kind === 'stop') run.open.delete(effect.target)
    else run.open.set(effect.id, opened(effect, at))
  }
}

/** A stored release of the run's tenant, ready to run. */
type BundleOf = (hash: string) => Bundle

/** Takes one entry over; `step` is the core's answer to the entry's input, or to the migration. */
export function applyEntry(
  run: LiveRun,
  entry: RunEntry,
  { step, bundleOf }: { readonly step: Step | null; readonly bundleOf: BundleOf },
): void {
  run.seq += 1
  run.at = entry.at
  if (entry.type === 'suspend' || entry.type === 'resume') {
    run.suspended = entry.type === 'suspend'
    return
  }
  const { former } = run
  run.former = null
  if (isMigrateEntry(entry)) {
    if (entry.type === 'migrate') migrate(run, entry, { step, bundle: bundleOf(entry.to.release) })
    else if (former) goBack(run, former)
  } else if (isStepEntry(entry)) {
    if (step) applyStep(run, entry.input, step)
  } else if (isEffectEntry(entry)) {
    const open = run.open.get(entry.effect)
    if (open) run.open.set(entry.effect, changes[entry.type](open, entry as never))
  }
}

function migrate(
  run: LiveRun,
  { at, from, to: { version }, effects }: MigrateEntry,
  to: { readonly step: Step | null; readonly bundle: Bundle },
): void {
  if (run.state === null || !to.step) return
  const { bundle, state } = run
  run.former = { bundle, version: from.version, state, open: new Map(run.open) }
  run.bundle = to.bundle
  run.lineage = { ...run.lineage, version }
  run.state = to.step.state
  takeEffects(run, effects, at)
}

function goBack(run: LiveRun, former: Former): void {
  run.bundle = former.bundle
  run.lineage = { ...run.lineage, version: former.version }
  run.state = former.state
  run.open.clear()
  for (const [id, open] of former.open) run.open.set(id, open)
}

type Change<T extends EffectEntry['type']> = (
  open: OpenEffect,
  entry: Extract<EffectEntry, { type: T }>,
) => OpenEffect

const changes: { [T in EffectEntry['type']]: Change<T> } = {
  attempt: ({ retried: _retried, ...open }, entry) => ({
    ...open,
    status: 'retrying',
    failures: open.failures + 1,
    attempts: open.attempts + 1,
    nextAt: entry.nextAt,
    error: entry.error,
    progress: entry.progress ?? open.progress,
  }),
  incident: ({ retried: _retried, ...open }, entry) => ({
    ...open,
    status: 'incident',
    failures: open.failures + 1,
    attempts: open.attempts + (entry.attempted === false ? 0 : 1),
    nextAt: null,
    error: entry.error,
    progress: entry.progress ?? open.progress,
  }),
  retry: (open, { at }) => ({
    ...open,
    status: open.effect.kind === 'activity' ? 'running' : 'waiting',
    failures: 0,
    nextAt: null,
    error: null,
    since: at,
    retried: true,
  }),
  progress: (open, { progress }) => ({ ...open, progress }),
  added: (open, { items }) =>
    open.effect.kind === 'each'
      ? { ...open, effect: { ...open.effect, items: [...open.effect.items, ...items] } }
      : open,
}

/** Folds one stored entry again. */
export function replayEntry(
  core: Core,
  run: LiveRun,
  { entry, bundleOf }: { readonly entry: RunEntry; readonly bundleOf: BundleOf },
): Step | null {
  const step = isStepEntry(entry)
    ? core.step(run.bundle.program, run.state, entry.input)
    : isMigrateEntry(entry) && entry.type === 'migrate'
      ? migrated(core, run, { entry, bundleOf })
      : null
  applyEntry(run, entry, { step, bundleOf })
  return step
}

function migrated(
  core: Core,
  { bundle, state }: LiveRun,
  { entry, bundleOf }: { readonly entry: MigrateEntry; readonly bundleOf: BundleOf },
): Step | null {
  const { at, nodes, to } = entry
  const found =
    state && core.migrate(bundle.program, state, bundleOf(to.release).program, { at, nodes })
  return found?.ok ? found.step : null
}

/** What the list of runs says. An incident shows even while another branch goes on. */
export function shownStatus(run: LiveRun): string {
  if (run.status === 'done') return 'completed'
  if (run.status !== 'active') return run.status
  if (run.suspended) return 'suspended'
  let running = false
  for (const open of run.open.values()) {
    const status = effectStatus(run, open)
    if (status === 'incident') return 'incident'
    running ||= status === 'running' || status === 'retrying'
  }
  if (run.undoing) return 'undoing'
  return running ? 'running' : 'waiting'
}

/** What an open effect shows: one that is answered by runs shows what they do. */
export const effectStatus = (
  run: LiveRun,
  { effect, status }: OpenEffect,
): OpenEffect['status'] => {
  const row = status === 'waiting' ? run.fanOuts.get(effect.id) : undefined
  return row ? fanOutStatus(row) : status
}

export const fanOutStatus = (row: FanOutRow): 'incident' | 'running' | 'waiting' => {
  if (row.incidents > 0) return 'incident'
  return row.running > 0 || mayBegin(row) ? 'running' : 'waiting'
}

/** Kinds of effects that are answered by runs. */
export const answeredByRuns: ReadonlySet<Effect['kind']> = new Set(['each', 'call', 'lock'])

/** Of the runs that an effect asked for, those under way. */
export const underWay = (row: FanOutRow): number => row.started - row.again - row.done - row.failed

export const mayBegin = (row: FanOutRow): boolean =>
  !row.stopping && (row.again > 0 || row.started < row.total) && underWay(row) < row.atOnce

/** Whether an attempt is to be made at `now`: told by the journal and the clock alone, whoever holds the run. */
export const isDue = ({ effect, status, nextAt }: OpenEffect, now: number): boolean =>
  effect.kind === 'activity' &&
  (status === 'running' || (status === 'retrying' && nextAt !== null && nextAt <= now))

/** None while the run is held: a restart has no need to look at it. */
export const dueCount = (run: LiveRun, now: number): number => {
  let count = 0
  if (run.suspended) return count
  for (const open of run.open.values()) if (isDue(open, now)) count += 1
  return count
}

/** What waits for an operator: the error that came first. */
export const errorOf = (run: LiveRun): string | null => {
  for (const { status, error } of run.open.values())
    if (status === 'incident') return error?.code ?? null
  return null
}

export const nodesAt = (run: LiveRun): string[] => [
  ...new Set([...run.open.values()].map(({ effect }) => effect.node)),
]
