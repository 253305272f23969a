import { setTimeout } from 'node:timers/promises'
import type { BulkItem, BulkQuery, BulkView, Verb } from '#core/api/verbs.ts'
import type { Page } from '#core/api/views.ts'
import { exitCode, type ExitCode } from '#engine/cli/command.ts'
import { pagesOf } from '#engine/cli/ops/api-client.ts'
import { timeOf, type Call } from '#engine/cli/ops/call.ts'

const lineOf = ({ run, flow, version, status, verdict, code, detail }: BulkItem): string => {
  const judged = verdict ?? (code === null ? 'ready' : 'refused')
  return [run, judged.padEnd(8), `${flow}@${version}`, status.padEnd(10), detail ?? ''].join('  ')
}

const countsOf = ({ status, total, refusals, done, changed, refused }: BulkView): string =>
  status === 'previewed'
    ? `${total - refusals} runs would be changed, ${refusals} refused; --yes does it`
    : `${total} runs: ${done} done, ${changed} had changed, ${refused} refused` +
      (status === 'running' ? `, ${total - done - changed - refused} to come` : '')

/** A command on many runs, with the verdict of each. */
async function show({ api, json, terminal }: Call, bulk: BulkView): Promise<void> {
  const items: BulkItem[] = []
  for await (const page of pagesOf<BulkItem>(api, `/bulk/${bulk.id}/items`))
    if (json) items.push(...page.items)
    else for (const item of page.items) terminal.out(lineOf(item))
  if (json) terminal.out(JSON.stringify({ ...bulk, items }))
  terminal.err(countsOf(bulk))
}

/** ms between two looks at how far it is, and between two lines that tell it. */
const look = 200
const tell = 2_000

/** One verb on all runs that fit: named first, and with a reason applied to exactly these. */
export async function operateMany(
  call: Call,
  order: { query: BulkQuery; verb: Verb; apply: { reason: string } | undefined },
): Promise<ExitCode> {
  const { api, terminal } = call
  const { query, verb, apply } = order
  let bulk = await api<BulkView>('POST', '/bulk', { query, verb })
  if (apply) {
    bulk = await api<BulkView>('POST', `/bulk/${bulk.id}/apply`, apply)
    terminal.err(`the server does it as ${bulk.id}; metis ops bulk ${bulk.id} shows it at any time`)
    for (let waited = 0; bulk.status === 'running'; waited += look) {
      if (waited % tell === 0 && waited > 0) terminal.err(countsOf(bulk))
      await setTimeout(look, undefined, { signal: terminal.interrupted }).catch(() => {})
      bulk = await api<BulkView>('GET', `/bulk/${bulk.id}`)
    }
  }
  await show(call, bulk)
  return apply && bulk.done < bulk.total ? exitCode.failed : exitCode.done
}

/** The commands that were applied, newest first; or one of them with its verdicts. */
export async function showBulk(call: Call, id: string | undefined): Promise<ExitCode> {
  const { api, json, terminal } = call
  if (id !== undefined) {
    await show(call, await api<BulkView>('GET', `/bulk/${encodeURIComponent(id)}`))
    return exitCode.done
  }
  const { items } = await api<Page<BulkView>>('GET', '/bulk')
  if (json) terminal.out(JSON.stringify(items))
  else
    for (const bulk of items) {
      const { verb, startedAt, createdAt, actor, reason } = bulk
      const by = `by ${actor.id}${reason === null ? '' : `: ${reason}`}`
      terminal.out(
        [bulk.id, timeOf(startedAt ?? createdAt), verb.do, countsOf(bulk), by].join('  '),
      )
    }
  return exitCode.done
}
