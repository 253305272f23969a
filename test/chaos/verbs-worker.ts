import { createRegistry } from '#core/node/registry.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'
import { builtInNodes } from '#nodes/index.ts'
import { prepare, scenes, settledBulk } from './verb-scenes.ts'

// A process to be killed: prepares a scene, acts when it is told to, and tells when that is acknowledged and when it is over.
const [file = '', name = '', runs = ''] = process.argv.slice(2)
const scene = scenes[name]
if (!scene) throw new Error(`there is no scene "${name}"`)
const engine = await createEngine({
  store: openStore(file),
  registry: createRegistry(builtInNodes),
  clock: simulatedClock(),
  masterKey: Buffer.alloc(32, 7),
})
const ids = await prepare(engine, Number(runs))
await scene.before?.(engine, ids)
await engine.idle()
process.once('message', () => {
  void (async () => {
    await scene.act(engine, ids)
    process.send?.('acknowledged')
    await settledBulk(engine)
    process.send?.('over')
  })()
})
process.send?.(ids)
