import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { MetisError, ValidationError } from '#core/errors.ts'
import { isObject, type Json } from '#core/json.ts'
import type { RunStatusView } from '#core/api/views.ts'
import { uploadFiles } from '#engine/adapters/templates/upload-files.ts'
import {
  exitCode,
  UsageError,
  type Command,
  type ExitCode,
  type Terminal,
} from '#engine/cli/command.ts'
import { readFlowFolder, readJsonFile, type FlowFolder } from '#engine/cli/flow-folder.ts'
import { formatFinding } from '#engine/cli/format-finding.ts'
import { nodeFolders } from '#engine/cli/node-folders.ts'
import { createProgress } from '#engine/cli/progress.ts'
import { publishFolder } from '#engine/cli/publish-folder.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { composeEngine } from '#engine/main.ts'
import type { Engine } from '#engine/run/engine.ts'

const help = `metis run <flow.json | template> [--case NAME | --input FILE | JSON] [--priority N] [--json]

Runs a flow once, in a process and on a data directory of its own, with the decisions beside it, the flows that it
calls, from its folder or the folder flows/ in it, and the business calendars in the folder calendars/.

  --case NAME    an input that comes with the template
  --input FILE   an input from a JSON file
  JSON           an input written here, for example '{"amount": 500000}'
                 In any of them {"$file": "path"} uploads a file.
  --priority N   0 goes last, 9 first; the runs that it calls have the same (5)
  --json         one line on stdout, the run as GET /api/v1/runs/:id gives it, and nothing else
  --nodes DIR    node types of your own; may be repeated
  --data DIR     keep the data there instead of throwing it away

Exit code: 0 completed, 3 waiting (for a person or a time), 4 incident, failed or cancelled, 2 wrong call.`

const exits: Readonly<Record<RunStatusView, ExitCode>> = {
  completed: exitCode.done,
  running: exitCode.waiting,
  waiting: exitCode.waiting,
  incident: exitCode.incident,
  suspended: exitCode.waiting,
  undoing: exitCode.waiting,
  failed: exitCode.incident,
  cancelled: exitCode.incident,
  continued: exitCode.waiting,
}

const command = { tenant: 'default', actor: { id: 'metis run', kind: 'cli' } } as const

function parseInput(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`the input is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

function parsePriority(text: string): number {
  if (!/^[0-9]$/.test(text))
    throw new UsageError(`--priority is a whole number from 0 (last) to 9 (first), not "${text}"`)
  return Number(text)
}

interface Source {
  readonly input: Json
  /** Where its `$file` paths start. */
  readonly folder: string
}

function readSource(
  given: { case?: string | undefined; input?: string | undefined; json?: string | undefined },
  { cases, folder }: FlowFolder,
  cwd: string,
): Source {
  if (Object.values(given).filter((each) => each !== undefined).length > 1)
    throw new UsageError('give one of --case, --input and JSON')
  if (given.case !== undefined) {
    const found = cases.find(({ id }) => id === given.case)
    if (!found)
      throw new UsageError(
        `there is no case "${given.case}". Cases: ${cases.map(({ id }) => id).join(', ') || 'none'}`,
      )
    return { input: found.input, folder }
  }
  if (given.input !== undefined) {
    const file = resolve(cwd, given.input)
    // Read from JSON, so it is JSON.
    return { input: readJsonFile(file) as Json, folder: dirname(file) }
  }
  return { input: given.json === undefined ? {} : parseInput(given.json), folder: cwd }
}

interface Asked {
  readonly source: Source
  readonly priority: number
  readonly json: boolean
  readonly terminal: Terminal
}

async function execute(
  engine: Engine,
  loaded: FlowFolder,
  { source, priority, json, terminal }: Asked,
): Promise<ExitCode> {
  const flow = publishFolder(engine, loaded, command)
  const put = (bytes: Uint8Array, about: { name: string; type: string }) =>
    engine.putBlob({ ...command, bytes, ...about })
  const input = await uploadFiles(source.input, { folder: source.folder, put })
  const progress = createProgress(loaded.flow, terminal)
  if (!json)
    engine.subscribe((_tenant, events) => {
      for (const event of events) progress.show(event)
    })
  const { id } = await engine.startRun({ ...command, flow, input, priority })
  const settled = engine.settled(command.tenant, id)
  const cancel = () =>
    void engine.cancelRun({ ...command, run: id, reason: 'interrupted' }).catch(() => {})
  terminal.interrupted.addEventListener('abort', cancel, { once: true })
  const run = await settled
  if (json) terminal.out(JSON.stringify(run))
  else progress.end(run)
  return exits[run.status]
}

/** Documents and inputs that do not fit are wrong calls; the findings say where. */
function tellUsage(error: unknown): never {
  if (error instanceof ValidationError) {
    const lines = error.findings.map((each) => `  ${formatFinding(each)}`)
    throw new UsageError([error.message, ...lines].join('\n'))
  }
  if (error instanceof MetisError) throw new UsageError(error.message)
  throw error
}

export const run: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        case: { type: 'string' },
        input: { type: 'string' },
        json: { type: 'boolean', default: false },
        nodes: { type: 'string', multiple: true },
        data: { type: 'string' },
        priority: { type: 'string', default: '5' },
      },
    })
    const priority = parsePriority(values.priority)
    const [target, json, ...rest] = positionals
    if (target === undefined) throw new UsageError('name a flow file or a template')
    if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one argument too many`)
    const loaded = readFlowFolder(target, terminal.cwd, join(projectRoot, 'templates'))
    if (!isObject(loaded.flow)) throw new UsageError(`${target} holds no flow`)
    const source = readSource(
      { case: values.case, input: values.input, json },
      loaded,
      terminal.cwd,
    )
    const scratch = values.data === undefined ? await mkdtemp(join(tmpdir(), 'metis-run-')) : null
    try {
      const composed = await composeEngine({
        dataDir: scratch ?? resolve(terminal.cwd, values.data ?? ''),
        nodeFolders: nodeFolders(values.nodes, terminal),
        httpAllow: terminal.env['METIS_HTTP_ALLOW'] ?? '',
        log: pino({ level: 'silent' }),
        onNodeProblem: (text) => terminal.err(text),
      })
      try {
        return await execute(composed.engine, loaded, {
          source,
          priority,
          json: values.json,
          terminal,
        }).catch(tellUsage)
      } finally {
        await composed.close()
      }
    } finally {
      if (scratch !== null) await rm(scratch, { recursive: true, force: true })
    }
  },
}
