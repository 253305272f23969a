import { createHash } from 'node:crypto'
import { TerminalError } from '#core/errors.ts'
import { durationMs } from '#core/graph/duration.ts'
import type { NodePolicy } from '#core/graph/flow.ts'
import type { Policy } from '#core/node/define-node.ts'
import type { Failure } from '#core/step/types.ts'
import { attemptFailure } from './attempt-failure.ts'

/** A length of time, as it was written and in ms. */
export interface Limit {
  readonly text: string
  readonly ms: number
}
const limit = (text: string): Limit => ({ text, ms: durationMs(text) })
const optionalLimit = (text: string | undefined): Limit | undefined =>
  text === undefined ? undefined : limit(text)

/** How one node's effect is performed: the type's policy with the node's own on top. Times in ms. */
export interface EffectivePolicy {
  readonly timeout: Limit
  readonly total: Limit | undefined
  readonly queue: Limit | undefined
  readonly heartbeat: Limit | undefined
  readonly attempts: number
  readonly first: number
  readonly factor: number
  readonly cap: number
  readonly fallback: NodePolicy['fallback']
  readonly whenDown: 'wait' | 'fail'
  /** How long an answer is given again; 0 for never. */
  readonly cacheTtl: number
}

export function effectivePolicy(type: Policy, own?: NodePolicy): EffectivePolicy {
  const retry = own?.retry ?? type.retry
  return {
    timeout: limit(own?.timeout ?? type.timeout ?? '30s'),
    total: optionalLimit(own?.total ?? type.total),
    queue: optionalLimit(own?.queue ?? type.queue),
    heartbeat: optionalLimit(own?.heartbeat ?? type.heartbeat),
    attempts: retry?.attempts ?? 1,
    first: durationMs(retry?.first ?? '1s'),
    factor: retry?.factor ?? 2,
    cap: durationMs(retry?.cap ?? '1m'),
    fallback: own?.fallback,
    whenDown: own?.whenDown ?? type.whenDown ?? 'wait',
    cacheTtl: durationMs(own?.cache?.ttl ?? type.cache?.ttl ?? '0s'),
  }
}

/**
 * Wait before the attempt after `attempt`: exponential, with the upper half left to jitter so that many
 * runs do not knock at once. The jitter comes from the key: the same history gives the same times.
 */
export function backOff(policy: EffectivePolicy, key: string, attempt: number): number {
  const full = Math.min(policy.cap, policy.first * policy.factor ** (attempt - 1))
  const digest = createHash('sha256').update(`${key}#${attempt}`).digest()
  return Math.round(full * (0.5 + digest.readUInt32BE(0) / 2 ** 33))
}

/** A failed attempt as the driver sees it. */
export interface AttemptFailure {
  readonly error: Failure
  readonly retryable: boolean
  /** The peer's wish, ms. */
  readonly after: number | undefined
}

/** An effect that had no more time: trying again cannot help. `cause` is the code of the last failure. */
export const outOfTime = (which: 'total' | 'queue', { text }: Limit, cause = ''): AttemptFailure =>
  attemptFailure(new TerminalError('EFFECT_TIMEOUT', { which, timeout: text, cause }))

export type Verdict =
  | { readonly verdict: 'retry'; readonly at: number }
  | { readonly verdict: 'fallback'; readonly port: string; readonly value: unknown }
  | { readonly verdict: 'fail' | 'incident'; readonly error: Failure }

/** What follows from failed attempt number `attempt`, counted from 1; `since` is when the total time began. */
export function afterFailure(
  policy: EffectivePolicy,
  failure: AttemptFailure,
  facts: { key: string; attempt: number; now: number; since: number; hasErrorEdge: boolean },
): Verdict {
  let { error } = failure
  if (failure.retryable && facts.attempt < policy.attempts) {
    const wait = Math.max(backOff(policy, facts.key, facts.attempt), failure.after ?? 0)
    const at = facts.now + wait
    if (!policy.total || at < facts.since + policy.total.ms) return { verdict: 'retry', at }
    error = outOfTime('total', policy.total, error.code).error
  }
  if (policy.fallback) return { verdict: 'fallback', ...policy.fallback }
  return { verdict: facts.hasErrorEdge ? 'fail' : 'incident', error }
}
