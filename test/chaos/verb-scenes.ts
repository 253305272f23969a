import { Database } from '#engine/adapters/sqlite/database.ts'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import { by } from '#engine/run/engine-fixture.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'

/** Runs of the first version, each with a case key; there is a second version. */
export async function prepare(engine: RunningEngine, runs: number): Promise<string[]> {
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

export interface Scene {
  readonly before?: (engine: RunningEngine, ids: readonly string[]) => Promise<unknown>
  readonly act: (engine: RunningEngine, ids: readonly string[]) => Promise<unknown>
  /** How often it has been done, as the runs tell and as their history tells. */
  readonly done: (engine: RunningEngine, ids: readonly string[]) => { now: number; told: number }
  readonly all: (runs: number) => number
}

const told = (engine: RunningEngine, action: string): number =>
  engine
    .events('default', { from: 0 })
    .filter(({ type, data }) => type === 'command' && data['action'] === action).length
/** Until no command on many runs goes on. */
export const settledBulk = async (engine: RunningEngine): Promise<void> => {
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
/** What operators do that takes more than one write. */
export const scenes: Readonly<Record<string, Scene>> = {
  'a migration': {
    act: (engine, ids) =>
      engine.operate({ ...by, run: first(ids), verb: { do: 'migrate', version: 2, nodes: {} } }),
    done: moved,
    all: () => 1,
  },
  'a migration of many runs': {
    act: (engine) => onMany(engine, { do: 'migrate', version: 2, nodes: {} }),
    done: moved,
    all: (runs) => runs,
  },
  'a command on many runs': {
    act: (engine) => onMany(engine, { do: 'suspend' }),
    done: (engine, ids) => ({
      now: ids.filter((run) => engine.getRun('default', run).status === 'suspended').length,
      told: told(engine, 'suspend'),
    }),
    all: (runs) => runs,
  },
  'an erasure': {
    before: (engine, ids) => engine.cancelRun({ ...by, run: first(ids) }),
    act: (engine) =>
      engine.eraseCase({ ...by, of: { caseKey: 'A-0' }, confirm: 'A-0', reason: 'asked' }),
    done: (engine, ids) => ({
      now: ids.filter((run) => engine.getRun('default', run).erased).length,
      told: told(engine, 'erase'),
    }),
    all: () => 1,
  },
}

/** The key of the first case. */
export const keyOf = (file: string): Buffer => {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[], Buffer>('SELECT key FROM cases WHERE number = 1').pluck().get() as Buffer
  } finally {
    db.close()
  }
}
