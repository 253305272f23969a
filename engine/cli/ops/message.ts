import type { Json } from '#core/json.ts'
import { exitCode, UsageError, type ExitCode } from '#engine/cli/command.ts'
import { given, type Call } from '#engine/cli/ops/call.ts'

interface Message {
  readonly name: string | undefined
  readonly key: string | undefined
  readonly value: Json | undefined
  readonly id: string | undefined
  readonly keepFor: string | undefined
  readonly reason: string | undefined
}

/** Sends a message to the runs that wait for it. */
export async function sendMessage(
  { api, json, terminal }: Call,
  message: Message,
): Promise<ExitCode> {
  if (message.name === undefined || message.key === undefined)
    throw new UsageError('name a message and its key: metis ops message loan.signed --key A-7')
  const sent = await api<{ delivered: string[]; kept: boolean; duplicate: boolean }>(
    'POST',
    '/messages',
    given(message),
  )
  if (json) terminal.out(JSON.stringify(sent))
  else {
    for (const run of sent.delivered) terminal.out(`${run} took it`)
    if (sent.kept) terminal.out('kept for a run that will take it')
    if (sent.duplicate) terminal.out('it came before')
    else if (!sent.kept && sent.delivered.length === 0) terminal.out('nobody waits for it')
  }
  return exitCode.done
}
