// `npm run bench -- engine|rules [--case NAME]`: bundles the benchmark as the product is bundled, then runs it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { root } from '../../engine/cli/setup.js'

const [suite, ...args] = process.argv.slice(2)
const suites = ['engine', 'rules']
if (!suites.includes(suite)) {
  process.stderr.write(`Name what to measure: npm run bench -- ${suites.join('|')} [--case NAME]\n`)
  process.exit(1)
}
const bundle = join(root, 'dist', 'bench', `${suite}.js`)
buildSync({
  absWorkingDir: root,
  entryPoints: [join('test', 'bench', suite, 'main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, ['--expose-gc', bundle, ...args], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
