import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { install } from '../install.ts'
import type { Progress } from '../measure.ts'
import { answers, application } from './loan-flow.ts'
import { startPostgres } from './postgres.ts'
import type { Sizes } from './sizes.ts'

/** What a workflow keeps as steps. */
interface PerSecond {
  /** Whatever our history shows with a result of its own: effects, rules, decision. */
  readonly dbos: number
  /** Effects alone; what rules and decision gave is not kept. */
  readonly 'dbos-effects': number
}

/** Runs per second of the same flow on DBOS with PostgreSQL, both started for this. */
export async function dbosPerSecond(sizes: Sizes, progress: Progress): Promise<PerSecond> {
  const folder = install('dbos', progress)
  const postgres = await startPostgres(progress)
  const measure = async (evaluations: boolean): Promise<number> => {
    const { inFlight, dbosRuns: runs } = sizes
    const worker = spawn(process.execPath, [join(folder, 'worker.js')], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const flow = { answers, input: application(1), evaluations }
    const job = { database: postgres.url, ...flow, inFlight, runs, warmUp: Math.ceil(runs / 4) }
    worker.stdin.end(JSON.stringify(job))
    const [told] = await Promise.all([text(worker.stdout), once(worker, 'exit')])
    const last = told.trim().split('\n').at(-1)
    if (!last) throw new Error('the DBOS worker told no result')
    const { took } = JSON.parse(last) as { took: number }
    return (runs * 1000) / took
  }
  try {
    return { dbos: await measure(true), 'dbos-effects': await measure(false) }
  } finally {
    await postgres.close()
  }
}
