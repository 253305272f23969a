import { TerminalError } from '#core/errors.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import type { Exit } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import { createCore } from '#core/step/core.ts'
import type { EffectId } from '#core/step/types.ts'
import type { RunRow, Store } from '#core/store.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import type { Driver } from '#engine/run/driver.ts'
import type { LiveRun } from '#engine/run/live-run.ts'
import { ownLineage } from '#engine/run/new-run.ts'
import type { RunBatch } from '#engine/run/run-batch.ts'
import { createRuntime, type Runtime } from '#engine/run/runtime.ts'
import { builtInNodes } from '#nodes/index.ts'
import { testEffect, testNodes } from './test-nodes.ts'

export const by = { tenant: 'default', actor: { id: 'oracle', kind: 'system' as const } }

/** The real driver on a store that outlives it, with effects that wait for the test to answer them. */
export class World {
  readonly clock = simulatedClock()
  readonly held = new Map<EffectId, { resolve: (exit: Exit) => void; reject: (e: Error) => void }>()
  /** What went wrong inside and was only logged. */
  readonly faults: unknown[] = []
  readonly core = createCore()
  readonly store: Store
  readonly #runsInMemory: number
  runtime: Runtime
  #life = { killed: false }
  #transactions = 0

  constructor(store: Store, runsInMemory: number) {
    this.store = store
    this.#runsInMemory = runsInMemory
    this.runtime = this.#open()
  }

  #open(): Runtime {
    const { store, held } = this
    const own = { killed: false }
    this.#life = own
    const answered = {
      ...testEffect,
      run: ({ idempotencyKey, signal }: { idempotencyKey: string; signal: AbortSignal }) =>
        new Promise<Exit>((resolve, reject) => {
          const answer = { resolve, reject }
          held.set(idempotencyKey, answer)
          signal.addEventListener('abort', () => {
            if (held.get(idempotencyKey) === answer) held.delete(idempotencyKey)
          })
        }),
    }
    return createRuntime({
      build: null,
      // A process that was killed writes nothing more and hears no clock.
      store: {
        ...store,
        write: (work) => {
          if (own.killed) throw new TerminalError('ENGINE_CLOSED')
          this.#transactions += 1
          return store.write(work)
        },
      },
      core: this.core,
      registry: createRegistry([
        ...builtInNodes,
        ...testNodes.map((node) =>
          node.type === testEffect.type ? (answered as unknown as typeof node) : node,
        ),
      ]),
      clock: {
        now: () => this.clock.now(),
        at: (at, fire) => this.clock.at(at, () => own.killed || fire()),
      },
      masterKey: Buffer.alloc(32, 1),
      services: () => ({}),
      log: {
        info: () => {},
        error: (fields) => own.killed || this.faults.push(fields),
      },
      concurrency: 64,
      address: () => undefined,
      admission: {},
      keptMessages: {},
      tenantConcurrency: Infinity,
      runsInMemory: this.#runsInMemory,
    })
  }

  /** Everything submitted so far is on disk, and all that follows of itself has been done. */
  async turn(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet += 1) {
      for (let count = 0; count < 3; count += 1)
        await new Promise<void>((resolve) => void setImmediate(resolve))
      const before = this.#transactions
      await this.runtime.submit(() => {})
      if (this.#transactions > before + 1) quiet = -1
    }
  }

  /** Another process takes over what is on disk; a killed one leaves what it has not written. */
  async restart(killed: boolean): Promise<void> {
    if (!killed) await this.runtime.close()
    this.#life.killed = true
    this.held.clear()
    this.runtime = this.#open()
    this.runtime.recover()
    await this.turn()
  }

  release(id: string, flow: Flow, flows: Release['flows'] = {}): void {
    const release: Release = { flow, decisions: {}, nodes: {}, models: {}, flows }
    const body = JSON.stringify(release)
    this.store.releases.put({ tenant: by.tenant, hash: id, body, createdAt: 0 })
  }

  async start(id: string, release: string, input: Json): Promise<void> {
    const { runtime } = this
    await runtime.submit((batch) => {
      const { tenant } = by
      const scope = { tenant, ...runtime.keys.open(tenant, undefined, 0) }
      const lineage = { ...ownLineage, version: 1 }
      const bundle = runtime.bundles.get(tenant, release)
      const run = { id, tenant, bundle, lineage, input, caseKey: null, scope, token: null }
      runtime.driver.start(batch, run, by)
    })
    await this.turn()
  }

  /** In a transaction, with the run as it stands there. */
  async on(
    id: string,
    does: (driver: Driver, batch: RunBatch, run: LiveRun) => void,
  ): Promise<void> {
    const { runtime } = this
    await runtime.submit((batch) => {
      const run = runtime.cache.find(id)
      if (run) does(runtime.driver, batch, run)
    })
  }

  /** The run, those that it goes on as, and all that they have asked for. */
  rows(root: string): RunRow[] {
    const { tenant } = by
    const found: RunRow[] = this.store.runs.page(tenant, { id: root, limit: 500 })
    for (const row of found)
      found.push(...this.store.runs.page(tenant, { parent: row.id, limit: 500 }))
    return found
  }
  active(root: string): LiveRun[] {
    return this.rows(root).flatMap(({ id, endedAt }) => {
      const run = endedAt === null ? this.runtime.cache.find(id) : undefined
      return run ? [run] : []
    })
  }

  async close(): Promise<void> {
    await this.runtime.close()
  }
}
