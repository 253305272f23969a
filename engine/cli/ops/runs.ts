import type { BulkQuery } from '#core/api/verbs.ts'
import type { EventView, Page, RunSummary, RunView, StepView } from '#core/api/views.ts'
import { exitCode, type ExitCode } from '#engine/cli/command.ts'
import { pagesOf, type ApiClient } from '#engine/cli/ops/api-client.ts'
import { timeOf, type Call } from '#engine/cli/ops/call.ts'
import { waitsFor } from '#engine/cli/ops/waits-for.ts'

const summaryLine = ({ id, status, flow, version, caseKey, at }: RunSummary): string =>
  [id, status.padEnd(10), `${flow}@${version}`, at.join(','), caseKey ?? '']
    .filter((text) => text !== '')
    .join('  ')

/** All runs that fit, newest first, or so many of them. */
export async function listRuns(
  { api, json, terminal }: Call,
  { query, limit }: { query: BulkQuery; limit: number | undefined },
): Promise<ExitCode> {
  const asked = Object.entries(query).map(([key, value]) => [key, String(value)])
  const items: RunSummary[] = []
  let total = 0
  let shown = 0
  for await (const page of pagesOf<RunSummary>(
    api,
    `/runs?${new URLSearchParams(asked).toString()}`,
    limit,
  )) {
    total = page.total
    shown += page.items.length
    if (json) items.push(...page.items)
    else for (const run of page.items) terminal.out(summaryLine(run))
  }
  if (json) terminal.out(JSON.stringify({ items, total, next: null }))
  else if (shown < total) terminal.err(`${shown} of ${total} runs; --limit shows more`)
  return exitCode.done
}

/** What operators did to a run: the commands in its history, oldest first. */
async function commandsOf(api: ApiClient, path: string): Promise<EventView[]> {
  const commands: EventView[] = []
  for (let from = 0; ;) {
    const page = await api<Pick<Page<EventView>, 'items'> & { next: number }>(
      'GET',
      `${path}/events?limit=1000&from=${from}`,
    )
    commands.push(...page.items.filter(({ type }) => type === 'command'))
    if (page.items.length === 0) return commands
    from = page.next
  }
}

function stepLines({ step, status, port, attempts, error, children, waitsFor: what }: StepView) {
  const facts = [
    port === null ? '' : `by ${port}`,
    attempts > 1 ? `${attempts} attempts` : '',
    children ? `${children.done} of ${children.total} runs done, ${children.failed} failed` : '',
    what ? waitsFor(what) : '',
  ].filter((fact) => fact !== '')
  return [
    [`  ${step}`, status, ...facts].join('  '),
    ...(error ? [`    ${error.code}: ${error.message}`] : []),
  ]
}

function commandLine({ at, step, data }: EventView): string {
  const { action, actor, reason, ...facts } = data
  const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
  const what = [action, ...(step === null ? [] : [step]), ...told].join(' ')
  return `  ${timeOf(at)}  ${what}  by ${actor}${reason === null ? '' : `: ${reason}`}`
}

/** One run: how it stands, its steps, and what operators did to it. Values only with --json. */
export async function showRun({ api, json, terminal }: Call, id: string): Promise<ExitCode> {
  const path = `/runs/${encodeURIComponent(id)}`
  const run = await api<RunView>('GET', path)
  const commands = await commandsOf(api, path)
  if (json) {
    terminal.out(JSON.stringify({ ...run, commands }))
    return exitCode.done
  }
  const { parent, previous, next } = run
  const lines = [
    summaryLine(run),
    `started ${timeOf(run.startedAt)}${run.endedAt === null ? '' : `, ended ${timeOf(run.endedAt)}`}`,
    ...(parent ? [`asked for by ${parent.run}, step ${parent.step}`] : []),
    ...(previous ? [`went on from ${previous}`] : []),
    ...(next ? [`goes on as ${next}`] : []),
    ...(run.erased ? ['its case was erased: what it held is gone'] : []),
    ...(run.steps.length > 0 ? ['steps', ...run.steps.flatMap(stepLines)] : []),
    ...(commands.length > 0 ? ['by hand', ...commands.map(commandLine)] : []),
  ]
  for (const line of lines) terminal.out(line)
  return exitCode.done
}
