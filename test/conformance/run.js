// `npm run conformance -- jsonlogic dmn`: bundles the public suites' runner and runs it; a JSON line a suite.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { root } from '../../engine/cli/setup.js'

const bundle = join(root, 'dist', 'conformance', 'main.js')
buildSync({
  absWorkingDir: root,
  entryPoints: [join('test', 'conformance', 'main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
