import { eachConfig } from '#core/graph/control.ts'
import { isObject, type Json } from '#core/json.ts'
import type { Clock, Command } from '#core/ports.ts'
import type { FanOutRow, ItemResultRow, Store } from '#core/store.ts'
import type { Effect, EffectId, Failure } from '#core/step/types.ts'
import { sentence } from '#core/messages/catalogue.ts'
import { isEnough } from '#core/step/enough.ts'
import type { Bundles } from './bundles.ts'
import { createGatherings } from './gatherings.ts'
import type { History } from './history.ts'
import { schemaFindings } from './json-schema.ts'
import type { Locking, Locks } from './locks.ts'
import {
  answeredByRuns,
  mayBegin,
  shownStatus,
  underWay,
  type LiveRun,
  type OpenEffect,
} from './live-run.ts'
import { engineActor, type NewRun } from './new-run.ts'
import { places } from './places.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunCache } from './run-cache.ts'
import { stepOfEffect, type RunEvent } from './run-events.ts'
import type { ValueCodec } from './value-codec.ts'

type Asking = Extract<Effect, { kind: 'each' | 'call' | 'lock' }>
const isAsking = (effect: Effect): effect is Asking => answeredByRuns.has(effect.kind)

/** What the driver does for the runs that other runs ask for. */
interface Stepping {
  start(batch: RunBatch, run: NewRun, by: Command): LiveRun
  cancel(batch: RunBatch, run: LiveRun, by: Command): void
  /** The end of an effect that is answered by runs. */
  answer(batch: RunBatch, at: { run: LiveRun; open: OpenEffect }, answer: ChildrenAnswer): void
}
type ChildrenAnswer =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: Failure }

interface ChildrenParts {
  readonly store: Store
  readonly clock: Clock
  readonly bundles: Bundles
  readonly cache: RunCache
  readonly codec: ValueCodec
  readonly history: History
  readonly caseName: (caseNumber: number) => string | null
  readonly isHeld: (run: LiveRun) => boolean
  readonly locks: Locks
}

/** Runs that effects of other runs ask for: the items of a list, a called flow, what is inside of a lock. */
export interface Children {
  /** An effect that they answer was opened, or one that waits for their end; the first begin in the same transaction. */
  open(batch: RunBatch, run: LiveRun, effect: Effect): void
  /** The effect is answered or stopped: what still goes on is cancelled. */
  close(batch: RunBatch, run: LiveRun, effect: Effect): void
  /** What did not succeed is begun anew. */
  again(batch: RunBatch, run: LiveRun, effect: Effect): void
  /** The run is cancelled: so is what finishes unheeded. */
  stopUnheeded(batch: RunBatch, run: LiveRun): void
  /** A message has added an item to the list, which the journal tells already. */
  grow(batch: RunBatch, run: LiveRun, effect: EffectId): void
  /** Begins what may begin and answers what is complete, or enough. */
  pump(batch: RunBatch, effect: EffectId): void
  /**
   * Takes over what a run now shows (`was` before, null for a new one) and how it ended; returns what its
   * parents' subscribers are told.
   */
  follow(batch: RunBatch, run: LiveRun, was: string | null, output: Json): RunEvent[]
  /** Last in the transaction: how far what still waits has come. */
  tellProgress(batch: RunBatch): void
}

/** Runs that one effect begins in one transaction, so that the others get their turn. */
const portion = 16

export function createChildren(parts: ChildrenParts, driver: Stepping): Children {
  const { store, cache, codec, locks } = parts
  const { fanOuts } = store
  const byEngine = (run: LiveRun, reason: string): Command => ({
    tenant: run.tenant,
    actor: engineActor,
    reason,
  })

  const gatherings = createGatherings({ fanOuts, codec })
  /** Of those answered just now: their runs under way finish unheeded. */
  const spared = new Set<EffectId>()

  const parentOf = (effect: EffectId) => {
    const row = fanOuts.get(effect)
    const run = row && cache.find(row.run)
    const open = run?.open.get(effect)
    return row && run && open ? { row, run, open } : undefined
  }

  /** Keeps the counts; returns what the parent's subscribers, and those of its own parents, are told. */
  const keep = (batch: RunBatch, parent: LiveRun, row: FanOutRow): RunEvent[] => {
    const was = parent.shown
    const before = parent.fanOuts.get(row.effect)
    fanOuts.put(row)
    batch.writes += 1
    batch.touched.set(parent.id, parent)
    parent.fanOuts.set(row.effect, row)
    parent.shown = shownStatus(parent)
    const of = { run: parent.id, flow: parent.flow }
    const events: RunEvent[] = []
    const step = stepOfEffect(row.effect)
    if (before && before.incidents > 0 !== row.incidents > 0)
      events.push({
        type: row.incidents > 0 ? 'step.incident' : 'step.started',
        step,
        data: row.incidents > 0 ? { code: 'INCIDENT_IN_CHILD' } : {},
        of,
      })
    if (was !== parent.shown)
      events.push(
        { type: 'run.status', step: null, data: { status: parent.shown }, of },
        ...follow(batch, parent, was, null),
      )
    return events
  }

  const follow: Children['follow'] = (batch, run, was, output) => {
    const { parentEffect: effect } = run.lineage
    if (effect === null) return []
    const ended = run.status !== 'active' && run.status !== 'continued'
    const wasInside = ended && locks.holds(effect)
    if (wasInside) unlock(batch, effect)
    const found = parentOf(effect)
    if (!found) {
      if (ended) batch.work.push(() => tellStopped(batch, run.lineage.parent ?? ''))
      return []
    }
    const { row, run: parent } = found
    const now = run.status === 'active' ? run.shown : null
    if (!ended && loadOf(was) === loadOf(now)) return []
    const failed = ended && run.status !== 'done'
    const next = {
      ...row,
      atOnce: wasInside ? 0 : row.atOnce,
      running: row.running + share(now, 'running') - share(was, 'running'),
      incidents: row.incidents + share(now, 'incident') - share(was, 'incident'),
      done: row.done + (ended && !failed ? 1 : 0),
      failed: row.failed + (failed ? 1 : 0),
    }
    if (!ended) return keep(batch, parent, next)
    const stopsNow = !row.stopping && next.failed > row.tolerated
    settle(parent, row.effect, run, output)
    const events = keep(batch, parent, stopsNow ? { ...next, stopping: 1 } : next)
    batch.work.push(() => {
      if (stopsNow) stopRest(batch, row.effect, byEngine(parent, 'another item failed'))
      pump(batch, row.effect)
    })
    batch.progress.add(row.effect)
    return events
  }

  /** The lock goes to who waits longest for it. */
  const unlock = (batch: RunBatch, effect: EffectId): void => {
    batch.writes += 1
    const next = locks.leave(effect)
    if (next !== undefined) batch.work.push(() => pump(batch, next))
  }

  const put = (
    parent: LiveRun,
    at: Pick<ItemResultRow, 'effect' | 'item' | 'status'>,
    value: unknown,
  ): void =>
    fanOuts.putResult({
      ...at,
      tenant: parent.tenant,
      data: codec.encode(parent.scope, places.item(parent.tenant, at.effect, at.item), value),
    })

  const settle = (parent: LiveRun, effect: EffectId, child: LiveRun, output: Json): void => {
    const item = child.lineage.item ?? 0
    if (child.status === 'done') {
      put(parent, { effect, item, status: 'done' }, output)
      gatherings.add(parent, effect, { item, output })
      return
    }
    const failed = child.status === 'failed'
    const error = failed ? failureOf(output) : cancelled
    put(parent, { effect, item, status: failed ? 'failed' : 'cancelled' }, error)
    gatherings.fail(parent, effect, { item, error })
  }

  /** Rows are brought up to date at the end of a transaction, so each run is asked itself. */
  const active = (ids: readonly string[]): LiveRun[] =>
    ids.flatMap((id) => {
      const child = cache.find(id)
      return child?.status === 'active' ? [child] : []
    })
  const live = (effect: EffectId): LiveRun[] => active(store.runs.liveChildren(effect))
  const stopRest = (batch: RunBatch, effect: EffectId, by: Command): void => {
    for (const child of live(effect)) driver.cancel(batch, child, by)
  }
  /** Answers what waits for the end of runs that were stopped. */
  const tellStopped = (batch: RunBatch, id: string): void => {
    const run = cache.find(id)
    for (const open of run?.open.values() ?? [])
      if (run && open.effect.kind === 'stopping' && live(open.effect.target).length === 0)
        driver.answer(batch, { run, open }, { ok: true, value: null })
  }

  const begin = (batch: RunBatch, found: NonNullable<ReturnType<typeof parentOf>>): void => {
    const { row, run: parent, open } = found
    const effect = open.effect as Asking
    const again = fanOuts.nextAgain(row.effect)
    const item = again ?? row.started
    // The row first: what begins now may end at once and counts itself.
    keep(
      batch,
      parent,
      again === undefined ? { ...row, started: row.started + 1 } : { ...row, again: row.again - 1 },
    )
    if (again !== undefined) put(parent, { effect: row.effect, item, status: 'begun' }, cancelled)
    const hash = effect.kind === 'call' ? pinned(parent, effect.flow) : parent.bundle.hash
    const body = effect.kind === 'call' ? null : effect.node
    const bundle = parts.bundles.get(parent.tenant, hash, body)
    const input = inputOf(effect, item)
    const findings = body === null ? schemaFindings(bundle.release.flow.input, input) : []
    if (findings.length > 0) {
      const current = fanOuts.get(row.effect) ?? row
      const params = { what: `flow "${bundle.release.flow.id}"`, count: findings.length }
      put(
        parent,
        { effect: row.effect, item, status: 'failed' },
        { code: 'INPUT_INVALID', message: sentence('INPUT_INVALID', params), params },
      )
      keep(batch, parent, { ...current, failed: current.failed + 1, stopping: 1 })
      return
    }
    driver.start(
      batch,
      {
        id: freeId(effect.id, item),
        tenant: parent.tenant,
        bundle,
        lineage: {
          version:
            hash === parent.bundle.hash
              ? parent.lineage.version
              : versionOf(parent, bundle.release.flow.id, hash),
          parent: parent.id,
          parentEffect: effect.id,
          item: effect.kind === 'each' ? item : null,
          body,
          priority: parent.lineage.priority,
          previous: null,
        },
        input,
        scope: parent.scope,
        caseKey: parts.caseName(parent.scope.case),
        token: null,
      },
      byEngine(parent, ''),
    )
  }

  /** A flow calls itself in the version that it is. */
  const pinned = ({ bundle }: LiveRun, flow: string): string =>
    flow === bundle.release.flow.id ? bundle.hash : (bundle.release.flows?.[flow] ?? '')
  const versionOf = (parent: LiveRun, flow: string, hash: string): number =>
    store.documents.versionOf(parent.tenant, 'flow', flow, hash) ?? 0
  const freeId = (effect: EffectId, item: number): string => {
    const first = `${effect}/${item}`
    let id = first
    for (let n = 2; store.runs.get(id); n += 1) id = `${first}-${n}`
    return id
  }

  /** Whether the list goes on before all its items have ended. */
  const suffices = ({ row, run, open: { effect } }: NonNullable<ReturnType<typeof parentOf>>) =>
    effect.kind === 'each' &&
    effect.enough !== undefined &&
    !row.stopping &&
    isEnough(effect, {
      succeeded: row.done,
      failed: row.failed,
      at: parts.clock.now(),
      meets: () => gatherings.meets(run, effect, parts.clock.now()),
    })

  const pump: Children['pump'] = (batch, effect) => {
    for (let found = parentOf(effect); found; found = parentOf(effect)) {
      const { row, run, open } = found
      if (open.status === 'incident') return
      if (open.effect.kind === 'lock' && isOutside(row)) {
        if (enters(batch, found)) continue
        return
      }
      if (suffices(found)) {
        const rest = open.effect.kind === 'each' ? open.effect.enough?.rest : undefined
        if (rest === 'finish') spared.add(effect)
        driver.answer(batch, { run, open }, answerOf(run, open.effect as Asking, row))
        spared.delete(effect)
        return
      }
      if (!mayBegin(row)) {
        if (underWay(row) === 0 && (row.stopping || row.started === row.total))
          driver.answer(batch, { run, open }, answerOf(run, open.effect as Asking, row))
        return
      }
      if (parts.isHeld(run)) return
      const begun = batch.begun.get(effect) ?? 0
      if (begun === portion) {
        batch.later.set(effect, (next) => pump(next, effect))
        return
      }
      batch.begun.set(effect, begun + 1)
      begin(batch, found)
    }
  }

  /** Whether it is inside of its lock now. */
  const enters = (
    batch: RunBatch,
    { row, run, open }: NonNullable<ReturnType<typeof parentOf>>,
  ): boolean => {
    const entered = parts.isHeld(run) ? 'waits' : locks.enter(open.effect as Locking)
    if (entered === 'inside') keep(batch, run, { ...row, atOnce: 1 })
    if (entered === 'inside' || entered === 'waits') return entered === 'inside'
    unlock(batch, row.effect)
    driver.answer(batch, { run, open }, { ok: false, error: entered })
    return false
  }

  /** In a stream of its own, for the parent's journal does not grow with the items. */
  const tellProgress = (
    batch: RunBatch,
    { row, run }: NonNullable<ReturnType<typeof parentOf>>,
  ) => {
    const { tenant } = run
    const stream = `list/${row.effect}`
    const { done, total, failed } = row
    const events = parts.history.append({
      tenant,
      stream,
      seq: store.journal.last(tenant, stream) + 1,
      at: parts.clock.now(),
      type: 'progress',
      actor: engineActor,
      reason: null,
      case: run.scope.case,
      data: Buffer.from('{}'),
      events: {
        flow: run.flow,
        list: [
          {
            type: 'step.progress',
            step: stepOfEffect(row.effect),
            data: { done, total, failed },
            of: { run: run.id, flow: run.flow },
          },
        ],
      },
    })
    batch.events.set(tenant, [...(batch.events.get(tenant) ?? []), ...events])
  }

  const answerOf = (run: LiveRun, effect: Asking, row: FanOutRow): ChildrenAnswer => {
    const read = ({ item, data }: ItemResultRow): Json =>
      codec.decode(run.scope, places.item(run.tenant, row.effect, item), data)
    if (effect.kind === 'each' && !row.stopping) return gatheredBy(run, effect)
    const results = fanOuts.results(row.effect)
    if (row.stopping) {
      const first =
        results.find(({ status }) => status === 'failed') ??
        results.find(({ status }) => status === 'cancelled')
      // Sealed by `put`: a failure.
      const error = (first ? read(first) : cancelled) as unknown as Failure
      return {
        ok: false,
        error: effect.kind === 'each' ? itemFailure(error, first?.item ?? 0) : error,
      }
    }
    return { ok: true, value: results[0] ? read(results[0]) : null }
  }
  const gatheredBy = (run: LiveRun, effect: Extract<Asking, { kind: 'each' }>): ChildrenAnswer => {
    const { results, failed } = gatherings.of(run, effect)
    return {
      ok: true,
      value: { results: [...results], failed: failed.map((each) => ({ ...each })) },
    }
  }

  return {
    open(batch, run, effect) {
      if (effect.kind === 'stopping') batch.work.push(() => tellStopped(batch, run.id))
      if (!isAsking(effect)) return
      const row: FanOutRow = {
        effect: effect.id,
        tenant: run.tenant,
        run: run.id,
        ...boundsOf(run, effect),
        started: 0,
        again: 0,
        done: 0,
        failed: 0,
        running: 0,
        incidents: 0,
        stopping: 0,
      }
      fanOuts.put(row)
      run.fanOuts.set(effect.id, row)
      if (effect.kind === 'lock') locks.ask(run, effect)
      batch.work.push(() => pump(batch, effect.id))
    },
    close(batch, run, effect) {
      if (!isAsking(effect)) return
      fanOuts.remove(effect.id)
      run.fanOuts.delete(effect.id)
      gatherings.drop(run, effect.id)
      // Who is inside stays so until its run has ended.
      if (effect.kind === 'lock' && live(effect.id).length === 0) unlock(batch, effect.id)
      if (spared.has(effect.id)) return
      batch.work.push(() => stopRest(batch, effect.id, byEngine(run, 'the parent run has gone on')))
    },
    again(batch, run, effect) {
      const row = fanOuts.get(effect.id)
      if (!row) return
      const again = fanOuts.failedAgain(effect.id)
      gatherings.drop(run, effect.id)
      if (effect.kind === 'lock') locks.ask(run, effect)
      keep(batch, run, { ...row, again, failed: 0, stopping: 0 })
      batch.work.push(() => pump(batch, effect.id))
    },
    stopUnheeded(batch, run) {
      batch.work.push(() => {
        for (const child of active(store.runs.liveBelow(run.id)))
          if (child.lineage.parentEffect !== null && !run.open.has(child.lineage.parentEffect))
            driver.cancel(batch, child, byEngine(run, 'the parent run was cancelled'))
      })
    },
    grow(batch, run, effect) {
      const row = fanOuts.get(effect)
      const open = run.open.get(effect)
      if (!row || open?.effect.kind !== 'each') return
      keep(batch, run, { ...row, ...boundsOf(run, open.effect) })
      batch.progress.add(effect)
      batch.work.push(() => pump(batch, effect))
    },
    pump,
    follow,
    tellProgress(batch) {
      for (const effect of batch.progress) {
        const found = parentOf(effect)
        if (found) tellProgress(batch, found)
      }
    },
  }
}

/** It waits for its lock. Once its run has ended it is outside too, and is answered. */
const isOutside = (row: FanOutRow): boolean => row.atOnce === 0 && !row.stopping && row.done === 0

function inputOf(effect: Asking, item: number): Json {
  if (effect.kind === 'call') return effect.input
  const { outer } = effect
  return effect.kind === 'lock'
    ? { outer }
    : { item: effect.items[item] ?? null, index: item, outer }
}

function boundsOf(run: LiveRun, effect: Asking): Pick<FanOutRow, 'total' | 'atOnce' | 'tolerated'> {
  if (effect.kind === 'call') return { total: 1, atOnce: 1, tolerated: 0 }
  if (effect.kind === 'lock') return { total: 1, atOnce: 0, tolerated: 0 }
  const config = eachConfig.parse(run.bundle.nodes.get(effect.node)?.config)
  const total = effect.items.length
  const tolerated = { stop: 0, collect: total, tolerate: config.tolerate }
  return {
    total,
    atOnce: config.mode === 'sequential' ? 1 : config.limit,
    tolerated: tolerated[config.onFailure],
  }
}

/** Under which count a run under way stands. */
const loadOf = (shown: string | null): 'running' | 'incident' | null =>
  shown === null || shown === 'waiting' || shown === 'suspended'
    ? null
    : shown === 'incident'
      ? 'incident'
      : 'running'
const share = (shown: string | null, load: 'running' | 'incident'): number =>
  loadOf(shown) === load ? 1 : 0

const cancelled: Failure = {
  code: 'CALLED_FLOW_CANCELLED',
  message: sentence('CALLED_FLOW_CANCELLED', {}),
}

/** A flow that ended as failed may say its own code. */
function failureOf(output: Json): Failure {
  const own = isObject(output) ? output : {}
  const { code, message } = own
  return {
    code: typeof code === 'string' ? code : 'CALLED_FLOW_FAILED',
    message: typeof message === 'string' ? message : sentence('CALLED_FLOW_FAILED', {}),
    output,
  }
}

function itemFailure({ code, output }: Failure, index: number): Failure {
  const params = { index, code }
  return {
    code: 'ITEM_FAILED',
    message: sentence('ITEM_FAILED', params),
    params,
    ...(output === undefined ? {} : { output }),
  }
}
