import { TerminalError } from '#core/errors.ts'
import { attemptFailure } from './attempt-failure.ts'
import type { Attempted } from './driver.ts'
import type { Outcome } from './gate.ts'
import type { OpenEffect } from './live-run.ts'
import type { Turned } from './performer.ts'
import type { Plan } from './plans.ts'
import { outOfTime, type EffectivePolicy } from './policy.ts'

type Since = Pick<OpenEffect, 'since' | 'nextAt'>

const totalEnd = ({ since }: Since, { total }: EffectivePolicy): number =>
  total ? since + total.ms : Infinity
const queueEnd = ({ since, nextAt }: Since, { queue }: EffectivePolicy): number =>
  queue ? (nextAt ?? since) + queue.ms : Infinity

/** When an effect that waits for its attempt has waited too long: times of the journal, so the same after a restart. */
export const expiryOf = (open: Since, policy: EffectivePolicy | undefined): number =>
  policy ? Math.min(totalEnd(open, policy), queueEnd(open, policy)) : Infinity

/** What becomes of an effect that is not attempted. */
export function turnedAway(
  why: Turned,
  open: OpenEffect,
  { policy, type, connection }: Plan,
): Attempted {
  const never = { ok: false, policy, attempted: false } as const
  if (why === 'down') {
    const error = new TerminalError('CONNECTION_DOWN', { connection: connection ?? type.type })
    return { ...never, failure: attemptFailure(error) }
  }
  const { queue, total } = policy
  if (total && totalEnd(open, policy) <= queueEnd(open, policy))
    return { ...never, failure: outOfTime('total', total, open.error?.code) }
  return { ...never, failure: outOfTime('queue', queue ?? policy.timeout, open.error?.code) }
}

/** What an attempt says of its peer: a refusal is an answer too. */
export function outcomeOf(attempted: Attempted): Outcome {
  if (attempted.ok) return 'answered'
  const { retryable, error } = attempted.failure
  return retryable || error.code === 'EFFECT_TIMEOUT' ? 'failed' : 'answered'
}
