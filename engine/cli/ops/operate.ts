import type { Verb } from '#core/api/verbs.ts'
import type { RunView } from '#core/api/views.ts'
import { exitCode, type ExitCode } from '#engine/cli/command.ts'
import type { Call } from '#engine/cli/ops/call.ts'
import { waitsFor } from '#engine/cli/ops/waits-for.ts'

/** One verb on one run. */
export async function operate(
  { api, json, terminal }: Call,
  { run, verb, reason }: { run: string; verb: Verb; reason: string },
): Promise<ExitCode> {
  const path = `/runs/${encodeURIComponent(run)}/operations`
  const after = await api<RunView>('POST', path, { verb, reason })
  terminal.out(json ? JSON.stringify(after) : `${run} is ${after.status}`)
  for (const { step, waitsFor: what } of after.steps)
    if (what) terminal.err(`${step} ${waitsFor(what)}`)
  return exitCode.done
}
