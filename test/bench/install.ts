import { spawnSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#engine/cli/root.ts'
import type { Progress } from './measure.ts'

/** Installs the packages of `test/bench/<name>` beside the builds, so that no tool takes them for the product's. Returns the folder. */
export function install(name: string, progress: Progress): string {
  const folder = join(projectRoot, 'dist', 'bench', name)
  cpSync(join(projectRoot, 'test', 'bench', name), folder, { recursive: true })
  if (existsSync(join(folder, 'node_modules'))) return folder
  progress(`installing what is measured against in dist/bench/${name} …`)
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  })
  if (status !== 0) throw new Error(`npm ci failed in dist/bench/${name}`)
  return folder
}
