import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { authorAlias } from '#engine/adapters/custom-nodes/author-alias.ts'
import { loadCustomNodes } from '#engine/adapters/custom-nodes/load-custom-nodes.ts'
import { formatProblem } from '#engine/adapters/custom-nodes/node-problem.ts'
import type { Terminal } from '#engine/cli/command.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { builtInNodes } from '#nodes/index.ts'

async function testFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((each) => each.isFile() && /\.test\.(ts|js|mjs)$/.test(each.name))
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => !path.slice(folder.length).includes('node_modules'))
    .toSorted()
}

/** Bundles the tests with the product's sources for authors, so that they run on Node alone. */
async function bundleTests(files: readonly string[], folder: string, scratch: string) {
  const { build } = await import('esbuild')
  const result = await build({
    entryPoints: [...files],
    outbase: folder,
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    metafile: true,
    logLevel: 'silent',
    alias: authorAlias(projectRoot),
  })
  return Object.keys(result.metafile.outputs).map((path) => relative(process.cwd(), path))
}

const runTests = (files: readonly string[], terminal: Terminal): Promise<boolean> =>
  new Promise((done, fail) => {
    const args = ['--enable-source-maps', '--test-reporter=spec', '--test', ...files]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    createInterface(child.stdout).on('line', (line) => terminal.out(line))
    createInterface(child.stderr).on('line', (line) => terminal.err(line))
    child.once('error', fail).once('close', (code) => done(code === 0))
  })

/** Whether every node type below the folder fits the contract and every test passes. */
export async function testNodes(folder: string, terminal: Terminal): Promise<boolean> {
  const scratch = await mkdtemp(join(tmpdir(), 'metis-node-test-'))
  try {
    const loading = { folders: [folder], builtIn: builtInNodes, scratch: join(scratch, 'nodes') }
    const { nodes, problems } = await loadCustomNodes(loading)
    for (const { node, file } of nodes)
      terminal.out(`${node.type} version ${node.version}: ${file}`)
    for (const problem of problems) terminal.err(formatProblem(problem))
    if (problems.length > 0) return false
    if (nodes.length === 0) {
      terminal.err(`There is no node.ts or node.js below ${folder}.`)
      return false
    }
    const files = await testFiles(folder)
    if (files.length === 0) {
      terminal.err(`There is no test beside ${nodes.map(({ file }) => file).join(', ')}.`)
      return false
    }
    return await runTests(await bundleTests(files, folder, join(scratch, 'tests')), terminal)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
