import type { StepView } from '#core/api/views.ts'
import { timeOf } from '#engine/cli/ops/call.ts'

/** What a step waits for, in words: a connection that is down, or a lock that another step is inside of. */
export function waitsFor(what: NonNullable<StepView['waitsFor']>): string {
  if ('lock' in what)
    return `waits for the lock "${what.lock}", which ${what.step} of the run ${what.run} is inside of`
  const { connection, nextTry } = what
  const when = nextTry === null ? '' : `, which is tried again at ${timeOf(nextTry)}`
  return `waits for the connection "${connection}"${when}`
}
