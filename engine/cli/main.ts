import { MetisError } from '#core/errors.ts'
import { exitCode, UsageError, type Command, type Terminal } from '#engine/cli/command.ts'
import { productVersion } from '#engine/cli/root.ts'

/** Each loads what it needs when it is called, so that `--help` answers at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('#engine/cli/commands/start.ts')).start,
  run: async () => (await import('#engine/cli/commands/run.ts')).run,
  validate: async () => (await import('#engine/cli/commands/validate.ts')).validate,
  compile: async () => (await import('#engine/cli/commands/compile.ts')).compileFlow,
  node: async () => (await import('#engine/cli/commands/node.ts')).node,
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(10)}${(await load()).summary}`,
    ),
  )
  return [
    'metis: draws, runs and watches loan workflows',
    '',
    'metis <command> [options]; metis <command> --help tells more',
    '',
    ...lines,
  ].join('\n')
}

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof TypeError &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS_'))

const processTerminal = (interrupted: AbortSignal): Terminal => ({
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  env: process.env,
  cwd: process.cwd(),
  colour: process.stderr.isTTY === true && process.env['NO_COLOR'] === undefined,
  interrupted,
})

/** The first signal asks to end, the second ends. */
function listenForSignals(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM'] as const
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const signal of signals) process.on(signal, interrupt)
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, interrupt)
    },
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(await overview())
    return name === undefined ? exitCode.usage : exitCode.done
  }
  if (name === '--version' || name === '-v') {
    terminal.out(productVersion)
    return exitCode.done
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    terminal.err(`metis: there is no command "${name}".\n\n${await overview()}`)
    return exitCode.usage
  }
  const command = await load()
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (options.includes('--help') || options.includes('-h')) {
    terminal.out(command.help)
    return exitCode.done
  }
  try {
    return await command.run(args, terminal)
  } catch (error) {
    if (!isUsage(error)) throw error
    terminal.err(`metis ${name}: ${error.message}\n\n${command.help}`)
    return exitCode.usage
  }
}

/** The command line; resolves to the exit code. */
export async function main(argv: readonly string[], given?: Terminal): Promise<number> {
  const signals = listenForSignals()
  const terminal = given ?? processTerminal(signals.signal)
  try {
    return await dispatch(argv, terminal)
  } catch (error) {
    const known = error instanceof MetisError
    terminal.err(
      `metis: ${known || !(error instanceof Error) ? String(known ? error.message : error) : error.stack}`,
    )
    return known ? exitCode.usage : exitCode.failed
  } finally {
    signals.stop()
  }
}
