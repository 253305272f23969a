// What the scripts share that are started by npm. Plain JavaScript: it runs before anything is installed.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkNode, ensureInstalled, root } from '../engine/cli/setup.js'

/** What was asked for; ends the process with the help where that was asked for, or where nobody could understand it. */
export function asked({ help, ...config }) {
  const options = { ...config.options, help: { type: 'boolean', short: 'h', default: false } }
  try {
    const parsed = parseArgs({ ...config, options })
    if (!parsed.values.help) return parsed
    process.stdout.write(`${help}\n`)
    process.exit(0)
  } catch (error) {
    refuse(error.message, help)
  }
}

export function refuse(what, help) {
  process.stderr.write(`${what}\n\n${help}\n`)
  process.exit(2)
}

/** Installs what is missing. */
export function ensureReady() {
  checkNode()
  ensureInstalled()
}

/** A bundle of a script in TypeScript, made as the product is bundled. */
export async function bundled(entry, outfile) {
  const { buildSync } = await import('esbuild')
  const path = join(root, outfile)
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  return path
}
