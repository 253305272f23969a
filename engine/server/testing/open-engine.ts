import { onTestFinished } from 'vitest'
import { createRegistry } from '#core/node/registry.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine, type EngineOptions } from '#engine/run/create-engine.ts'
import { builtInNodes } from '#nodes/index.ts'

/** A real engine in memory that closes with the test. */
export async function openEngine(options: Partial<EngineOptions> = {}) {
  const engine = await createEngine({
    store: openStore(':memory:'),
    registry: createRegistry(builtInNodes),
    clock: simulatedClock(),
    masterKey: new Uint8Array(32).fill(7),
    ...options,
  })
  onTestFinished(() => engine.close())
  return engine
}
