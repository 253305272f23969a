import { parseArgs } from 'node:util'
import type { ErasurePreview, ErasureView } from '#core/api/erasures.ts'
import type { BlobView, Page } from '#core/api/views.ts'
import { exitCode, UsageError, type Command, type Terminal } from '#engine/cli/command.ts'
import { apiClient } from '#engine/cli/ops/api-client.ts'

const help = `metis erase <case key> | --run ID                       names what would be erased
metis erase <case key> | --run ID --confirm KEY --reason TEXT
metis erase --list                                      what was erased, when, by whom and why

Erases a case for good, on a running server: the key that seals its values is destroyed, its files go, and nobody can
read it again, the master key included. That it was done stands in the history, and the audit chain still verifies.
Its runs must have ended: cancel them first. Files that another case names too stay. A backup that was made before
still holds the case: destroy it, or erase again what a restore brings back.

  --confirm KEY  the case key once more, or the id of the run where the case has none
  --url URL      http://127.0.0.1:4400, or METIS_URL
  --data DIR     whose token is sent; METIS_TOKEN goes before it
  --json         answers as the API gives them

Exit code: 0 done or shown, 2 wrong call or refused.`

const fileLine = (what: string, { name, size, blob }: BlobView): string =>
  `${what}  ${name}, ${size} bytes, ${blob}`

function show(preview: ErasurePreview, terminal: Terminal): void {
  const { runs, below, files, shared, open } = preview
  for (const { id, flow, version, status } of runs)
    terminal.out(`run   ${id}  ${flow}@${version}  ${status}`)
  if (below > 0) terminal.out(`      and ${below} runs that these asked for`)
  for (const file of files) terminal.out(fileLine('file ', file))
  for (const file of shared) terminal.out(fileLine('stays', file))
  terminal.err(
    open > 0
      ? `${open} of the runs have not ended: cancel them first, with metis ops cancel`
      : 'Nothing was erased. It cannot be undone: --confirm, with the key once more, and --reason do it.',
  )
}

export const erase: Command = {
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        run: { type: 'string' },
        confirm: { type: 'string' },
        reason: { type: 'string' },
        list: { type: 'boolean', default: false },
        url: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [caseKey, ...rest] = positionals
    const { run, confirm, reason } = values
    if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one argument too many`)
    const named = [caseKey !== undefined, run !== undefined, values.list].filter(Boolean).length
    if (named !== 1)
      throw new UsageError('name one case by its key, or by --run; or ask for --list')
    const api = apiClient({ url: values.url, data: values.data }, terminal)
    if (values.list) {
      const { items } = await api<Page<ErasureView>>('GET', '/erasures')
      if (values.json) terminal.out(JSON.stringify(items))
      else
        for (const each of items)
          terminal.out(
            `${new Date(each.at).toISOString()}  case ${each.case}  ${each.runs} runs, ${each.files} files  by ${each.actor.id}: ${each.reason}`,
          )
      return exitCode.done
    }
    const of = run === undefined ? { caseKey } : { run }
    if (confirm === undefined) {
      const preview = await api<ErasurePreview>('POST', '/erasures/preview', { of })
      if (values.json) terminal.out(JSON.stringify(preview))
      else show(preview, terminal)
      return exitCode.done
    }
    if (reason === undefined) throw new UsageError('say why with --reason')
    const done = await api<ErasureView>('POST', '/erasures', { of, confirm, reason })
    terminal.out(
      values.json
        ? JSON.stringify(done)
        : `Erased: ${done.runs} runs and ${done.files} files. The history names it as case ${done.case}.`,
    )
    return exitCode.done
  },
}
