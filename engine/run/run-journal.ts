import type { EventView } from '#core/api/views.ts'
import type { Actor } from '#core/ports.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import type { JournalRow, RunRow, Store } from '#core/store.ts'
import type { Core, Step } from '#core/step/types.ts'
import type { Bundles } from './bundles.ts'
import type { CaseKeys } from './case-keys.ts'
import type { History } from './history.ts'
import {
  answeredByRuns,
  applyEntry,
  lineageOf,
  newLiveRun,
  replayEntry,
  shownStatus,
  type Bundle,
  type Former,
  type LiveRun,
  type OpenEffect,
} from './live-run.ts'
import {
  isMigrateEntry,
  isStepEntry,
  packEntry,
  unpackEntry,
  type RunEntry,
  type StepEntry,
} from './run-entry.ts'
import { places } from './places.ts'
import { eventsOf, type RunEvent } from './run-events.ts'
import type { ValueCodec, ValueScope } from './value-codec.ts'

export interface RunJournalParts {
  readonly store: Store
  readonly core: Core
  readonly keys: CaseKeys
  readonly codec: ValueCodec
  readonly history: History
  readonly bundles: Bundles
}

/** Who gave an entry and why. */
export interface Origin {
  readonly actor: Actor
  readonly reason?: string | undefined
  /** Told besides what follows from the entry. */
  readonly told?: readonly RunEvent[] | undefined
}

export interface RunJournal {
  /** Appends an entry and takes it over into the run. */
  write(
    run: LiveRun,
    entry: RunEntry,
    step: Step | null,
    origin: Origin,
    /** What others are told of it, asked once the entry is taken over. */
    elsewhere?: () => RunEvent[],
  ): EventView[]
  /** The run as it stands: the newest snapshot and what came after it. */
  load(row: RunRow): LiveRun
  /** Folds the whole history from nothing and holds it against what was written then. */
  replay(row: RunRow): ReplayVerdict
  entries(row: RunRow): { readonly row: JournalRow; readonly entry: RunEntry }[]
  /** What the run was started with. */
  firstInput(row: RunRow): Json
  ending(row: RunRow): Ending
  snapshot(run: LiveRun): void
  /** Nobody takes it up from a snapshot any more. */
  ended(run: LiveRun): void
  scope(row: { tenant: string; case: number }): ValueScope
}

/** What a run ended with, and whether it was suspended then. */
export interface Ending {
  readonly output: Json
  readonly suspended: boolean
}

/** Whether a run's journal, folded again, gives the same states and effects, bit for bit. */
export type ReplayVerdict =
  | { readonly same: true; readonly entries: number }
  /** The first entry that differs, and in what. */
  | { readonly same: false; readonly seq: number; readonly differs: keyof StepEntry | 'state' }

/** Snapshots are a cache: one of another form is passed over, and the journal is folded. */
const snapshotForm = 3

interface Snapshot {
  readonly form: number
  readonly release: string
  readonly state: Json
  readonly open: readonly OpenEffect[]
  readonly at: number
  readonly shown: string
  readonly suspended?: true
  readonly undoing?: true
  readonly former?: {
    readonly release: string
    readonly version: number
    readonly state: Json
    readonly open: readonly OpenEffect[]
  }
}

export function runJournal(parts: RunJournalParts): RunJournal {
  const { store, core, codec, history } = parts
  const { journal: place, snapshot: snapshotPlace } = places
  const scope = (row: { tenant: string; case: number }): ValueScope => ({
    tenant: row.tenant,
    case: row.case,
    key: parts.keys.key(row.case),
  })
  const fresh = (row: RunRow): LiveRun =>
    newLiveRun({
      id: row.id,
      tenant: row.tenant,
      flow: row.flow,
      lineage: lineageOf(row),
      bundle: parts.bundles.get(row.tenant, row.release, row.body),
      scope: scope(row),
      at: row.startedAt,
      shown: row.status,
    })
  const read = (row: RunRow, of: ValueScope, after = 0) =>
    store.journal.read(row.tenant, row.id, after).map((line) => ({
      row: line,
      entry: unpackEntry(row.id, codec.decode(of, place(row.tenant, row.id, line.seq), line.data)),
    }))

  const bundleOf =
    ({ tenant, lineage }: Pick<LiveRun, 'tenant' | 'lineage'>) =>
    (hash: string): Bundle =>
      parts.bundles.get(tenant, hash, lineage.body)

  const fromSnapshot = (run: LiveRun): void => {
    const row = store.snapshots.get(run.id)
    if (!row) return
    const saved = codec.decode(run.scope, snapshotPlace(run.tenant, run.id, row.seq), row.data)
    // Written by `snapshot` below and sealed since.
    const snapshot = saved as unknown as Snapshot
    if (snapshot.form !== snapshotForm) return
    run.bundle = bundleOf(run)(snapshot.release)
    run.state = core.deserialize(run.bundle.program, snapshot.state)
    for (const open of snapshot.open) run.open.set(open.effect.id, open)
    run.seq = row.seq
    run.at = snapshot.at
    run.suspended = snapshot.suspended ?? false
    run.undoing = snapshot.undoing ?? false
    run.former = snapshot.former ? formerOf(run, snapshot.former) : null
    run.snapshot = row.seq
  }
  const formerOf = (run: LiveRun, saved: NonNullable<Snapshot['former']>): Former => {
    const bundle = bundleOf(run)(saved.release)
    return {
      bundle,
      version: saved.version,
      state: core.deserialize(bundle.program, saved.state),
      open: new Map(saved.open.map((open) => [open.effect.id, open])),
    }
  }
  const fold = (run: LiveRun, entry: RunEntry): Step | null =>
    replayEntry(core, run, { entry, bundleOf: bundleOf(run) })
  /** The row names the release that the run has now; the first migration tells with which one it began. */
  const beginning = (run: LiveRun, entries: readonly RunEntry[]): void => {
    const first = entries.find(isMigrateEntry)
    if (first) run.bundle = bundleOf(run)(first.from.release)
  }

  return {
    scope,
    write(run, entry, step, origin, elsewhere) {
      applyEntry(run, entry, { step, bundleOf: bundleOf(run) })
      const list = [...(origin.told ?? []), ...eventsOf(entry)]
      const status = shownStatus(run)
      if (status !== run.shown && run.status === 'active')
        list.push({ type: 'run.status', step: null, data: { status } })
      run.shown = status
      if (elsewhere) list.push(...elsewhere())
      return history.append({
        tenant: run.tenant,
        stream: run.id,
        seq: run.seq,
        at: entry.at,
        type: entry.type,
        actor: origin.actor,
        reason: origin.reason ?? null,
        case: run.scope.case,
        data: codec.encode(run.scope, place(run.tenant, run.id, run.seq), packEntry(run.id, entry)),
        events: { flow: run.flow, list },
      })
    },
    load(row) {
      const run = fresh(row)
      fromSnapshot(run)
      const entries = read(row, run.scope, run.seq).map(({ entry }) => entry)
      if (run.seq === 0) beginning(run, entries)
      for (const entry of entries) fold(run, entry)
      if ([...run.open.values()].some(({ effect }) => answeredByRuns.has(effect.kind)))
        for (const fanOut of store.fanOuts.of(run.id)) run.fanOuts.set(fanOut.effect, fanOut)
      run.shown = shownStatus(run)
      return run
    },
    replay(row) {
      const run = fresh(row)
      const saved = store.snapshots.get(row.id)
      const entries = read(row, run.scope).map(({ entry }) => entry)
      beginning(run, entries)
      for (const entry of entries) {
        const step = fold(run, entry)
        const differs = step ? difference(entry, step) : undefined
        if (differs) return { same: false, seq: run.seq, differs }
        if (saved?.seq === run.seq && run.state !== null) {
          const then = codec.decode(
            run.scope,
            snapshotPlace(run.tenant, run.id, run.seq),
            saved.data,
          )
          const now = { state: core.serialize(run.state), open: [...run.open.values()] }
          const { form, state, open } = then as unknown as Snapshot
          if (form === snapshotForm && text({ state, open }) !== text(now))
            return { same: false, seq: run.seq, differs: 'state' }
        }
      }
      return { same: true, entries: run.seq }
    },
    entries: (row) => read(row, scope(row)),
    firstInput(row) {
      const first = read(row, scope(row))[0]?.entry
      return first && isStepEntry(first) && first.input.type === 'start' ? first.input.input : null
    },
    ending(row) {
      const entries = read(row, scope(row)).map(({ entry }) => entry)
      const last = entries.findLast(isStepEntry)
      const held = entries.findLast(({ type }) => type === 'suspend' || type === 'resume')
      return { output: last ? last.output : null, suspended: held?.type === 'suspend' }
    },
    ended(run) {
      if (run.snapshot > 0) store.snapshots.remove(run.id)
    },
    snapshot(run) {
      if (run.state === null || run.snapshot === run.seq) return
      const snapshot: Snapshot = {
        form: snapshotForm,
        release: run.bundle.hash,
        state: core.serialize(run.state),
        open: [...run.open.values()],
        at: run.at,
        shown: run.shown,
        ...(run.suspended ? { suspended: true } : {}),
        ...(run.undoing ? { undoing: true } : {}),
        ...(run.former ? { former: savedFormer(run.former) } : {}),
      }
      const at = snapshotPlace(run.tenant, run.id, run.seq)
      const data = codec.encode(run.scope, at, snapshot)
      store.snapshots.put({ tenant: run.tenant, run: run.id, seq: run.seq, data })
      run.snapshot = run.seq
    },
  }

  function savedFormer({ bundle, version, state, open }: Former): NonNullable<Snapshot['former']> {
    return {
      release: bundle.hash,
      version,
      state: core.serialize(state),
      open: [...open.values()],
    }
  }
}

const text = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)) as Json)

const difference = (then: RunEntry, now: Step): keyof StepEntry | undefined => {
  const told: Partial<Omit<StepEntry, 'type'>> = then
  return (['effects', 'trace', 'status', 'output'] as const).find(
    (part) => part in told && text(told[part]) !== text(now[part]),
  )
}
