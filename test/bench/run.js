// `npm run bench -- engine|rules|editor [--case NAME]`: bundles the benchmark as the product is bundled, then runs it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../engine/cli/setup.js'
import { asked, bundled, ensureReady, refuse } from '../script.js'

const suites = ['engine', 'rules', 'editor']
const help = `npm run bench -- ${suites.join(' | ')} [--case NAME]

Measures what it costs, beside baselines measured in the same run, and prints a JSON line for each. Installs what is
missing. Leave the machine alone meanwhile.

  --case NAME  only this one; a name that is none lists them`

const { positionals, values } = asked({
  help,
  options: { case: { type: 'string' } },
  allowPositionals: true,
})
const [suite, beyond] = positionals
if (suite === undefined) refuse('Name what to measure.', help)
if (!suites.includes(suite)) refuse(`There is no benchmark "${suite}".`, help)
if (beyond !== undefined) refuse(`"${beyond}" is one argument too many.`, help)
ensureReady()
const bundle = await bundled(
  join('test', 'bench', suite, 'main.ts'),
  join('dist', 'bench', `${suite}.js`),
)
// Documents are read and checkpoints made in it. One that was built earlier may be older than what is measured.
await bundled(
  join('engine', 'adapters', 'workers', 'worker.ts'),
  join('dist', 'engine', 'worker.js'),
)
const chosen = values.case === undefined ? [] : ['--case', values.case]
const { status } = spawnSync(process.execPath, ['--expose-gc', bundle, ...chosen], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
