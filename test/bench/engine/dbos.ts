import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { install } from '../install.ts'
import type { Progress } from '../measure.ts'
import { answers, application } from './loan-flow.ts'
import { startPostgres } from './postgres.ts'
import type { Sizes } from './sizes.ts'

/** Runs per second of the same steps on DBOS with PostgreSQL, both started for this. */
export async function dbosPerSecond(sizes: Sizes, progress: Progress): Promise<number> {
  const folder = install('dbos', progress)
  const postgres = await startPostgres(progress)
  try {
    const { inFlight, dbosRuns: runs } = sizes
    const worker = spawn(process.execPath, [join(folder, 'worker.js')], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const job = { database: postgres.url, answers, input: application(1), inFlight }
    worker.stdin.end(JSON.stringify({ ...job, runs, warmUp: Math.ceil(runs / 4) }))
    const [told] = await Promise.all([text(worker.stdout), once(worker, 'exit')])
    const last = told.trim().split('\n').at(-1)
    if (!last) throw new Error('the DBOS worker told no result')
    const { took } = JSON.parse(last) as { took: number }
    return (runs * 1000) / took
  } finally {
    await postgres.close()
  }
}
