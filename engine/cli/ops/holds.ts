import type { SuspensionView } from '#core/api/verbs.ts'
import type { Page } from '#core/api/views.ts'
import { exitCode, UsageError, type ExitCode } from '#engine/cli/command.ts'
import { given, timeOf, type Call } from '#engine/cli/ops/call.ts'

/** Suspends or resumes a flow or a connection. */
export async function hold(
  { api, terminal }: Call,
  of: {
    suspended: boolean
    kind: string | undefined
    name: string | undefined
    reason: string | undefined
  },
): Promise<ExitCode> {
  const { kind, name, suspended, reason } = of
  if ((kind !== 'flow' && kind !== 'connection') || name === undefined)
    throw new UsageError('name a flow or a connection, for example: metis ops hold flow loan')
  if (reason === undefined) throw new UsageError('say why with --reason')
  const path = `/suspensions/${kind}/${encodeURIComponent(name)}`
  await api('PUT', path, given({ suspended, reason }))
  terminal.out(`${kind} ${name} is ${suspended ? 'suspended' : 'going on'}`)
  return exitCode.done
}

/** What is suspended at large. */
export async function listHolds({ api, json, terminal }: Call): Promise<ExitCode> {
  const { items } = await api<Page<SuspensionView>>('GET', '/suspensions')
  if (json) terminal.out(JSON.stringify(items))
  else
    for (const { kind, name, at, by, reason } of items)
      terminal.out(`${kind}  ${name}  since ${timeOf(at)}  by ${by}  ${reason ?? ''}`)
  return exitCode.done
}
