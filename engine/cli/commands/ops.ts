import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { bulkQuery, verb as verbSchema, type BulkQuery, type Verb } from '#core/api/verbs.ts'
import { durationMs } from '#core/graph/duration.ts'
import { duration } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import { UsageError, type Command } from '#engine/cli/command.ts'
import { apiClient } from '#engine/cli/ops/api-client.ts'
import { operateMany, showBulk } from '#engine/cli/ops/bulk.ts'
import { given, type Call } from '#engine/cli/ops/call.ts'
import { hold, listHolds } from '#engine/cli/ops/holds.ts'
import { sendMessage } from '#engine/cli/ops/message.ts'
import { operate } from '#engine/cli/ops/operate.ts'
import { listRuns, showRun } from '#engine/cli/ops/runs.ts'

const help = `metis ops list [query] [--limit N]
metis ops show <run>
metis ops <verb> <run> [what the verb asks for] --reason TEXT
metis ops <verb> --all [query] [what the verb asks for] [--yes --reason TEXT]
metis ops bulk [ID]
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

list names all runs that fit, newest first. show tells how a run stands, its steps with their errors, and what operators
did to it and why; with --json also its values.

With --all the runs that fit are named first, and which would be refused; --yes then changes exactly these. The server
does it, also when this command is interrupted or the server is started anew: bulk shows the commands that were given,
or one of them with the verdict of each run.
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
  limit: { type: 'string' },
  url: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const
type Values = ReturnType<typeof parse>['values']
const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options })

const jsonIn = (text: string | undefined, option: string): Json | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json)
  } catch {
    throw new UsageError(`--${option} is not JSON`)
  }
}

const verbs = new Set<string>(verbSchema.options.map(({ shape }) => shape.do.value))

/** Fields that are given by options of other names. */
const optionOf: Readonly<Record<string, string>> = {
  version: 'to',
  nodes: 'map',
  startedBefore: 'older-than',
}
function faultIn({ issues: [issue] }: z.ZodError): string {
  const [field, ...within] = issue?.path ?? []
  if (issue === undefined || field === undefined) return issue?.message ?? ''
  const option = `--${optionOf[String(field)] ?? String(field)}`
  return issue.message.endsWith('received undefined')
    ? `${option} is missing`
    : `${[option, ...within].join('.')}: ${issue.message}`
}

function verbOf(name: string, values: Values): Verb {
  if (!verbs.has(name)) throw new UsageError(`there is no "${name}"`)
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
  throw new UsageError(`${name}: ${faultIn(parsed.error)}`)
}

function queryOf(values: Values): BulkQuery {
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
  throw new UsageError(`query: ${faultIn(parsed.error)}`)
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`--limit is a whole number from 1 on, not "${text}"`)
}

function reasonIn({ reason }: Values): string {
  if (reason === undefined) throw new UsageError('say why with --reason')
  return reason
}

/** How many words each takes after its own; the others take one. */
const words: Readonly<Record<string, number>> = { list: 0, holds: 0, hold: 2, release: 2 }

export const ops: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parse(args)
    const [what, first, second] = positionals
    if (what === undefined) throw new UsageError('say what is to be done')
    const beyond = positionals[(words[what] ?? 1) + 1]
    if (beyond !== undefined) throw new UsageError(`"${beyond}" is one argument too many`)
    const api = apiClient({ url: values.url, data: values.data }, terminal)
    const call: Call = { api, terminal, json: values.json }
    const { reason, key, id, keep: keepFor } = values
    if (what === 'list')
      return listRuns(call, { query: queryOf(values), limit: limitOf(values.limit) })
    if (what === 'show') {
      if (first === undefined) throw new UsageError('name one run; metis ops list names them')
      return showRun(call, first)
    }
    if (what === 'bulk') return showBulk(call, first)
    if (what === 'holds') return listHolds(call)
    if (what === 'hold' || what === 'release')
      return hold(call, { suspended: what === 'hold', kind: first, name: second, reason })
    if (what === 'message') {
      const value = jsonIn(values.value, 'value')
      return sendMessage(call, { name: first, key, value, id, keepFor, reason })
    }
    const verb = verbOf(what, values)
    if (values.all === (first !== undefined))
      throw new UsageError('name one run, or ask for all that fit a query with --all')
    if (first !== undefined) return operate(call, { run: first, verb, reason: reasonIn(values) })
    const apply = values.yes ? { reason: reasonIn(values) } : undefined
    return operateMany(call, { query: queryOf(values), verb, apply })
  },
}
