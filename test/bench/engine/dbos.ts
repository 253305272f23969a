import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot } from '#engine/cli/root.ts'
import type { Progress } from './cases.ts'
import { answers, application } from './loan-flow.ts'
import { startPostgres } from './postgres.ts'
import type { Sizes } from './sizes.ts'

/** Installed beside the builds, so that no tool takes its packages for the product's. */
const folder = join(projectRoot, 'dist', 'bench', 'dbos')

function install(progress: Progress): void {
  cpSync(join(projectRoot, 'test', 'bench', 'dbos'), folder, { recursive: true })
  if (existsSync(join(folder, 'node_modules'))) return
  progress('installing DBOS …')
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  })
  if (status !== 0) throw new Error('npm ci failed in dist/bench/dbos')
}

/** Runs per second of the same steps on DBOS with PostgreSQL, both started for this. */
export async function dbosPerSecond(sizes: Sizes, progress: Progress): Promise<number> {
  install(progress)
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
