// `npm run conformance -- jsonlogic dmn`: bundles the public suites' runner and runs it; a JSON line a suite.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../engine/cli/setup.js'
import { asked, bundled, ensureReady, refuse } from '../script.js'

const suites = ['jsonlogic', 'dmn']
const help = `npm run conformance [-- ${suites.join(' ')}]

Runs the public suites, both unless named, and prints a JSON line for each: passed, total, and every gap by its name.
Installs what is missing.

METIS_SUITES is the folder with their cases; a suite whose cases are not there is skipped, and it is said.`

const { positionals } = asked({ help, options: {}, allowPositionals: true })
const unknown = positionals.find((name) => !suites.includes(name))
if (unknown !== undefined) refuse(`There is no suite "${unknown}".`, help)
ensureReady()
const bundle = await bundled(
  join('test', 'conformance', 'main.ts'),
  join('dist', 'conformance', 'main.js'),
)
const { status } = spawnSync(process.execPath, [bundle, ...positionals], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
