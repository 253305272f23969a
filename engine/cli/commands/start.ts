import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import type { MetisError } from '#core/errors.ts'
import { exitCode, UsageError, type Command, type Terminal } from '#engine/cli/command.ts'
import { nodeFolders } from '#engine/cli/node-folders.ts'
import { productVersion, projectRoot } from '#engine/cli/root.ts'
import { startProduct } from '#engine/main.ts'

const help = `metis start [--port N] [--host NAME] [--nodes DIR] [--no-open]

Starts the server with the designer and prints the address that signs a browser in.

  --port N       4400, or PORT
  --host NAME    127.0.0.1; another one opens the server to the network
  --data DIR     ./data, or METIS_DATA
  --nodes DIR    node types of your own, may be repeated; or METIS_NODES
  --no-open      opens no browser
  --no-sandbox   starts no bureau, mail server and SMS gateway of its own
  --concurrency N         attempts under way at once: 64, or METIS_CONCURRENCY
  --tenant-concurrency N  the same of one tenant: no limit of its own, or METIS_TENANT_CONCURRENCY
  --dev          loads node types anew when their files change

Exit code: 0 stopped, 5 the disk failed (start again once it is mended), 2 the start was refused.

METIS_TOKEN is the token that guards the API; without it one is made in the data directory.
METIS_HTTP_ALLOW lists hosts that outbound HTTP may reach besides public ones, separated by commas.`

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`"${text}" is no port. Write a number up to 65535, 0 for any free one.`)
  return port
}

function limitOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`--${option} is a whole number from 1 on, not "${text}"`)
  return Number(text)
}

/** Opens the address where there is a screen; that there is none is no fault. */
function openBrowser(url: string, env: Terminal['env']): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
    linux: ['xdg-open'],
  }
  const [opener, ...args] = openers[process.platform] ?? []
  const screen = process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']
  if (opener === undefined || !screen || env['CI']) return
  const child = spawn(opener, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

/** ms for which a process whose disk failed goes on to say so at /readyz, and to let people read. */
const lingerMs = 10_000

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })

export const start: Command = {
  help,
  async run(args, terminal) {
    const { env, cwd } = terminal
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: env['PORT'] ?? '4400' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: env['METIS_DATA'] ?? 'data' },
        nodes: { type: 'string', multiple: true },
        concurrency: { type: 'string', default: env['METIS_CONCURRENCY'] ?? '' },
        'tenant-concurrency': { type: 'string', default: env['METIS_TENANT_CONCURRENCY'] ?? '' },
        'no-open': { type: 'boolean', default: false },
        'no-sandbox': { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
      },
    })
    const concurrency = limitOf('concurrency', values.concurrency)
    const tenantConcurrency = limitOf('tenant-concurrency', values['tenant-concurrency'])
    let onFailure = (_failure: MetisError): void => {}
    const failed = new Promise<MetisError>((resolve) => (onFailure = resolve))
    const product = await startProduct({
      onFailure,
      port: portOf(values.port),
      host: values.host,
      dataDir: resolve(cwd, values.data),
      token: env['METIS_TOKEN'],
      nodeFolders: nodeFolders(values.nodes, terminal),
      httpAllow: env['METIS_HTTP_ALLOW'] ?? '',
      designer: join(projectRoot, 'dist', 'designer'),
      version: productVersion,
      limits: {
        ...(concurrency === undefined ? {} : { concurrency }),
        ...(tenantConcurrency === undefined ? {} : { tenantConcurrency }),
      },
      sandbox: !values['no-sandbox'],
      watchNodes: values.dev,
      log: pino({ level: env['METIS_LOG'] ?? 'info' }, pino.destination(2)),
      onNodeProblem: (text) => terminal.err(text),
    })
    terminal.out(`metis is ready: ${product.signInUrl}`)
    if (!values['no-open'] && !values.dev) openBrowser(product.signInUrl, env)
    const failure = await Promise.race([failed, untilAborted(terminal.interrupted)])
    if (failure) {
      terminal.err(`metis: ${failure.message}`)
      await Promise.race([
        untilAborted(terminal.interrupted),
        setTimeout(lingerMs, undefined, { ref: false }),
      ])
    }
    await product.close()
    return failure ? exitCode.storage : exitCode.done
  },
}
