import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Processes of this folder by their names, each as one small file, which starts in half the time. */
export async function bundledWorkers(...names: readonly string[]) {
  // Inside the repository, so that they find the one package that cannot be bundled.
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const built = mkdtempSync(join(cache, 'metis-chaos-'))
  await build({
    entryPoints: names.map((name) => join(root, `test/chaos/${name}.ts`)),
    outdir: built,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['better-sqlite3'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  return {
    path: (name: string) => join(built, `${name}.mjs`),
    remove: () => rmSync(built, { recursive: true }),
  }
}
