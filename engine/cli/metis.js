#!/usr/bin/env node
// The launcher: plain JavaScript that installs and builds what is missing, then hands over.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildNames, checkNode, ensureBuilt, ensureInstalled, root, viteBin } from './setup.js'

const args = process.argv.slice(2)

/** Rebuilds on change: the engine restarts, the designer reloads in the browser. */
function develop(rest) {
  const run = (...argv) => spawn(process.execPath, argv, { cwd: root, stdio: 'inherit' })
  const engine = join(root, 'dist', 'engine')
  const children = [
    run(viteBin, 'build', '--mode', 'engine', '--watch', '--logLevel', 'warn'),
    run(
      `--watch-path=${engine}`,
      '--watch-preserve-output',
      join(engine, 'cli.js'),
      'start',
      '--dev',
      ...rest,
    ),
    run(viteBin, '--clearScreen', 'false'),
  ]
  const stop = () => children.forEach((child) => child.kill('SIGTERM'))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop)
  for (const child of children) child.once('exit', stop)
}

checkNode()
ensureInstalled()
if (args[0] === 'build') ensureBuilt(buildNames, { force: true })
else {
  ensureBuilt(args[0] === 'start' ? buildNames : ['engine'])
  if (args[0] === 'dev') develop(args.slice(1))
  else {
    const { main } = await import(pathToFileURL(join(root, 'dist', 'engine', 'cli.js')).href)
    process.exitCode = await main(args)
  }
}
