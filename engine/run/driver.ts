import { TerminalError, ValidationError } from '#core/errors.ts'
import { sentence, type MessageCode } from '#core/messages/catalogue.ts'
import type { Clock, Command } from '#core/ports.ts'
import { onlyPort } from '#core/graph/control.ts'
import type { Json } from '#core/json.ts'
import type { Store } from '#core/store.ts'
import type { Core, EffectId, Failure, Input, RunInfo, Step } from '#core/step/types.ts'
import type { Progress } from '#core/node/define-node.ts'
import type { PortValue } from '#core/node/perform.ts'
import type { Bundles } from './bundles.ts'
import type { CaseKeys } from './case-keys.ts'
import { createChildren } from './children.ts'
import type { Locks } from './locks.ts'
import type { History } from './history.ts'
import {
  isDue,
  newLiveRun,
  type Bundle,
  type Lineage,
  type LiveRun,
  type OpenEffect,
} from './live-run.ts'
import {
  createMessages,
  type KeptLimits,
  type MessageCommand,
  type MessageLoad,
  type Sent,
} from './messages.ts'
import { engineActor, type NewRun } from './new-run.ts'
import { afterFailure, type AttemptFailure, type EffectivePolicy } from './policy.ts'
import type { RunBatch } from './run-batch.ts'
import type { RunCache } from './run-cache.ts'
import { stepEntry, type MigrateEntry, type RunEntry, type StepEntry } from './run-entry.ts'
import type { RunEvent } from './run-events.ts'
import type { Origin, RunJournal } from './run-journal.ts'
import type { RunProjection } from './run-projection.ts'
import { createSuccessors } from './successors.ts'
import type { Suspension } from './suspension.ts'
import type { ValueCodec } from './value-codec.ts'

/** How an attempt ended. */
export type Attempted =
  | {
      readonly ok: true
      readonly exit: PortValue
      /** Where the answer was given again: when it was got. */
      readonly cachedAt?: number
    }
  | {
      readonly ok: false
      readonly failure: AttemptFailure
      readonly policy: EffectivePolicy
      /** The last that it said of itself. */
      readonly progress?: Progress
      /** False where it never began. */
      readonly attempted?: false
    }

export interface DriverParts {
  readonly store: Store
  readonly core: Core
  readonly clock: Clock
  readonly journal: RunJournal
  readonly cache: RunCache
  readonly projection: RunProjection
  readonly suspension: Pick<Suspension, 'heldBy'>
  readonly bundles: Bundles
  readonly codec: ValueCodec
  readonly keys: CaseKeys
  readonly locks: Locks
  readonly history: History
  readonly keptMessages: KeptLimits
  /** The port by which a fired timer leaves its node. */
  readonly timerPort: (run: LiveRun, node: string) => string
}

/** Steps of runs, each inside a transaction: dedupe, append, project. What follows outside is left in the batch. */
export interface Driver {
  start(batch: RunBatch, start: NewRun, by: Command): LiveRun
  /** An attempt's end. False where nobody waits for it any more. */
  answer(batch: RunBatch, at: { run: string; effect: EffectId }, attempted: Attempted): boolean
  /** An attempt under way says how far it is. */
  progress(batch: RunBatch, at: { run: string; effect: EffectId }, progress: Progress): void
  /** Left by a person or a task. */
  complete(
    batch: RunBatch,
    at: { run: LiveRun; open: OpenEffect; exit: PortValue },
    origin: Origin,
  ): void
  fire(batch: RunBatch, timer: { run: string; effect: EffectId }): void
  /** A back-off has passed. */
  attemptDue(batch: RunBatch, timer: { run: string; effect: EffectId }): void
  /** The clock was set back over a back-off that had passed: it passes again. */
  rearm(batch: RunBatch, timer: { run: string; effect: EffectId }): void
  retry(batch: RunBatch, run: LiveRun, open: OpenEffect, by: Command): void
  cancel(batch: RunBatch, run: LiveRun, by: Command): void
  /** By hand. Without an error edge an activity becomes an incident. @throws STEP_NOT_FAILABLE */
  fail(batch: RunBatch, at: { run: LiveRun; open: OpenEffect; error: Failure }, by: Command): void
  /** @throws REWIND_REFUSED */
  rewind(
    batch: RunBatch,
    at: { run: LiveRun; node: string; values: Readonly<Record<string, Json>> },
    by: Command,
  ): void
  /** @throws ValidationError MIGRATION_REFUSED with findings about the old flow's nodes */
  migrate(
    batch: RunBatch,
    at: {
      run: LiveRun
      bundle: Bundle
      from: number
      version: number
      nodes: Readonly<Record<string, string>>
    },
    by: Command,
  ): void
  /** @throws MIGRATION_FINAL */
  unmigrate(batch: RunBatch, run: LiveRun, by: Command): void
  /** Begins what may begin of the runs that an effect asks for. */
  pump(batch: RunBatch, effect: EffectId): void
  /** Last in the transaction: how far lists have come. */
  tellProgress(batch: RunBatch): void
  /** Begins the run that an ended one goes on as, where it has not begun. */
  succeed(batch: RunBatch, id: string): void
  /** @throws INPUT_INVALID, MESSAGE_KEPT_TOO_LONG, MESSAGES_FULL */
  send(batch: RunBatch, command: MessageCommand): Sent
  messageLoad(): MessageLoad
  /** Gives an effect that waits for a message one that is kept. */
  serve(batch: RunBatch, at: { run: string; effect: EffectId }): void
  suspend(batch: RunBatch, run: LiveRun, by: Command): void
  resume(batch: RunBatch, run: LiveRun, by: Command): void
}

export const commandEvent = (
  by: Command,
  action: string,
  step: string | null,
  facts: RunEvent['data'] = {},
): RunEvent => ({
  type: 'command',
  step,
  data: { action, ...facts, actor: by.actor.id, reason: by.reason ?? null },
})

const hasEdgeFor = (
  effect: Extract<OpenEffect['effect'], { kind: 'activity' }>,
  error: Failure,
): boolean =>
  effect.hasErrorEdge || (effect.hasTimeoutEdge === true && error.code === 'EFFECT_TIMEOUT')

export function createDriver(parts: DriverParts): Driver {
  const { store, core, journal, cache, projection } = parts
  const now = (run: LiveRun): number => Math.max(parts.clock.now(), run.at)

  const write = (
    batch: RunBatch,
    run: LiveRun,
    entry: RunEntry,
    origin: Origin,
    step: Parameters<RunJournal['write']>[2] = null,
  ): void => {
    batch.writes += 1
    // Before anything of it is changed, so that a fault in between has it forgotten.
    batch.touched.set(run.id, run)
    const was = run.seq === 0 ? null : run.shown
    const output = step?.output ?? null
    const events = journal.write(run, entry, step, origin, () =>
      children.follow(batch, run, was, output),
    )
    const told = batch.events.get(run.tenant)
    if (told) told.push(...events)
    else batch.events.set(run.tenant, events)
  }

  const begin = (batch: RunBatch, run: LiveRun, effect: OpenEffect['effect']): void => {
    projection.open(batch, run, effect)
    children.open(batch, run, effect)
    messages.open(batch, run, effect)
  }

  /** Feeds the core. An input that it does not accept leaves no trace. */
  const feed = (
    batch: RunBatch,
    run: LiveRun,
    input: Input,
    origin: Origin & Partial<Pick<StepEntry, 'attempted' | 'cachedAt'>>,
    /** Writes the run's own row before those that refer to it. */
    addRow?: () => void,
  ): boolean => {
    const step = core.step(run.bundle.program, run.state, input)
    if (!step.accepted) return false
    const answered = 'effect' in input ? run.open.get(input.effect) : undefined
    const before = [...run.open.values()]
    write(batch, run, stepEntry(input, step, origin), origin, step)
    addRow?.()
    for (const open of before) {
      if (run.open.has(open.effect.id) && open !== answered) continue
      children.close(batch, run, open.effect)
      messages.close(open.effect)
      if (open === answered)
        projection.close(batch, run, open, { how: 'answered', by: origin.actor.id, at: run.at })
      else projection.close(batch, run, open, { how: 'stopped', at: run.at })
    }
    if (run.status === 'active')
      for (const effect of step.effects) if (effect.kind !== 'stop') begin(batch, run, effect)
    // What it goes on as is held as it was; what it has asked for is not.
    if (run.status !== 'active' && isHeld(run)) letGo(batch, run)
    if (run.status === 'continued')
      batch.work.push(() =>
        successors.succeed(batch, run.id, { output: step.output, suspended: run.suspended }),
      )
    return true
  }

  /** What it has asked for, and what that undoes, is held by it no longer. */
  const letGo = (batch: RunBatch, run: LiveRun): void => {
    store.timers.releaseRun(run.id)
    batch.resumed.push(run)
    batch.wakeAt = parts.clock.now()
  }

  const start: Driver['start'] = (batch, given, by) => {
    const at = parts.clock.now()
    const { bundle, lineage } = given
    const { flow } = bundle.release
    const run = newLiveRun({ ...given, flow: flow.id, at, shown: 'running' })
    const info: RunInfo = {
      id: run.id,
      flow: flow.id,
      version: lineage.version === 0 ? 'draft' : String(lineage.version),
      caseKey: given.caseKey,
      startedAt: at,
      ...parentInfo(lineage),
      ...depthInfo(store.runs, run),
    }
    batch.writes += 1
    feed(batch, run, { type: 'start', at, run: info, input: given.input }, by, () => {
      batch.added.set(run.id, run.seq)
      store.runs.add({
        ...projection.row(run),
        tenant: run.tenant,
        flow: flow.id,
        flowName: flow.name,
        release: bundle.hash,
        case: run.scope.case,
        token: given.token,
        startedAt: at,
        ...lineage,
        next: null,
      })
    })
    cache.add(run)
    return run
  }

  const cancel: Driver['cancel'] = (batch, run, by) => {
    const origin = { ...by, told: [commandEvent(by, 'cancel', null)] }
    const input = { type: 'cancel', at: now(run), reason: by.reason ?? '' } as const
    if (feed(batch, run, input, origin)) children.stopUnheeded(batch, run)
  }

  const suspend: Driver['suspend'] = (batch, run, by) => {
    if (run.suspended) return
    const told = [commandEvent(by, 'suspend', null)]
    write(batch, run, { type: 'suspend', at: now(run) }, { ...by, told })
  }

  const isHeld = (run: LiveRun): boolean => parts.suspension.heldBy(run) !== undefined
  const caseName = parts.keys.name
  const children = createChildren(
    { ...parts, caseName, isHeld },
    {
      start,
      cancel,
      answer(batch, { run, open: { effect } }, answer) {
        const at = now(run)
        const origin = { actor: engineActor }
        const to = { at, effect: effect.id }
        if (answer.ok)
          feed(batch, run, { type: 'done', ...to, port: onlyPort, value: answer.value }, origin)
        else if (!feed(batch, run, { type: 'failed', ...to, error: answer.error }, origin))
          write(
            batch,
            run,
            { type: 'incident', ...to, error: answer.error, attempted: false },
            origin,
          )
      },
    },
  )
  const successors = createSuccessors({ ...parts, caseName, runs: store.runs }, { start, suspend })
  const messages = createMessages(
    { ...parts, isHeld, limits: parts.keptMessages },
    {
      received(batch, { run, effect }, value, by) {
        const to = { at: now(run), effect: effect.id }
        if (effect.kind === 'each') {
          write(batch, run, { type: 'added', ...to, items: [value] }, by)
          children.grow(batch, run, effect.id)
          return
        }
        feed(batch, run, { type: 'done', ...to, port: 'received', value }, by)
      },
      unfit(batch, { run, effect }, error, by) {
        const to = { at: now(run), effect: effect.id }
        write(batch, run, { type: 'incident', ...to, error, attempted: false }, by)
      },
    },
  )

  const open = (at: { run: string; effect: EffectId }) => {
    const run = cache.find(at.run)
    const waiting = run?.open.get(at.effect)
    return run && waiting && { run, waiting }
  }

  const armRetry = (batch: RunBatch, run: LiveRun, effect: EffectId, dueAt: number): void => {
    store.timers.add({ tenant: run.tenant, run: run.id, effect, kind: 'retry', dueAt })
    batch.wakeAt = Math.min(batch.wakeAt, dueAt)
  }

  /** Set aside while the run is suspended, so that it does not keep the others from firing. */
  const holdTimer = (batch: RunBatch, run: LiveRun, effect: EffectId): boolean => {
    if (parts.suspension.heldBy(run) === undefined) return false
    batch.writes += 1
    store.timers.hold(run.id, effect)
    return true
  }

  const failAttempt = (
    batch: RunBatch,
    run: LiveRun,
    waiting: OpenEffect,
    attempted: Attempted & { ok: false },
  ): boolean => {
    const { effect } = waiting
    const { failure, policy } = attempted
    const at = now(run)
    const verdict = afterFailure(policy, failure, {
      key: effect.id,
      attempt: waiting.failures + 1,
      now: at,
      since: waiting.since,
      hasErrorEdge: effect.kind === 'activity' && hasEdgeFor(effect, failure.error),
    })
    const origin = { actor: engineActor, attempted: attempted.attempted ?? true }
    const progress = attempted.progress ? { progress: attempted.progress } : {}
    switch (verdict.verdict) {
      case 'retry':
        write(
          batch,
          run,
          {
            type: 'attempt',
            at,
            effect: effect.id,
            error: failure.error,
            nextAt: verdict.at,
            ...progress,
          },
          origin,
        )
        armRetry(batch, run, effect.id, verdict.at)
        return true
      case 'fallback':
        return feed(
          batch,
          run,
          { type: 'done', at, effect: effect.id, port: verdict.port, value: verdict.value as Json },
          origin,
        )
      case 'fail':
        return feed(
          batch,
          run,
          { type: 'failed', at, effect: effect.id, error: verdict.error },
          origin,
        )
      case 'incident':
        write(
          batch,
          run,
          {
            type: 'incident',
            at,
            effect: effect.id,
            error: verdict.error,
            ...progress,
            ...(attempted.attempted === false ? { attempted: false } : {}),
          },
          origin,
        )
        return true
    }
  }

  /** Writes a migration or its taking back, and brings what is looked up by time, person and status in step. */
  const move = (
    batch: RunBatch,
    run: LiveRun,
    entry: MigrateEntry,
    { by, step }: { by: Command; step: Step | null },
  ): void => {
    const { to, from } = entry
    const told = [commandEvent(by, entry.type, null, { from: from.version, to: to.version })]
    const before = [...run.open.values()]
    write(batch, run, entry, { ...by, told }, step)
    for (const open of before)
      if (!run.open.has(open.effect.id)) {
        children.close(batch, run, open.effect)
        messages.close(open.effect)
        projection.close(batch, run, open, { how: 'stopped', at: run.at })
      }
    for (const effect of entry.effects) if (effect.kind !== 'stop') begin(batch, run, effect)
    store.runs.move(run.id, to)
  }

  return {
    start,
    answer(batch, at, attempted) {
      const found = open(at)
      if (!found) return false
      const { run, waiting } = found
      if (!isDue(waiting, parts.clock.now())) return false
      if (!attempted.ok) return failAttempt(batch, run, waiting, attempted)
      return feed(
        batch,
        run,
        { type: 'done', at: now(run), effect: at.effect, ...attempted.exit },
        attempted.cachedAt === undefined
          ? { actor: engineActor, attempted: true }
          : { actor: engineActor, cachedAt: attempted.cachedAt },
      )
    },
    progress(batch, at, progress) {
      const found = open(at)
      if (!found || !isDue(found.waiting, parts.clock.now())) return
      const { run } = found
      const entry: RunEntry = { type: 'progress', at: now(run), effect: at.effect, progress }
      write(batch, run, entry, { actor: engineActor })
    },
    complete(batch, { run, open: waiting, exit }, origin) {
      feed(batch, run, { type: 'done', at: now(run), effect: waiting.effect.id, ...exit }, origin)
    },
    fire(batch, timer) {
      const found = open(timer)
      const effect = found?.waiting.effect
      if (!found || (effect?.kind !== 'timer' && effect?.kind !== 'each')) {
        store.timers.remove(timer.run, timer.effect)
        return
      }
      const { run } = found
      if (holdTimer(batch, run, timer.effect)) return
      if (effect.kind === 'each') {
        if ((effect.enough?.dueAt ?? 0) > parts.clock.now()) return
        batch.writes += 1
        store.timers.remove(timer.run, timer.effect)
        children.pump(batch, effect.id)
        return
      }
      // Armed anew under the same id, or the clock was set back: it stays in the table.
      if (effect.dueAt > parts.clock.now()) return
      const at = now(run)
      const port = effect.port ?? parts.timerPort(run, effect.node)
      feed(
        batch,
        run,
        { type: 'done', at, effect: timer.effect, port, value: { at } },
        { actor: engineActor },
      )
    },
    attemptDue(batch, timer) {
      const found = open(timer)
      if (found && holdTimer(batch, found.run, timer.effect)) return
      batch.writes += 1
      store.timers.remove(timer.run, timer.effect)
      if (found?.waiting.status !== 'retrying') return
      // Its row in the list of runs now counts the attempt, so that a restart finds it.
      batch.touched.set(found.run.id, found.run)
      batch.offers.push(timer)
    },
    rearm(batch, at) {
      const found = open(at)
      if (!found || found.waiting.nextAt === null) return
      batch.writes += 1
      armRetry(batch, found.run, at.effect, found.waiting.nextAt)
    },
    retry(batch, run, waiting, by) {
      const { effect } = waiting
      const step = `${effect.node}:${effect.epoch}`
      const origin = { ...by, told: [commandEvent(by, 'retry', step)] }
      const at = now(run)
      if (effect.kind === 'incident') {
        feed(
          batch,
          run,
          { type: 'done', at, effect: effect.id, port: 'retry', value: null },
          origin,
        )
        return
      }
      if (waiting.status !== 'incident' && waiting.status !== 'retrying')
        throw new TerminalError('STEP_NOT_RETRYABLE', { step })
      if (waiting.status === 'retrying') store.timers.remove(run.id, effect.id)
      write(batch, run, { type: 'retry', at, effect: effect.id }, origin)
      if (effect.kind === 'activity') batch.offers.push({ run: run.id, effect: effect.id })
      else children.again(batch, run, effect)
    },
    cancel,
    pump: children.pump,
    send: messages.send,
    messageLoad: messages.load,
    serve(batch, at) {
      const found = open(at)
      if (found) messages.serve(batch, found.run, found.waiting.effect)
    },
    tellProgress: children.tellProgress,
    succeed: (batch, id) => successors.succeed(batch, id),
    fail(batch, { run, open: waiting, error }, by) {
      const { effect } = waiting
      const step = `${effect.node}:${effect.epoch}`
      const origin = { ...by, told: [commandEvent(by, 'fail', step)] }
      const at = now(run)
      if (feed(batch, run, { type: 'failed', at, effect: effect.id, error }, origin)) return
      if (effect.kind !== 'activity') throw new TerminalError('STEP_NOT_FAILABLE', { step })
      if (waiting.status === 'retrying') store.timers.remove(run.id, effect.id)
      const entry = { type: 'incident', at, effect: effect.id, error, attempted: false } as const
      write(batch, run, entry, origin)
      batch.aborts.push(effect.id)
    },
    rewind(batch, { run, node, values }, by) {
      const told = [commandEvent(by, 'rewind', null, { node })]
      const input = { type: 'rewind', at: now(run), node, values } as const
      if (!feed(batch, run, input, { ...by, told }))
        throw new TerminalError('REWIND_REFUSED', { run: run.id, node })
    },
    migrate(batch, { run, bundle, from, version, nodes }, by) {
      const at = now(run)
      const migration =
        run.state && core.migrate(run.bundle.program, run.state, bundle.program, { at, nodes })
      if (!migration?.ok) {
        const findings = migration?.findings ?? []
        const detail = findings.map(({ code, params }) => sentence(code as MessageCode, params))
        const params = { run: run.id, version, detail: detail.join(' ') }
        throw new ValidationError('MIGRATION_REFUSED', findings, params)
      }
      const { effects, trace } = migration.step
      const to = { release: bundle.hash, version }
      move(
        batch,
        run,
        {
          type: 'migrate',
          at,
          from: { release: run.bundle.hash, version: from },
          to,
          nodes,
          effects,
          trace,
        },
        { by, step: migration.step },
      )
    },
    unmigrate(batch, run, by) {
      const { former } = run
      if (!former) throw new TerminalError('MIGRATION_FINAL', { run: run.id })
      const stopped = [...run.open.values()].filter(({ effect }) => !former.open.has(effect.id))
      const again = [...former.open.values()].filter(({ effect }) => !run.open.has(effect.id))
      const place = ({ node, epoch }: OpenEffect['effect']) => ({ node, epoch })
      move(
        batch,
        run,
        {
          type: 'unmigrate',
          at: now(run),
          from: { release: run.bundle.hash, version: store.runs.get(run.id)?.version ?? 0 },
          to: { release: former.bundle.hash, version: former.version },
          nodes: {},
          effects: [
            ...stopped.map(({ effect }) => ({
              ...place(effect),
              id: `${effect.id}:stop`,
              kind: 'stop' as const,
              target: effect.id,
            })),
            ...again.map(({ effect }) => effect),
          ],
          trace: [
            ...stopped.map(({ effect }) => ({ ...place(effect), event: 'stopped' as const })),
            ...again.map(({ effect }) => ({
              ...place(effect),
              event: 'entered' as const,
              input: 'input' in effect ? effect.input : {},
            })),
          ],
        },
        { by, step: null },
      )
      for (const { effect, status, nextAt } of again)
        if (status === 'retrying' && nextAt !== null) armRetry(batch, run, effect.id, nextAt)
    },
    suspend,
    resume(batch, run, by) {
      if (!run.suspended) return
      const told = [commandEvent(by, 'resume', null)]
      write(batch, run, { type: 'resume', at: now(run) }, { ...by, told })
      letGo(batch, run)
      for (const [effect, each] of run.open)
        if (isDue(each, parts.clock.now())) batch.offers.push({ run: run.id, effect })
      for (const effect of run.fanOuts.keys()) children.pump(batch, effect)
      for (const { effect } of run.open.values()) messages.serve(batch, run, effect)
    },
  }
}

const parentInfo = ({ parent, parentEffect, item }: Lineage): Pick<RunInfo, 'parent'> =>
  parent === null || parentEffect === null
    ? {}
    : { parent: { run: parent, effect: parentEffect, ...(item === null ? {} : { index: item }) } }

/** How many calls of the flow by itself stand around the run. */
function depthInfo(
  runs: Pick<Store['runs'], 'get'>,
  { flow, lineage }: Pick<LiveRun, 'flow' | 'lineage'>,
): Pick<RunInfo, 'depth'> {
  let depth = 0
  let { parent, body } = lineage
  while (parent !== null) {
    const around = runs.get(parent)
    if (around?.flow !== flow) break
    if (body === null) depth += 1
    ;({ parent, body } = around)
  }
  return depth === 0 ? {} : { depth }
}
