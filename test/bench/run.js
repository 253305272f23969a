// `npm run bench -- engine|rules [--case NAME]`: bundles the benchmark as the product is bundled, then runs it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { root } from '../../engine/cli/setup.js'

const [suite, ...args] = process.argv.slice(2)
const suites = ['engine', 'rules']
if (!suites.includes(suite)) {
  process.stderr.write(`Name what to measure: npm run bench -- ${suites.join('|')} [--case NAME]\n`)
  process.exit(1)
}
const bundled = (entry, outfile) => {
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  return outfile
}
const bundle = bundled(
  join('test', 'bench', suite, 'main.ts'),
  join(root, 'dist', 'bench', `${suite}.js`),
)
// The product's own where it is built: documents are read in it.
const worker = join(root, 'dist', 'engine', 'worker.js')
if (!existsSync(worker)) bundled(join('engine', 'adapters', 'workers', 'worker.ts'), worker)
const { status } = spawnSync(process.execPath, ['--expose-gc', bundle, ...args], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
