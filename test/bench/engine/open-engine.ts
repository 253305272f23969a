import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistry } from '#core/node/registry.ts'
import { systemClock } from '#engine/adapters/clock/system.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine, type RunningEngine } from '#engine/run/create-engine.ts'
import { builtInNodes } from '#nodes/index.ts'
import { ask, loanDecisions } from './loan-flow.ts'

export const by = { tenant: 'default', actor: { id: 'bench', kind: 'system' as const } }
export const registry = createRegistry([...builtInNodes, ask])

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'metis-bench-'))
export const databaseIn = (folder: string): string => join(folder, 'metis.db')

/**
 * An engine as the product opens it: FULL sync, encryption and chain on. But a loop that is late because others take the
 * processor turns no run away.
 */
export const openEngine = (folder: string, inFlight = 64): Promise<RunningEngine> =>
  createEngine({
    store: openStore(databaseIn(folder)),
    registry,
    clock: systemClock,
    masterKey: Buffer.alloc(32, 7),
    concurrency: inFlight,
    admission: { delay: Infinity },
  })

export function publish(engine: RunningEngine, flow: { readonly id: string }): void {
  for (const document of loanDecisions) {
    const { id } = engine.decisions.save({ ...by, document })
    engine.decisions.publish({ ...by, id })
  }
  engine.flows.save({ ...by, document: flow })
  engine.flows.publish({ ...by, id: flow.id })
}

/** Does the work with an engine of its own, which leaves nothing behind. */
export async function withEngine<T>(
  flow: { readonly id: string },
  inFlight: number,
  work: (engine: RunningEngine, folder: string) => Promise<T>,
): Promise<T> {
  const folder = temporaryFolder()
  const engine = await openEngine(folder, inFlight)
  try {
    publish(engine, flow)
    return await work(engine, folder)
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true })
  }
}
