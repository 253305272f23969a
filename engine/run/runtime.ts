import type { EventView, StepView } from '#core/api/views.ts'
import type { BuildFunction } from '#core/decision/generate.ts'
import { MetisError, TerminalError } from '#core/errors.ts'
import { lockConfig } from '#core/graph/control.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Services } from '#core/node/services.ts'
import type { Clock } from '#core/ports.ts'
import { mostUnsynced, type RunRow, type Store } from '#core/store.ts'
import type { Core, EffectId } from '#core/step/types.ts'
import { attempt, type EffectContext } from './attempt.ts'
import { attemptFailure } from './attempt-failure.ts'
import { admission, type Admission, type AdmissionLimits } from './admission.ts'
import { answers } from './answers.ts'
import { bundles, type Bundles } from './bundles.ts'
import { caseKeys, type CaseKeys } from './case-keys.ts'
import { createDriver, type Attempted, type Driver } from './driver.ts'
import { groupCommit } from './group-commit.ts'
import { history, type History } from './history.ts'
import { holds, type Holds } from './holds.ts'
import { isDue, type LiveRun, type OpenEffect } from './live-run.ts'
import { AttemptStopped, createPerformer, type EffectAddress } from './performer.ts'
import { expiryOf, outcomeOf, turnedAway } from './waiting.ts'
import { createLocks } from './locks.ts'
import { guards, type Guards } from './guards.ts'
import { pulse } from './pulse.ts'
import type { KeptLimits } from './messages.ts'
import { plans, type Plan } from './plans.ts'
import { runBatch, wholly, type RunBatch } from './run-batch.ts'
import { runCache, type RunCache } from './run-cache.ts'
import { runJournal, type RunJournal } from './run-journal.ts'
import { stepOfEffect } from './run-events.ts'
import { runProjection } from './run-projection.ts'
import { suspension, type Suspension } from './suspension.ts'
import { valueCodec, type ValueCodec } from './value-codec.ts'
import { wakeUp } from './wake-up.ts'

/** Where the engine tells what happens to itself. Fields carry ids and codes, never values. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>): void
  error(fields: Readonly<Record<string, unknown>>): void
}

export interface RuntimeOptions {
  readonly store: Store
  readonly core: Core
  /** Makes code of decisions that are evaluated often; null where they stay closures. */
  readonly build: BuildFunction | null
  readonly registry: Registry
  readonly clock: Clock
  readonly masterKey: Uint8Array
  readonly services: (context: EffectContext) => Partial<Services>
  readonly log: Log
  /** Where a connection leads; undefined where its answers are not kept. */
  readonly address: (tenant: string, connection: string) => string | undefined
  readonly admission: AdmissionLimits
  readonly keptMessages: KeptLimits
  /** Attempts under way at once. */
  readonly concurrency: number
  /** The same of one tenant, Infinity for no limit of its own. */
  readonly tenantConcurrency: number
  /** Runs kept in memory. */
  readonly runsInMemory: number
}

type WaitsFor = StepView['waitsFor']
type Listener = (tenant: string, events: readonly EventView[]) => void

/** The machinery that keeps runs going: commit → acknowledge → perform. */
export interface Runtime {
  readonly keys: CaseKeys
  readonly codec: ValueCodec
  readonly history: History
  readonly bundles: Bundles
  readonly journal: RunJournal
  readonly cache: RunCache
  readonly driver: Driver
  readonly holds: Holds
  readonly suspension: Suspension
  readonly guards: Guards
  readonly admission: Admission
  /** Effects that wait, also for a connection that is down. */
  waiting(): number
  /** What an effect of a running step waits for: a connection that is down, or who is inside of its lock. */
  waitsFor(at: { readonly run: RunRow; readonly node: string; readonly effect: EffectId }): WaitsFor
  /** Limits of a connection were changed. */
  refresh(tenant: string, connection: string): void
  /** Resolves once the job's writes are on disk. */
  submit<T>(job: (batch: RunBatch) => T): Promise<T>
  /** Does the job and takes it back: nothing is kept, told or performed. */
  trial<T>(job: (batch: RunBatch) => T): T
  subscribe(listener: Listener): () => void
  /** Resolves when all that can be read by now is on disk. @throws what the disk has failed with */
  synced(): Promise<void>
  /** The number of the first event that is written and not told yet, because it is not on disk; else Infinity. */
  untold(tenant: string): number
  idle(): Promise<void>
  settled(tenant: string, run: string): Promise<void>
  /** Takes up everything that a former process left open. */
  recover(): void
  /** The same for what was held until now, in portions. */
  takeUp(of: {
    readonly tenant: string
    readonly flow?: string
    /** Only runs that this one asked for. */
    readonly under?: string
  }): Promise<void>
  /** The disk has failed: no timer fires and no attempt begins any more. */
  halt(failure: MetisError): void
  close(): Promise<void>
}

/** Outcomes that may wait to be written before attempts are held back. */
const congestion = 512
const recoveryPortion = 256
/** ms of a commit's own steps; its sync and what it lets begin come on top, and the loop is to be held for less than 30. */
const turnOfCommits = 12
/** Thrown to end a trial. */
const takenBack = new Error('taken back')

export function createRuntime(options: RuntimeOptions): Runtime {
  const { store, core, clock, registry, log } = options
  const keys = caseKeys(store.cases, options.masterKey)
  const codec = valueCodec(store.values)
  const past = history(store)
  const released = bundles(store.releases, registry, options.build)
  const journal = runJournal({ store, core, keys, codec, history: past, bundles: released })
  const held = holds(store.holds)
  const suspended = suspension(held, registry, (run) => cache.find(run))
  const cache = runCache(store.runs, journal, options.runsInMemory)
  const projection = runProjection(store, codec, clock)
  const guarded = guards({
    store,
    clock,
    changed: () => void commits.submit(() => {}).catch(() => {}),
  })
  const kept = answers({ store, keys, codec, clock, address: options.address })
  const planned = plans({ registry, guards: guarded, tenantPlaces: options.tenantConcurrency })
  const locks = createLocks(store.locks, {
    token: keys.token,
    isHeld(id) {
      const run = cache.find(id)
      return run !== undefined && suspended.heldBy(run) !== undefined
    },
  })
  const driver = createDriver({
    store,
    core,
    clock,
    journal,
    cache,
    projection,
    suspension: suspended,
    bundles: released,
    codec,
    keys,
    locks,
    history: past,
    keptMessages: options.keptMessages,
    timerPort(run, id) {
      const node = run.bundle.nodes.get(id)
      const type = node && registry.get(node.type, run.bundle.release.nodes[node.type])
      return Object.keys(type?.outputs ?? {})[0] ?? 'out'
    },
  })
  const rolledBack = (batch: RunBatch): void => {
    cache.forget(batch)
    past.forget()
    keys.forget()
    codec.forget()
    held.forget()
    guarded.forget()
  }
  const listeners = new Set<Listener>()
  const settling = new Map<string, (() => void)[]>()
  let idlers: (() => void)[] = []
  let closing = false

  const commits = groupCommit<RunBatch>({
    write: (work) => store.write(() => cache.within(work)),
    sync: () => store.sync(),
    mostUnsynced,
    open: runBatch,
    finish(batch) {
      driver.tellProgress(batch)
      for (const run of batch.touched.values())
        if (batch.added.get(run.id) !== run.seq) store.runs.update(projection.row(run))
      cache.save(batch)
      guarded.write()
      past.writeHeads()
    },
    committed(batch) {
      for (const [tenant, events] of batch.events)
        for (const listener of listeners) tell(listener, tenant, events)
      for (const effect of batch.aborts) performer.abort(effect)
      for (const at of batch.offers) offer(at)
      performer.pump()
      wakes.by(batch.wakeAt)
      expiry.by(batch.expiresAt)
      for (const job of batch.later.values()) goOn(job)
      for (const { tenant, id } of batch.resumed) void takeUp({ tenant, under: id })
      for (const run of batch.touched.values()) if (!suspended.isBusy(run)) release(run.id)
      checkIdle()
    },
    rolledBack,
    failed: (failure) => halt(failure),
    turn: turnOfCommits,
  })

  /** What goes wrong with who listens must not keep runs from going on. */
  const tell = (listener: Listener, tenant: string, events: readonly EventView[]): void => {
    try {
      listener(tenant, events)
    } catch (error) {
      logFault('event.listener', {}, error)
    }
  }
  const submit: Runtime['submit'] = (job) => commits.submit(wholly(job))
  /** Rows tell of it, so that what fails here is taken up by the next start. */
  const goOn = (job: (batch: RunBatch) => void): void =>
    void submit(job).catch((error: unknown) => logFault('run.later', {}, error))
  let halted = false
  const halt = (failure: MetisError): void => {
    if (halted) return
    halted = true
    log.error({ event: 'storage.failed', code: failure.code, detail: failure.params['detail'] })
    wakes.close()
    expiry.close()
    void performer.close()
  }

  const release = (run: string): void => {
    for (const resolve of settling.get(run) ?? []) resolve()
    settling.delete(run)
  }
  const busy = (): boolean =>
    commits.queued() > 0 || commits.unsynced().length > 0 || performer.busy()
  const checkIdle = (): void => {
    if (idlers.length === 0 || busy()) return
    // What was just acknowledged may go on in its caller before it is called idle.
    setImmediate(() => {
      if (busy()) return
      const waiting = idlers
      idlers = []
      for (const resolve of waiting) resolve()
    })
  }

  const waitingAt = (at: EffectAddress) => {
    const run = cache.find(at.run)
    const open = run?.open.get(at.effect)
    // What is held is offered again when it is let go.
    if (!run || !open || suspended.holdsBack(run, open)) return undefined
    return { run, open, plan: planned.of(run, open.effect.node) }
  }
  const offer = (at: EffectAddress): void => {
    try {
      const found = waitingAt(at)
      if (!found) return
      const { run, open, plan } = found
      if (plan && answerAgain(at, { run, open, plan })) return
      performer.offer({
        run: at.run,
        effect: at.effect,
        lane: (open.retried ? plan?.patient : plan?.lane) ?? planned.lane(run.tenant),
        priority: run.lineage.priority,
        expiresAt: expiryOf(open, plan?.policy),
      })
    } catch (error) {
      logFault('effect.offer', at, error)
    }
  }
  const answer = (at: EffectAddress, attempted: Attempted): void =>
    void submit((batch) => {
      const asked = attempted.ok && attempted.cachedAt === undefined ? waitingAt(at) : undefined
      const taken = driver.answer(batch, at, attempted)
      if (taken && attempted.ok && asked?.plan)
        kept.keep({ ...asked, plan: asked.plan }, attempted.exit)
    }).catch((error: unknown) => {
      logFault('effect.answer', at, error)
      if (attempted.ok && !(error instanceof MetisError)) refuse(at, error)
    })
  /** What cannot be kept, a value without end for example: left alone its step would stand as running for ever. */
  const refuse = (at: EffectAddress, error: unknown): void => {
    const detail = error instanceof Error ? error.message : String(error)
    const failure = attemptFailure(new TerminalError('ANSWER_NOT_KEPT', { detail }))
    void submit((batch) => {
      const policy = waitingAt(at)?.plan?.policy
      if (policy) driver.answer(batch, at, { ok: false, failure, policy })
    }).catch((again: unknown) => logFault('effect.answer', at, again))
  }
  /** Gives an answer again instead of a call. What cannot be read any more is asked for anew. */
  const answerAgain = (
    at: EffectAddress,
    asked: { run: LiveRun; open: OpenEffect; plan: Plan },
  ) => {
    if (asked.plan.policy.cacheTtl === 0 || !isDue(asked.open, clock.now())) return false
    try {
      const found = kept.find(asked)
      if (found) answer(at, { ok: true, exit: found.exit, cachedAt: found.at })
      return found !== undefined
    } catch (error) {
      logFault('effect.cached', at, error)
      return false
    }
  }

  const performer = createPerformer({
    clock,
    concurrency: options.concurrency,
    wanted(at) {
      try {
        const found = waitingAt(at)
        if (!found) return false
        // It may have been got while this one waited.
        const { run, open, plan } = found
        return !(plan && answerAgain(at, { run, open, plan }))
      } catch (error) {
        logFault('effect.offer', at, error)
        return false
      }
    },
    turnedAway(at, why) {
      const found = waitingAt(at)
      if (found?.plan) answer(at, turnedAway(why, found.open, found.plan))
    },
    congested: () => commits.queued() > congestion,
    idle: checkIdle,
    async attempt(at, stop) {
      try {
        const found = waitingAt(at)
        if (!found) return 'stopped'
        if (!isDue(found.open, clock.now())) {
          if (found.open.status === 'retrying') await submit((batch) => driver.rearm(batch, at))
          return 'stopped'
        }
        const attempted = await attempt(
          {
            clock,
            services: options.services,
            told: (progress) =>
              void submit((batch) => driver.progress(batch, at, progress)).catch((error: unknown) =>
                logFault('effect.progress', at, error),
              ),
          },
          found,
          stop,
        )
        // The engine is closing, then the next start offers it again; or nobody waits for it any more.
        if (stop.reason instanceof AttemptStopped) return 'stopped'
        answer(at, attempted)
        return outcomeOf(attempted)
      } catch (error) {
        logFault('effect.attempt', at, error)
        return 'stopped'
      }
    },
  })
  const logFault = (event: string, at: Partial<EffectAddress>, error: unknown): void => {
    if (closing) return
    log.error({ event, ...at, error: error instanceof Error ? error.name : typeof error })
  }

  const heart = pulse(() => performer.ended())
  const admitted = admission({
    limits: options.admission,
    commits: () => commits.queued(),
    waiting: () => performer.ready(),
    pulse: heart,
  })

  const wakes = wakeUp({
    clock,
    timers: store.timers,
    fire: (timer) =>
      submit((batch) =>
        timer.kind === 'retry' ? driver.attemptDue(batch, timer) : driver.fire(batch, timer),
      ).catch((error: unknown) => {
        logFault('timer.fire', { run: timer.run, effect: timer.effect }, error)
        throw error
      }),
  })

  /** What is kept for a time ends with it. */
  const expiry = wakeUp({
    clock,
    timers: store.messages,
    fire: (message) =>
      submit((batch) => {
        batch.writes += 1
        store.messages.remove(message)
      }),
  })

  return {
    keys,
    codec,
    history: past,
    bundles: released,
    journal,
    cache,
    driver,
    holds: held,
    suspension: suspended,
    guards: guarded,
    admission: admitted,
    waiting: () => performer.waiting(),
    waitsFor({ run: { tenant, release, body }, node, effect }) {
      const bundle = released.get(tenant, release, body)
      const locked = locks.before(effect)
      if (locked) {
        const { holder, ahead } = locked
        const { lock } = lockConfig.parse(bundle.nodes.get(node)?.config)
        return { lock, run: holder.run, step: stepOfEffect(holder.effect), ahead }
      }
      const connection = planned.of({ tenant, bundle }, node)?.connection
      if (!connection || performer.isTrying(effect)) return undefined
      const { state, nextTry } = guarded.health(tenant, connection)
      return state === 'open' ? { connection, nextTry } : undefined
    },
    refresh(tenant, connection) {
      performer.reconsider(guarded.refresh(tenant, connection))
    },
    submit,
    trial(job) {
      const batch = runBatch()
      const taken: { value?: ReturnType<typeof job> } = {}
      try {
        store.write(() => {
          taken.value = cache.within(() => wholly(job)(batch))
          throw takenBack
        })
      } catch (error) {
        if (error !== takenBack) throw error
      } finally {
        rolledBack(batch)
      }
      return taken.value as ReturnType<typeof job>
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    synced: () => commits.synced(),
    untold: (tenant) =>
      commits
        .unsynced()
        .find((batch) => batch.events.has(tenant))
        ?.events.get(tenant)?.[0]?.seq ?? Infinity,
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve)
        checkIdle()
      }),
    settled: (tenant, id) =>
      new Promise((resolve) => {
        const row = store.runs.get(id)
        if (row?.tenant !== tenant || row.endedAt !== null || !suspended.isBusy(cache.get(id))) {
          resolve()
          return
        }
        settling.set(id, [...(settling.get(id) ?? []), resolve])
      }),
    recover() {
      for (let after = ''; ;) {
        const ids = store.runs.running(after, recoveryPortion)
        for (const id of ids) offerAgain(id, offer)
        const last = ids.at(-1)
        if (last === undefined) break
        after = last
      }
      beginRest()
      wakes.arm()
      expiry.arm()
    },
    takeUp,
    halt,
    async close() {
      closing = true
      wakes.close()
      expiry.close()
      heart.close()
      await performer.close()
      await commits.close()
    },
  }

  /** Runs that others ask for and that may begin, messages that were kept for who was held. */
  function beginRest(): void {
    for (const { effect } of store.fanOuts.unfinished()) goOn((batch) => driver.pump(batch, effect))
    for (const effect of locks.free()) goOn((batch) => driver.pump(batch, effect))
    for (const at of store.messages.servable(clock.now())) goOn((batch) => driver.serve(batch, at))
    for (const id of store.runs.toSucceed()) goOn((batch) => driver.succeed(batch, id))
  }

  async function takeUp({ tenant, flow, under }: Parameters<Runtime['takeUp']>[0]): Promise<void> {
    for (let after = ''; !closing;) {
      const ids = store.runs.running(after, recoveryPortion)
      const found: string[] = []
      for (const id of ids) {
        const row = store.runs.get(id)
        if (row?.tenant !== tenant || (flow ?? row.flow) !== row.flow) continue
        if (under === undefined || id.startsWith(`${under}:`)) found.push(id)
      }
      // What asked for these effects may not be on disk yet: they begin when this job is, and then so is that.
      goOn((batch) => {
        for (const id of found) offerAgain(id, (at) => batch.offers.push(at))
      })
      const last = ids.at(-1)
      if (last === undefined) break
      after = last
      await new Promise((resume) => setImmediate(resume))
    }
    beginRest()
    wakes.by(clock.now())
  }

  /** Under their old ids, so that a peer that has answered before can tell. */
  function offerAgain(id: string, to: (at: EffectAddress) => void): void {
    try {
      const run = cache.get(id)
      for (const [
        effect,
        {
          status,
          effect: { kind },
        },
      ] of run.open)
        if (kind === 'activity' && status !== 'incident') to({ run: id, effect })
    } catch (error) {
      // One unreadable run must not keep the others from going on.
      log.error({
        event: 'run.unreadable',
        run: id,
        error: error instanceof Error ? error.name : typeof error,
      })
    }
  }
}
