import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { TerminalError } from '#core/errors.ts'
import type { Store } from '#core/store.ts'
import { createRegistry } from '#core/node/registry.ts'
import { simulatedClock } from '#engine/adapters/clock/simulated.ts'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createEngine, type RunningEngine } from '#engine/run/create-engine.ts'
import { by } from '#engine/run/engine-fixture.ts'
import { builtInNodes } from '#nodes/index.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'

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
/** Runs of the first version, each with a case key; there is a second version. */
async function prepare(engine: RunningEngine): Promise<string[]> {
  const publish = (document: { id: string }) => {
    engine.flows.save({ ...by, document })
    engine.flows.publish({ ...by, id: document.id })
  }
  publish(taskFlow)
  const ids: string[] = []
  for (let n = 0; n < runs; n += 1) {
    const start = { ...by, flow: 'ask', input: { amount: 1 }, caseKey: `A-${n}` }
    ids.push((await engine.startRun(start)).id)
  }
  const second = { ...taskFlow, description: 'Asks a person once more.' }
  publish(second)
  return ids
}

interface Scene {
  readonly before?: (engine: RunningEngine, ids: readonly string[]) => Promise<unknown>
  readonly act: (engine: RunningEngine, ids: readonly string[]) => Promise<unknown>
  /** How often it has been done, as the runs tell and as their history tells. */
  readonly done: (engine: RunningEngine, ids: readonly string[]) => { now: number; told: number }
  readonly all: number
}

const told = (engine: RunningEngine, action: string): number =>
  engine
    .events('default', { from: 0 })
    .filter(({ type, data }) => type === 'command' && data['action'] === action).length
const settledBulk = async (engine: RunningEngine): Promise<void> => {
  while (engine.listBulks('default').some(({ status }) => status === 'running'))
    await new Promise((resume) => setImmediate(resume))
}
const onMany = async (
  engine: RunningEngine,
  verb: Parameters<RunningEngine['previewBulk']>[0]['verb'],
) => {
  const { id } = await engine.previewBulk({ ...by, query: { flow: 'ask' }, verb })
  await engine.applyBulk({ ...by, id, reason: 'r' })
}
const moved = (engine: RunningEngine, ids: readonly string[]) => ({
  now: ids.filter((run) => engine.getRun('default', run).version === 2).length,
  told: told(engine, 'migrate'),
})

const first = (ids: readonly string[]) => ids[0] ?? ''
const scenes: Readonly<Record<string, Scene>> = {
  'a migration': {
    act: (engine, ids) =>
      engine.operate({ ...by, run: first(ids), verb: { do: 'migrate', version: 2, nodes: {} } }),
    done: moved,
    all: 1,
  },
  'a migration of many runs': {
    act: (engine) => onMany(engine, { do: 'migrate', version: 2, nodes: {} }),
    done: moved,
    all: runs,
  },
  'a command on many runs': {
    act: (engine) => onMany(engine, { do: 'suspend' }),
    done: (engine, ids) => ({
      now: ids.filter((run) => engine.getRun('default', run).status === 'suspended').length,
      told: told(engine, 'suspend'),
    }),
    all: runs,
  },
  'an erasure': {
    before: (engine, ids) => engine.cancelRun({ ...by, run: first(ids) }),
    act: (engine) =>
      engine.eraseCase({ ...by, of: { caseKey: 'A-0' }, confirm: 'A-0', reason: 'asked' }),
    done: (engine, ids) => ({
      now: ids.filter((run) => engine.getRun('default', run).erased).length,
      told: told(engine, 'erase'),
    }),
    all: 1,
  },
}

const keyOf = (file: string): Buffer => {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[], Buffer>('SELECT key FROM cases WHERE number = 1').pluck().get() as Buffer
  } finally {
    db.close()
  }
}
const onDisk = (file: string): Buffer =>
  Buffer.concat([file, `${file}-wal`].filter(existsSync).map((path) => readFileSync(path)))

for (const [name, scene] of Object.entries(scenes))
  for (const when of ['before', 'after'] as const)
    it(`[R678] ${name}, killed ${when} each of its writes, is done or not after the next start, as the history tells; what was acknowledged is done`, async () => {
      let kills = 0
      for (let at = 1; ; at += 1) {
        const file = join(folder, `${at}.db`)
        const life = await open(file)
        const ids = await prepare(life.engine)
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
        await next.engine.idle()
        await settledBulk(next.engine)
        const { now, told: history } = scene.done(next.engine, ids)
        expect(history, `killed at ${at}`).toBe(now)
        expect(acknowledged ? [scene.all] : [0, scene.all], `killed at ${at}`).toContain(now)
        const erased = ids.filter((run) => next.engine.getRun('default', run).erased)
        expect(onDisk(file).includes(key), `killed at ${at}`).toBe(erased.length === 0)
        for (const run of ids.filter((each) => !erased.includes(each)))
          expect(next.engine.replay('default', run).same).toBe(true)
        expect(next.engine.verify('default')).toMatchObject({ ok: true })
        await next.engine.close()
        await life.leave()
        if (!killed) break
      }
      expect(kills).toBeGreaterThan(0)
    })
