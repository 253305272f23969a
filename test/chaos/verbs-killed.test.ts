import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { TerminalError } from '#core/errors.ts'
import type { Store } from '#core/store.ts'
import { createRegistry } from '#core/node/registry.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine } from '#engine/run/create-engine.ts'
import { builtInNodes } from '#nodes/index.ts'
import { bundledWorkers } from './bundled-workers.ts'
import { checkScene } from './check-scene.ts'
import { keyOf, prepare, scenes, settledBulk } from './verb-scenes.ts'
import { createRandom } from '../property/random.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-killed-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Kill {
  /** At which transaction from now on, of those that are not taken back. */
  readonly at: number
  readonly when: 'before' | 'after'
}

/** An engine that writes nothing more, hears no clock and folds no log once it is killed: as a process that has ended. */
async function open(file: string) {
  const clock = simulatedClock()
  const store = openStore(file)
  let kill: Kill | undefined
  let count = 0
  let dead = false
  const die = (): never => {
    dead = true
    throw new TerminalError('ENGINE_CLOSED')
  }
  const killed =
    (writes: Store['write']): Store['write'] =>
    (work) => {
      if (dead) die()
      let isIt = false
      const result = writes(() => {
        const value = work()
        // What is tried and taken back does not come here.
        count += 1
        isIt = count === kill?.at
        if (isIt && kill?.when === 'before') die()
        return value
      })
      if (isIt) die()
      return result
    }
  const engine = await createEngine({
    registry: createRegistry(builtInNodes),
    masterKey: Buffer.alloc(32, 7),
    clock: { now: () => clock.now(), at: (at, fire) => clock.at(at, () => dead || fire()) },
    store: {
      ...store,
      foldLog: () => (dead ? die() : store.foldLog()),
      transaction: killed(store.transaction),
      write: killed(store.write),
      async sync() {
        if (dead) die()
        await store.sync()
      },
    },
  })
  return {
    engine,
    arm(given: Kill) {
      kill = given
      count = 0
    },
    isDead: () => dead,
    /** What is still queued finds a store that refuses it. */
    leave: () => engine.close(),
  }
}

const runs = 5

for (const [name, scene] of Object.entries(scenes))
  for (const when of ['before', 'after'] as const)
    it(`[R678] ${name}, killed ${when} each of its writes, is done or not after the next start, as the history tells; what was acknowledged is done`, async () => {
      let kills = 0
      for (let at = 1; ; at += 1) {
        const file = join(folder, `${at}.db`)
        const life = await open(file)
        const ids = await prepare(life.engine, runs)
        await scene.before?.(life.engine, ids)
        await life.engine.idle()
        const key = keyOf(file)
        life.arm({ at, when })
        const acknowledged = await scene.act(life.engine, ids).then(
          () => true,
          () => false,
        )
        await Promise.race([
          settledBulk(life.engine),
          (async () => {
            while (!life.isDead()) await new Promise((resume) => setImmediate(resume))
          })(),
        ])
        const killed = life.isDead()
        if (killed) kills += 1

        const next = await open(file)
        await checkScene(next.engine, { scene, ids, file, key, acknowledged, killed: `at ${at}` })
        await next.engine.close()
        await life.leave()
        if (!killed) break
      }
      expect(kills).toBeGreaterThan(0)
    })

/** Real processes, of which each is killed once. */
const kills = Math.ceil(Number(process.env['CHAOS_KILLS'] ?? 60) / 20)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)
const manyRuns = 40

let workers: Awaited<ReturnType<typeof bundledWorkers>>
beforeAll(async () => {
  workers = await bundledWorkers('verbs-worker')
})
afterAll(() => workers.remove())

/** Acts in a process that is killed after so many ms, or once it is over; then starts an engine on what it has left. */
async function killedAfter(name: string, ms: number): Promise<number> {
  const scene = scenes[name] as (typeof scenes)[string]
  const file = join(mkdtempSync(join(folder, 'life-')), 'metis.db')
  const child = spawn(process.execPath, [workers.path('verbs-worker'), file, name, `${manyRuns}`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = once(child, 'exit')
  const [ids] = (await once(child, 'message')) as [string[]]
  const key = keyOf(file)
  let acknowledged = false
  const kill = () => child.kill('SIGKILL')
  child.on('message', (message) => {
    if (message === 'acknowledged') acknowledged = true
    else kill()
  })
  child.send('act')
  const from = performance.now()
  const timer = ms === Infinity ? undefined : setTimeout(kill, ms)
  const [, signal] = (await gone) as [number | null, string | null]
  const lasted = performance.now() - from
  clearTimeout(timer)
  expect(signal).toBe('SIGKILL')
  const next = await open(file)
  await checkScene(next.engine, { scene, ids, file, key, acknowledged, killed: `after ${ms} ms` })
  await next.engine.close()
  return lasted
}

for (const name of Object.keys(scenes))
  it(
    `[R773] ${name}, its process killed ${kills} times at random, is done or not after the next start, as the history tells; what was acknowledged is done`,
    async () => {
      const random = createRandom(seed)
      const longest = await killedAfter(name, Infinity)
      expect(longest).toBeGreaterThan(0)
      for (let kill = 0; kill < kills; kill += 1) await killedAfter(name, random.next() * longest)
    },
    120_000 + kills * 20_000,
  )
