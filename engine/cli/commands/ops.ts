import { parseArgs } from 'node:util'
import {
  bulkQuery,
  verb as verbSchema,
  type BulkItem,
  type BulkView,
  type SuspensionView,
  type Verb,
} from '#core/api/verbs.ts'
import type { Page, RunSummary, RunView } from '#core/api/views.ts'
import { durationMs } from '#core/graph/duration.ts'
import { duration } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import {
  exitCode,
  UsageError,
  type Command,
  type ExitCode,
  type Terminal,
} from '#engine/cli/command.ts'
import { apiClient, type ApiClient } from '#engine/cli/ops/api-client.ts'

const help = `metis ops list [query]
metis ops <verb> <run> [what the verb asks for] --reason TEXT
metis ops <verb> --all [query] [what the verb asks for] [--yes --reason TEXT]
metis ops hold | release  flow | connection  <name> --reason TEXT
metis ops holds
metis ops message <name> --key KEY [--value JSON] [--id ID] [--keep 7d]

What an operator does, on a running server.

  retry       [--at STEP]                 tries incidents again, under the same key
  complete    --at STEP --port P --value JSON
  skip        --at STEP [--port P] [--value JSON]
  fail        --at STEP --code CODE --message TEXT
  rewind      --node NODE [--values JSON] goes back; values by node id, and input
  cancel | suspend | resume
  migrate     --to VERSION [--map JSON]   map: old node id → new node id
  unmigrate                               takes a migration back until the run has gone on
STEP is a node, or node:epoch.

With --all the runs that fit are named first, and which would be refused; --yes then changes exactly these.
Query: --flow ID  --of-version N  --status S  --error CODE  --in NODE  --older-than 2h  --search TEXT

message sends a message to the runs that wait for its name and key; it is kept where none can take it now, and counts
once under one --id.

hold and release suspend and resume all runs of a flow, or all effects that use a connection.

  --url URL    http://127.0.0.1:4400, or METIS_URL
  --data DIR   whose token is sent; METIS_TOKEN goes before it
  --json       answers as the API gives them

Exit code: 0 done, 1 some runs were refused or had changed, 2 wrong call or refused.`

const options = {
  at: { type: 'string' },
  port: { type: 'string' },
  value: { type: 'string' },
  code: { type: 'string' },
  message: { type: 'string' },
  node: { type: 'string' },
  values: { type: 'string' },
  to: { type: 'string' },
  map: { type: 'string' },
  all: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  key: { type: 'string' },
  id: { type: 'string' },
  keep: { type: 'string' },
  reason: { type: 'string' },
  flow: { type: 'string' },
  'of-version': { type: 'string' },
  status: { type: 'string' },
  error: { type: 'string' },
  in: { type: 'string' },
  'older-than': { type: 'string' },
  search: { type: 'string' },
  url: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const
type Values = ReturnType<typeof parse>['values']
const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options })

const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
const jsonIn = (text: string | undefined, option: string): Json | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json)
  } catch {
    throw new UsageError(`--${option} is not JSON`)
  }
}

function verbOf(name: string, values: Values): Verb {
  const { at, port, code, message, node } = values
  const parsed = verbSchema.safeParse(
    given({
      do: name,
      at,
      port,
      code,
      message,
      node,
      value: jsonIn(values.value, 'value'),
      values: jsonIn(values.values, 'values'),
      nodes: jsonIn(values.map, 'map'),
      version: values.to === undefined ? undefined : Number(values.to),
    }),
  )
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new UsageError(`${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}

function queryOf(values: Values) {
  const { flow, status, error, search } = values
  const age = values['older-than']
  if (age !== undefined && !duration.safeParse(age).success)
    throw new UsageError(`"${age}" is no duration: write 15m, 2h or 30d`)
  const parsed = bulkQuery.safeParse(
    given({
      flow,
      status,
      error,
      search,
      node: values.in,
      version: values['of-version'],
      startedBefore: age === undefined ? undefined : Date.now() - durationMs(age),
    }),
  )
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new UsageError(`query: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}

const address = (query: object): string =>
  new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()

interface Call {
  readonly api: ApiClient
  readonly values: Values
  readonly terminal: Terminal
}

async function list({ api, values, terminal }: Call): Promise<ExitCode> {
  const page = await api<Page<RunSummary>>('GET', `/runs?limit=500&${address(queryOf(values))}`)
  if (values.json) terminal.out(JSON.stringify(page))
  else
    for (const run of page.items)
      terminal.out(
        [run.id, run.status.padEnd(10), `${run.flow}@${run.version}`, run.at.join(',')].join('  '),
      )
  return exitCode.done
}

async function hold(
  { api, values, terminal }: Call,
  of: { suspended: boolean; kind: string | undefined; name: string | undefined },
): Promise<ExitCode> {
  const { kind, name, suspended } = of
  if ((kind !== 'flow' && kind !== 'connection') || name === undefined)
    throw new UsageError('name a flow or a connection, for example: metis ops hold flow loan')
  const path = `/suspensions/${kind}/${encodeURIComponent(name)}`
  await api('PUT', path, given({ suspended, reason: values.reason }))
  terminal.out(`${kind} ${name} is ${suspended ? 'suspended' : 'going on'}`)
  return exitCode.done
}

async function holds({ api, values, terminal }: Call): Promise<ExitCode> {
  const { items } = await api<Page<SuspensionView>>('GET', '/suspensions')
  if (values.json) terminal.out(JSON.stringify(items))
  else
    for (const { kind, name, by, reason } of items)
      terminal.out(`${kind}  ${name}  by ${by}  ${reason ?? ''}`)
  return exitCode.done
}

async function message({ api, values, terminal }: Call, name?: string): Promise<ExitCode> {
  const { key, id, keep: keepFor, reason } = values
  if (name === undefined || key === undefined)
    throw new UsageError('name a message and its key: metis ops message loan.signed --key A-7')
  const value = jsonIn(values.value, 'value')
  const sent = await api<{ delivered: string[]; kept: boolean; duplicate: boolean }>(
    'POST',
    '/messages',
    given({ name, key, value, id, keepFor, reason }),
  )
  if (values.json) terminal.out(JSON.stringify(sent))
  else {
    for (const run of sent.delivered) terminal.out(`${run} took it`)
    if (sent.kept) terminal.out('kept for a run that will take it')
    if (sent.duplicate) terminal.out('it came before')
    else if (!sent.kept && sent.delivered.length === 0) terminal.out('nobody waits for it')
  }
  return exitCode.done
}

async function one(call: Call, verb: Verb, run: string): Promise<ExitCode> {
  const { api, values, terminal } = call
  if (values.reason === undefined) throw new UsageError('say why with --reason')
  const path = `/runs/${encodeURIComponent(run)}/operations`
  const after = await api<RunView>('POST', path, { verb, reason: values.reason })
  terminal.out(values.json ? JSON.stringify(after) : `${run} is ${after.status}`)
  for (const { step, waitsFor } of after.steps) {
    if (!waitsFor) continue
    const { connection, nextTry } = waitsFor
    const when =
      nextTry === null ? '' : `, which is tried again at ${new Date(nextTry).toISOString()}`
    terminal.err(`${step} waits for the connection "${connection}"${when}`)
  }
  return exitCode.done
}

async function itemsOf(api: ApiClient, id: string): Promise<BulkItem[]> {
  const items: BulkItem[] = []
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`
    const page: Page<BulkItem> = await api('GET', `/bulk/${id}/items?limit=500${cursor}`)
    items.push(...page.items)
    next = page.next
  }
  return items
}

const lineOf = ({ run, flow, version, status, verdict, code, detail }: BulkItem): string => {
  const judged = verdict ?? (code === null ? 'ready' : 'refused')
  return [run, judged.padEnd(8), `${flow}@${version}`, status.padEnd(10), detail ?? ''].join('  ')
}

async function many(call: Call, verb: Verb): Promise<ExitCode> {
  const { api, values, terminal } = call
  if (values.yes && values.reason === undefined) throw new UsageError('say why with --reason')
  let bulk = await api<BulkView>('POST', '/bulk', { query: queryOf(values), verb })
  if (values.yes) {
    bulk = await api<BulkView>('POST', `/bulk/${bulk.id}/apply`, { reason: values.reason })
    while (bulk.status === 'running' && !terminal.interrupted.aborted) {
      await new Promise((resume) => setTimeout(resume, 200))
      bulk = await api<BulkView>('GET', `/bulk/${bulk.id}`)
    }
  }
  const items = await itemsOf(api, bulk.id)
  if (values.json) terminal.out(JSON.stringify({ ...bulk, items }))
  else for (const item of items) terminal.out(lineOf(item))
  const { total, refusals, done, changed, refused } = bulk
  terminal.err(
    values.yes
      ? `${total} runs: ${done} done, ${changed} had changed, ${refused} refused`
      : `${total - refusals} runs would be changed, ${refusals} refused; --yes does it`,
  )
  return values.yes && done < total ? exitCode.failed : exitCode.done
}

export const ops: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parse(args)
    const [what, first, second, ...rest] = positionals
    if (what === undefined) throw new UsageError('say what is to be done')
    if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one argument too many`)
    const call = {
      api: apiClient({ url: values.url, data: values.data }, terminal),
      values,
      terminal,
    }
    if (what === 'list') return list(call)
    if (what === 'holds') return holds(call)
    if (what === 'hold' || what === 'release')
      return hold(call, { suspended: what === 'hold', kind: first, name: second })
    if (what === 'message' && second === undefined) return message(call, first)
    const verb = verbOf(what, values)
    if (values.all === (first !== undefined))
      throw new UsageError('name one run, or ask for all that fit a query with --all')
    return first === undefined ? many(call, verb) : one(call, verb, first)
  },
}
