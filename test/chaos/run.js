// `npm run chaos [-- --kills N] [--minutes N] [--seed N]`: the kill test at length. Prints what it counted.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../engine/cli/setup.js'
import { asked, ensureReady, refuse } from '../script.js'

const help = `npm run chaos [-- --kills N] [--minutes N] [--seed N]

Kills the engine before and after each write to its journal, then at random moments, and counts what the outside world
saw: effects lost, booked twice, called again. Then kills it in the middle of what operators do, a twentieth as often for
each. Installs what is missing.

  --kills N    at random moments: 1000
  --minutes N  after which no new kill begins: 50
  --seed N     the same moments again; printed by each run`

const { values } = asked({
  help,
  options: {
    kills: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
for (const name of ['kills', 'minutes', 'seed'])
  if (!/^\d{1,9}$/.test(values[name])) refuse(`--${name} is a number, not "${values[name]}".`, help)
ensureReady()
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const child = spawn(
  process.execPath,
  [
    vitest,
    'run',
    '--project',
    'unit',
    'test/chaos/kill.test.ts',
    'test/chaos/verbs-killed.test.ts',
  ],
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
