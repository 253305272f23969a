import { MetisError } from '#core/errors.ts'
import {
  exitCode,
  RefusedError,
  UsageError,
  type Command,
  type Terminal,
} from '#engine/cli/command.ts'
import { storageFailure } from '#engine/run/storage-failure.ts'
import { productVersion } from '#engine/cli/root.ts'

/** Each is loaded when it is called, so that the list of commands stands at once. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  start: {
    summary: 'start the server with the designer',
    load: async () => (await import('#engine/cli/commands/start.ts')).start,
  },
  run: {
    summary: 'run a flow or a template once and show what happens',
    load: async () => (await import('#engine/cli/commands/run.ts')).run,
  },
  validate: {
    summary: 'check flows and decisions',
    load: async () => (await import('#engine/cli/commands/validate.ts')).validate,
  },
  compile: {
    summary: 'print the state machine of a flow',
    load: async () => (await import('#engine/cli/commands/compile.ts')).compileFlow,
  },
  decide: {
    summary: 'decide one case, or every case of a file',
    load: async () => (await import('#engine/cli/commands/decide.ts')).decide,
  },
  explain: {
    summary: 'say why a decision of a run came out so',
    load: async () => (await import('#engine/cli/commands/explain.ts')).explain,
  },
  import: {
    summary: 'make a decision of DMN, a spreadsheet or JsonLogic',
    load: async () => (await import('#engine/cli/commands/import.ts')).importDecision,
  },
  export: {
    summary: 'write a decision as DMN, a spreadsheet or JsonLogic',
    load: async () => (await import('#engine/cli/commands/export.ts')).exportDecision,
  },
  verify: {
    summary: 'check that the database holds what was written',
    load: async () => (await import('#engine/cli/commands/verify.ts')).verify,
  },
  replay: {
    summary: 'fold the journals of runs again and compare',
    load: async () => (await import('#engine/cli/commands/replay.ts')).replay,
  },
  backup: {
    summary: 'copy the database while the server runs',
    load: async () => (await import('#engine/cli/commands/backup.ts')).backup,
  },
  restore: {
    summary: 'make a data folder from a backup',
    load: async () => (await import('#engine/cli/commands/restore.ts')).restore,
  },
  ops: {
    summary: 'operate runs: retry, rewind, suspend, migrate, one or many at once',
    load: async () => (await import('#engine/cli/commands/ops.ts')).ops,
  },
  erase: {
    summary: 'erase a case for good, with its files',
    load: async () => (await import('#engine/cli/commands/erase.ts')).erase,
  },
  node: {
    summary: 'make or test a node type of your own',
    load: async () => (await import('#engine/cli/commands/node.ts')).node,
  },
}

const overview = [
  'metis: draws, runs and watches loan workflows',
  '',
  'metis <command> [options]; metis <command> --help tells more',
  '',
  ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`),
].join('\n')

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof TypeError &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS_'))

/** The first lines of a help: how the command is called. */
const synopsis = ({ help }: Command): string => help.split('\n\n', 1)[0] ?? help

/** A reader that has seen enough closes the pipe: no fault of ours. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error
}

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
    terminal.out(overview)
    return name === undefined ? exitCode.usage : exitCode.done
  }
  if (name === '--version' || name === '-v') {
    terminal.out(productVersion)
    return exitCode.done
  }
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!found) {
    terminal.err(`metis: there is no command "${name}".\n\n${overview}`)
    return exitCode.usage
  }
  const command = await found.load()
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (options.includes('--help') || options.includes('-h')) {
    terminal.out(command.help)
    return exitCode.done
  }
  try {
    return await command.run(args, terminal)
  } catch (error) {
    if (error instanceof RefusedError) terminal.err(`metis ${name}: ${error.message}`)
    else if (isUsage(error))
      terminal.err(
        `metis ${name}: ${error.message}\n\n${synopsis(command)}\n\nmetis ${name} --help tells more.`,
      )
    else throw error
    return exitCode.usage
  }
}

/** ms for which a server that has closed may be held by a timer or a socket of somebody else's node. */
const longestFarewell = 2_000

/** The command line; resolves to the exit code. */
export async function main(argv: readonly string[], given?: Terminal): Promise<number> {
  const signals = listenForSignals()
  const terminal = given ?? processTerminal(signals.signal)
  if (!given) process.stdout.once('error', ignoreClosedPipe)
  try {
    return await dispatch(argv, terminal)
  } catch (thrown) {
    const error = storageFailure(thrown) ?? thrown
    const known = error instanceof MetisError
    terminal.err(
      `metis: ${known || !(error instanceof Error) ? String(known ? error.message : error) : error.stack}`,
    )
    if (known && error.code.startsWith('STORAGE_')) return exitCode.storage
    return known ? exitCode.usage : exitCode.failed
  } finally {
    signals.stop()
    // Everything acknowledged is on disk; what a node of one's own left behind must not keep the process.
    if (!given && argv[0] === 'start') setTimeout(() => process.exit(), longestFarewell).unref()
  }
}
