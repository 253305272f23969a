import { compileDecision } from '#core/decision/compile.ts'
import type { BuildFunction } from '#core/decision/generate.ts'
import { type MetisError, TerminalError } from '#core/errors.ts'
import type { Decision } from '#core/graph/decision.ts'
import { isObject, type JsonObject } from '#core/json.ts'
import type { Registry } from '#core/node/registry.ts'
import type { BlobService, Services } from '#core/node/services.ts'
import type { Clock } from '#core/ports.ts'
import { createCore } from '#core/step/core.ts'
import type { Store } from '#core/store.ts'
import type { AdmissionLimits } from './admission.ts'
import type { EffectContext } from './attempt.ts'
import { blobs } from './blobs.ts'
import { bulk } from './bulk.ts'
import { calendars } from './calendars.ts'
import { commandLog } from './command-log.ts'
import { connections, type ResolvedConnection } from './connections.ts'
import { decisionRules, drafts, flowRules, type DocumentParts } from './document-rules.ts'
import { documents } from './documents.ts'
import { explainStep } from './explain-step.ts'
import type { Engine } from './engine.ts'
import type { KeptLimits } from './messages.ts'
import { erasures } from './erasure.ts'
import { guardStore } from './guard-store.ts'
import { keepMasterKeyCheck } from './master-key-check.ts'
import { operations } from './operations.ts'
import type { ReplayVerdict } from './run-journal.ts'
import { runViews } from './run-views.ts'
import { createRuntime, type Log } from './runtime.ts'
import { startRun } from './start-run.ts'
import { suspensions } from './suspensions.ts'
import { tasks } from './tasks.ts'
import { verifyChain, type ChainVerdict } from './verify-chain.ts'

/** For whom services are made, and what the engine itself lends them. */
export interface ServiceContext extends EffectContext {
  /** @throws TerminalError CONNECTION_UNKNOWN */
  readonly connection: (name: string) => ResolvedConnection
  readonly blobs: BlobService
}

export interface EngineOptions {
  readonly store: Store
  readonly registry: Registry
  readonly clock: Clock
  /** 32 bytes; see `loadMasterKey`. */
  readonly masterKey: Uint8Array
  /** Called for each attempt that uses services. @default only `blobs` */
  readonly services?: (context: ServiceContext) => Partial<Services>
  /** The newest version of a model, which a release pins. @default none */
  readonly model?: (name: string) => string | undefined
  /** Connections that every tenant has until it configures its own under the name. @default none */
  readonly connections?: readonly ResolvedConnection[]
  /** @default silent */
  readonly log?: Log
  /** Attempts under way at once. @default 64 */
  readonly concurrency?: number
  /** What the engine may be behind with before it turns new runs away. */
  readonly admission?: AdmissionLimits
  /** How many messages may wait for runs that do not wait for them yet. */
  readonly keptMessages?: KeptLimits
  /** The same of one tenant. @default no limit of its own: tenants take turns */
  readonly tenantConcurrency?: number
  /** Runs kept in memory; the others cost rows only. @default 1000 */
  readonly runsInMemory?: number
  /** Makes code of decisions that are evaluated often. @default they stay closures */
  readonly build?: BuildFunction
  /** Told once, when the disk fails: from then on nothing is written or performed any more. */
  readonly onFailure?: (failure: MetisError) => void
}

export interface RunningEngine extends Engine {
  /** Walks the audit chain and names the first broken place. */
  verify(tenant: string): ChainVerdict
  /** Folds a run's journal again and compares. @throws TerminalError NOT_FOUND */
  replay(tenant: string, run: string): ReplayVerdict
  /** For services that outlive one attempt. @throws TerminalError CONNECTION_UNKNOWN */
  connection(tenant: string, name: string): ResolvedConnection
}

const silent: Log = { info: () => {}, error: () => {} }

/** Opens the durable interpreter on a store and takes up everything that a former process left open. */
export async function createEngine(options: EngineOptions): Promise<RunningEngine> {
  const { registry, clock } = options
  keepMasterKeyCheck(options.store, options.masterKey)
  let failure: MetisError | undefined
  const store = guardStore(options.store, (first) => {
    failure = first
    runtime.halt(first)
    options.onFailure?.(first)
  })
  const runtime = createRuntime({
    store,
    core: createCore(),
    build: options.build ?? null,
    registry,
    clock,
    masterKey: options.masterKey,
    log: options.log ?? silent,
    concurrency: options.concurrency ?? 64,
    // The sandbox is there to be changed: its answers are never given again.
    address(tenant, name) {
      const { address, source } = wires.resolve(tenant, name)
      return source === 'sandbox' ? undefined : address
    },
    admission: options.admission ?? {},
    keptMessages: options.keptMessages ?? {},
    tenantConcurrency: options.tenantConcurrency ?? Infinity,
    runsInMemory: options.runsInMemory ?? 1000,
    services: (context) => {
      const lent: ServiceContext = {
        ...context,
        connection: (name) => wires.resolve(context.tenant, name),
        blobs: files.service(context.tenant),
      }
      return options.services?.(lent) ?? { blobs: lent.blobs }
    },
  })
  const { keys, codec, bundles, journal, cache, driver } = runtime
  const parts: DocumentParts = { store, registry, clock, model: options.model ?? (() => undefined) }
  const commands = commandLog({ store, clock, history: runtime.history })
  const files = blobs({ store, keys, commands })
  const wires = connections(
    {
      store,
      keys,
      commands,
      health: (tenant, name) => runtime.guards.health(tenant, name),
      changed: (tenant, name) => runtime.refresh(tenant, name),
    },
    options.connections ?? [],
  )
  const views = runViews({
    store,
    keys,
    bundles,
    journal,
    holds: runtime.holds,
    waitsFor: (at) => runtime.waitsFor(at),
    untold: (tenant) => runtime.untold(tenant),
  })
  const people = tasks({
    store,
    keys,
    codec,
    bundles,
    journal,
    cache,
    driver,
    suspension: runtime.suspension,
  })
  const byHand = operations({ runtime, store, views, registry })
  const standstill = suspensions({ store, clock, connections: wires, runtime })
  const decisions = documents({ store, commands }, decisionRules())

  const decisionAt = (tenant: string, id: string, version?: number | 'draft'): Decision => {
    const found =
      version === 'draft'
        ? drafts(store).decision(tenant, id)
        : (decisions.get(tenant, id, version ?? decisions.get(tenant, id).version ?? undefined)
            .document as Decision)
    if (!found) throw new TerminalError('NOT_FOUND', { what: 'decision', id })
    return found
  }

  const many = bulk({ store, clock, keys, runtime, operations: byHand, views })

  const erasing = erasures({ store, clock, keys, runtime, views })

  runtime.recover()
  many.recover()
  erasing.recover()
  return {
    flows: documents({ store, commands }, flowRules(parts)),
    calendars: calendars({ store, commands, clock }),
    decisions: {
      ...decisions,
      evaluate: (tenant, id, input, version) =>
        compileDecision(decisionAt(tenant, id, version), (other) =>
          drafts(store).published(tenant, other),
        )((isObject(input) ? input : {}) as JsonObject, clock.now(), tenant),
    },
    async startRun(command) {
      const answered = runtime.admission.enter(command.tenant)
      try {
        return await runtime.submit(startRun({ runtime, documents: parts }, command))
      } finally {
        answered()
      }
    },
    load: () => ({
      ...runtime.admission.load(),
      open: runtime.waiting(),
      messages: driver.messageLoad(),
    }),
    getRun: views.get,
    getRunFlow(tenant, id) {
      const { flow, decisions: used } = bundles.get(tenant, views.row(tenant, id).release).release
      return { flow, decisions: used }
    },
    explainStep(tenant, id, step, query) {
      const run = views.get(tenant, id)
      const { release } = bundles.get(tenant, run.release)
      return explainStep(release, { run, step, registry }, query)
    },
    listRuns: views.list,
    events: views.events,
    subscribe: runtime.subscribe,
    cancelRun: (command) => runtime.submit((batch) => byHand.cancel(batch, command)),
    retryStep: (command) => runtime.submit((batch) => byHand.retry(batch, command)),
    completeStep: (command) => runtime.submit((batch) => byHand.complete(batch, command)),
    operate: (command) => runtime.submit((batch) => byHand.operate(batch, command)),
    listSuspensions: standstill.list,
    setSuspension: standstill.set,
    previewBulk: many.preview,
    applyBulk: many.apply,
    getBulk: many.get,
    listBulkItems: many.items,
    listBulks: many.list,
    previewErasure: erasing.preview,
    eraseCase: erasing.erase,
    listErasures: erasing.list,
    listTasks: people.list,
    getTask: people.get,
    completeTask: (command) => runtime.submit((batch) => people.complete(batch, command)),
    sendMessage: (command) => runtime.submit((batch) => driver.send(batch, command)),
    putBlob: files.put,
    getBlob: files.get,
    listConnections: wires.list,
    putConnection: wires.put,
    putSecret: wires.putSecret,
    nodeTypes: () => registry.descriptors(),
    idle: runtime.idle,
    async settled(tenant, run) {
      views.row(tenant, run)
      await runtime.settled(tenant, run)
      const view = views.get(tenant, run)
      await runtime.synced()
      return view
    },
    synced: runtime.synced,
    verify: (tenant) => verifyChain(store, tenant),
    replay: (tenant, run) => journal.replay(views.row(tenant, run)),
    failure: () => failure,
    connection: wires.resolve,
    async close() {
      many.close()
      await runtime.close()
      store.close()
    },
  }
}
