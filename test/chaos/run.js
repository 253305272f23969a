// `npm run chaos [-- --kills N] [--minutes N] [--seed N]`: the kill test at length. Prints what it counted.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const root = join(import.meta.dirname, '../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const child = spawn(
  process.execPath,
  [vitest, 'run', '--project', 'unit', 'test/chaos/kill.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      CHAOS_STRIDE: '1',
      CHAOS_KILLS: values.kills,
      CHAOS_MINUTES: values.minutes,
      CHAOS_SEED: values.seed,
    },
  },
)
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
