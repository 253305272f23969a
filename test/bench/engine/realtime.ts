import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { pino } from 'pino'
import { openDatabase } from '#engine/adapters/sqlite/open-database.ts'
import { projectRoot } from '#engine/cli/root.ts'
import type { Engine } from '#engine/run/engine.ts'
import { createServer, type Server } from '#engine/server/create-server.ts'
import type { BenchCase } from './cases.ts'
import { cost, quantile } from '../line.ts'
import { answers, application, loanFlow } from './loan-flow.ts'
import { databaseIn, openEngine, publish, temporaryFolder } from './open-engine.ts'
import type { Sizes } from './sizes.ts'

const token = 'token-of-the-benchmark'
const load = join(projectRoot, 'test', 'bench', 'engine', 'load.js')

/** The loan flow without its peers: their answers come with the application. */
const pureFlow = {
  ...loanFlow,
  id: 'pure',
  nodes: loanFlow.nodes.map((node) =>
    node.id in answers
      ? {
          ...node,
          type: 'data.map',
          config: {},
          inputs: mapped(answers[node.id] as object, node.id),
        }
      : node,
  ),
}
function mapped(answer: object, peer: string) {
  return Object.fromEntries(
    Object.keys(answer).map((field) => [field, { var: `input.peers.${peer}.${field}` }]),
  )
}
const pureInput = { ...(application(1) as object), peers: answers }

const serve = (engine: Engine): Promise<Server> =>
  createServer({
    engine,
    port: 0,
    token,
    designer: '/nonexistent',
    version: '0.0.0',
    log: pino({ level: 'silent' }),
    sandbox: null,
    models: { list: () => [] },
    templates: { list: () => [], get: () => absent(), folder: () => absent() },
  })
function absent(): never {
  throw new Error('the benchmark has no templates')
}

/** The same server with nothing behind it but one insert, synced to disk before the answer. */
function openInsert(folder: string, real: Engine): { engine: Engine; close(): void } {
  const db = openDatabase(databaseIn(folder))
  db.exec('CREATE TABLE requests (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO requests (body) VALUES (?)')
  return {
    engine: {
      ...real,
      startRun: ({ input }) => {
        const { lastInsertRowid } = insert.run(JSON.stringify(input))
        return Promise.resolve({ id: String(lastInsertRowid), created: true })
      },
    },
    close: () => void db.close(),
  }
}

async function latencies(server: Server, { rate }: Sizes, seconds: number): Promise<number[]> {
  const body = JSON.stringify({ input: pureInput })
  const worker = new Worker(load, {
    workerData: {
      url: `${server.url}/api/v1/flows/${pureFlow.id}/runs`,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
      body,
      rate,
      count: Math.ceil(rate * seconds),
    },
  })
  const [times] = (await once(worker, 'message')) as [number[]]
  await worker.terminate()
  return times
}

/** ms from start to decision over HTTP, at 200 requests a second, in turn with the same server and one insert. */
export const realtime: BenchCase = async function* (sizes, progress) {
  const folders = [temporaryFolder(), temporaryFolder()] as const
  const engine = await openEngine(folders[0])
  const insert = openInsert(folders[1], engine)
  const servers = await Promise.all([serve(engine), serve(insert.engine)])
  try {
    publish(engine, pureFlow)
    const [ours, theirs] = servers
    const turns = 4
    for (const server of servers) await latencies(server, sizes, sizes.seconds / 10)
    const times = { ours: [] as number[], theirs: [] as number[] }
    for (let turn = 0; turn < turns; turn += 1) {
      times.ours.push(...(await latencies(ours, sizes, sizes.seconds / turns)))
      times.theirs.push(...(await latencies(theirs, sizes, sizes.seconds / turns)))
    }
    progress(`${times.ours.length} requests to each`)
    for (const [name, part] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const)
      yield cost({
        case: 'realtime',
        value: quantile(times.ours, part),
        unit: `ms, ${name}`,
        baseline: name === 'p50' ? 'express-insert' : `express-insert-${name}`,
        baselineValue: quantile(times.theirs, part),
      })
  } finally {
    for (const server of servers) await server.close()
    await engine.close()
    insert.close()
    for (const folder of folders) rmSync(folder, { recursive: true })
  }
}
