import { createHash } from 'node:crypto'
import { durationMs } from '#core/graph/duration.ts'
import type { NodePolicy } from '#core/graph/flow.ts'
import type { Policy } from '#core/node/define-node.ts'
import type { Failure } from '#core/step/types.ts'

/** How one node's effect is performed: the type's policy with the node's own on top. Times in ms. */
export interface EffectivePolicy {
  readonly timeout: number
  readonly attempts: number
  readonly first: number
  readonly factor: number
  readonly cap: number
  readonly fallback: NodePolicy['fallback']
}

export function effectivePolicy(type: Policy, own?: NodePolicy): EffectivePolicy {
  const retry = own?.retry ?? type.retry
  return {
    timeout: durationMs(own?.timeout ?? type.timeout ?? '30s'),
    attempts: retry?.attempts ?? 1,
    first: durationMs(retry?.first ?? '1s'),
    factor: retry?.factor ?? 2,
    cap: durationMs(retry?.cap ?? '1m'),
    fallback: own?.fallback,
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

export type Verdict =
  | { readonly verdict: 'retry'; readonly at: number }
  | { readonly verdict: 'fallback'; readonly port: string; readonly value: unknown }
  | { readonly verdict: 'fail' }
  | { readonly verdict: 'incident' }

/** What follows from failed attempt number `attempt`, counted from 1. */
export function afterFailure(
  policy: EffectivePolicy,
  failure: AttemptFailure,
  facts: { key: string; attempt: number; now: number; hasErrorEdge: boolean },
): Verdict {
  if (failure.retryable && facts.attempt < policy.attempts) {
    const wait = Math.max(backOff(policy, facts.key, facts.attempt), failure.after ?? 0)
    return { verdict: 'retry', at: facts.now + wait }
  }
  if (policy.fallback) return { verdict: 'fallback', ...policy.fallback }
  return { verdict: facts.hasErrorEdge ? 'fail' : 'incident' }
}
