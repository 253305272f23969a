import { z } from 'zod'
import { MetisError } from '#core/errors.ts'
import { anyJson } from '#core/graph/control.ts'
import { defineNode } from '#core/node/define-node.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { createHttpService } from '#engine/adapters/http/create-http-service.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'

// An engine in a process of its own that does as it is told, to be killed. Its clock stands still until it is advanced.
const [file = '', peer = '', now = ''] = process.argv.slice(2)
const clock = simulatedClock(Number(now))
const by = { tenant: 'default', actor: { id: 'tester', kind: 'user' as const } }
const http = createHttpService({ resolveConnection: () => undefined, allow: [peer] })

/** Says how far it is and asks the peer, whom it tells what the attempt before had said. */
const slow = defineNode({
  type: 'test.slow',
  version: 1,
  title: 'Slow',
  description: 'Reports while it waits for its peer.',
  area: 'integration',
  icon: 'hourglass',
  config: z.object({}),
  inputs: {},
  outputs: { out: anyJson },
}).effect({ uses: [] }, async ({ attempt, progress, heartbeat, signal, exit }) => {
  heartbeat({ done: attempt, total: 9 })
  const from = progress === null ? 'nothing' : String(progress.done)
  const response = await fetch(`${peer}/slow?attempt=${attempt}&from=${from}`, { signal })
  return exit.out((await response.json()) as { call: number })
})

const engine = await createEngine({
  store: openStore(file),
  registry: createRegistry([...builtInNodes, slow]),
  clock,
  masterKey: Buffer.alloc(32, 7),
  services: ({ connection }) => ({
    http: http.for((name) => {
      const { credential, ...found } = connection(name)
      return { ...found, secret: credential }
    }),
  }),
})

const served = {
  connect: (limits: object) =>
    engine.putConnection({
      ...by,
      connection: { name: 'peer', kind: 'http', address: peer, settings: {}, secret: null, limits },
    }),
  publish(document: { id: string }) {
    engine.flows.save({ ...by, document })
    engine.flows.publish({ ...by, id: document.id })
  },
  start: async (flow: string) => (await engine.startRun({ ...by, flow, input: {} })).id,
  cancel: (run: string) => engine.cancelRun({ ...by, run }),
  suspend: (suspended: boolean) =>
    engine.setSuspension({ ...by, kind: 'connection', name: 'peer', suspended }),
  run: (id: string) => engine.getRun('default', id),
  health: () => engine.listConnections('default')[0]?.health,
  /** Negative where it is set back. */
  async advance(ms: number) {
    clock.advance(ms)
    await engine.idle()
  },
  /** Does not wait for what is under way. */
  pass: (ms: number) => clock.advance(ms),
  idle: () => engine.idle(),
  sound: (run: string) => engine.replay('default', run).same && engine.verify('default').ok,
}
export type Served = typeof served

process.on('message', ({ id, name, args }: { id: number; name: keyof Served; args: unknown[] }) => {
  Promise.resolve()
    // The caller's types pair each name with its arguments.
    .then(() => (served[name] as (...given: unknown[]) => unknown)(...args))
    .then(
      (value) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof MetisError ? error.code : String(error) }),
    )
})
process.send?.({ ready: true })
