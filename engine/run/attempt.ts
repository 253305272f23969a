import { RetryableError, TerminalError } from '#core/errors.ts'
import type { Clock } from '#core/ports.ts'
import { performEffect } from '#core/node/perform.ts'
import type { Registry } from '#core/node/registry.ts'
import type { Services } from '#core/node/services.ts'
import type { Release } from '#core/release.ts'
import { attemptFailure } from './attempt-failure.ts'
import type { Attempted } from './driver.ts'
import type { LiveRun, OpenEffect } from './live-run.ts'
import { effectivePolicy } from './policy.ts'

/** For whom services are made. */
export interface EffectContext {
  readonly tenant: string
  readonly run: string
  /** The idempotency key. */
  readonly effect: string
  readonly signal: AbortSignal
  readonly release: Release
}

export interface AttemptParts {
  readonly registry: Registry
  readonly clock: Clock
  readonly services: (context: EffectContext) => Partial<Services>
}

const noServices: Partial<Services> = {}

/** Makes one attempt of an open activity, bounded by its policy's timeout. Never rejects. */
export async function attempt(
  parts: AttemptParts,
  { run, open }: { run: LiveRun; open: OpenEffect },
  controller: AbortController,
): Promise<Attempted> {
  const { effect } = open
  const { release } = run.bundle
  const node = run.bundle.nodes.get(effect.node)
  const type = node && parts.registry.get(node.type, release.nodes[node.type])
  if (effect.kind !== 'activity' || !node || type?.kind !== 'effect') {
    const error = new TerminalError('NODE_TYPE_UNKNOWN', {
      node: effect.node,
      type: node?.type ?? '',
    })
    return { ok: false, failure: attemptFailure(error), policy: noRetry }
  }
  const policy = effectivePolicy(type.policy, node.policy)
  const { signal } = controller
  const stopTimer = parts.clock.at(parts.clock.now() + policy.timeout, () => {
    const timeout = node.policy?.timeout ?? type.policy.timeout ?? '30s'
    controller.abort(new RetryableError('EFFECT_TIMEOUT', { timeout }))
  })
  try {
    const context = {
      tenant: run.tenant,
      run: run.id,
      effect: effect.id,
      signal,
      release,
    }
    const work = performEffect(type, {
      config: node.config,
      inputs: effect.input,
      use: type.policy.uses.length > 0 ? parts.services(context) : noServices,
      signal,
      idempotencyKey: effect.id,
      attempt: open.attempts + 1,
    })
    return { ok: true, exit: await unlessAborted(work, signal) }
  } catch (thrown) {
    return { ok: false, failure: attemptFailure(thrown), policy }
  } finally {
    stopTimer()
  }
}

const noRetry = effectivePolicy({ uses: [] })

/** A node that does not heed its signal is left behind: its late result goes nowhere. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
