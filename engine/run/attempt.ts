import { RetryableError, TerminalError } from '#core/errors.ts'
import type { Clock } from '#core/ports.ts'
import type { Progress } from '#core/node/define-node.ts'
import { performEffect } from '#core/node/perform.ts'
import type { Services } from '#core/node/services.ts'
import type { Release } from '#core/release.ts'
import { attemptFailure } from './attempt-failure.ts'
import type { Attempted } from './driver.ts'
import type { LiveRun, OpenEffect } from './live-run.ts'
import type { Plan } from './plans.ts'
import { effectivePolicy, type EffectivePolicy } from './policy.ts'
import type { Stop } from './stop.ts'

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
  readonly clock: Clock
  readonly services: (context: EffectContext) => Partial<Services>
  /** What an attempt says of itself, at most every two seconds. */
  readonly told: (progress: Progress) => void
}

const noServices: Partial<Services> = {}
const tellEvery = 2_000
const longestNote = 120

/** Makes one attempt of an open activity, bounded by its policy's timeouts. Never rejects. */
export async function attempt(
  parts: AttemptParts,
  { run, open, plan }: { run: LiveRun; open: OpenEffect; plan: Plan | undefined },
  stop: Stop,
): Promise<Attempted> {
  const { effect } = open
  const { release } = run.bundle
  if (effect.kind !== 'activity' || !plan) {
    const error = new TerminalError('NODE_TYPE_UNKNOWN', {
      node: effect.node,
      type: run.bundle.nodes.get(effect.node)?.type ?? '',
    })
    return { ok: false, failure: attemptFailure(error), policy: noRetry }
  }
  const { node, type, policy } = plan
  const watch = watchTime(parts.clock, { policy, since: open.since }, (reason) => stop.stop(reason))
  let progress: Progress | null = null
  let toldAt = -Infinity
  const heartbeat = (given?: Progress): void => {
    if (stop.reason) return
    watch.beat()
    if (!given) return
    progress = shortened(given)
    if (parts.clock.now() - toldAt < tellEvery) return
    toldAt = parts.clock.now()
    parts.told(progress)
  }
  try {
    const context = (): EffectContext => ({
      tenant: run.tenant,
      run: run.id,
      effect: effect.id,
      signal: stop.signal,
      release,
    })
    const work = performEffect(type, {
      config: node.config,
      inputs: effect.input,
      use: type.policy.uses.length > 0 ? parts.services(context()) : noServices,
      get signal() {
        return stop.signal
      },
      idempotencyKey: effect.id,
      attempt: open.attempts + 1,
      heartbeat,
      progress: open.progress,
    })
    return { ok: true, exit: await stop.unlessStopped(work) }
  } catch (thrown) {
    return {
      ok: false,
      failure: attemptFailure(thrown),
      policy,
      ...(progress === null ? {} : { progress }),
    }
  } finally {
    watch.stop()
  }
}

const noRetry = effectivePolicy({ uses: [] })

/** Only what may be shown and kept, whatever a node gives. */
const shortened = ({ done, total, note }: Progress): Progress => ({
  ...(Number.isFinite(done) ? { done: Number(done) } : {}),
  ...(Number.isFinite(total) ? { total: Number(total) } : {}),
  ...(typeof note === 'string' ? { note: note.slice(0, longestNote) } : {}),
})

/** Rings the attempt's own time, the total time of all attempts, and the silence between two heartbeats. */
function watchTime(
  clock: Clock,
  { policy, since }: { policy: EffectivePolicy; since: number },
  ring: (reason: Error) => void,
) {
  const { timeout, total, heartbeat } = policy
  const began = clock.now()
  const stops = [
    clock.at(began + timeout.ms, () =>
      ring(new RetryableError('EFFECT_TIMEOUT', { which: 'attempt', timeout: timeout.text })),
    ),
  ]
  if (total && since + total.ms < began + timeout.ms)
    stops.push(
      clock.at(since + total.ms, () =>
        ring(new TerminalError('EFFECT_TIMEOUT', { which: 'total', timeout: total.text })),
      ),
    )
  let heard = began
  let stopListening = () => {}
  const listen = ({ ms, text }: NonNullable<typeof heartbeat>): void => {
    stopListening = clock.at(heard + ms, () => {
      // A beat only notes its time: this looks whether there was one.
      if (clock.now() < heard + ms) listen({ ms, text })
      else ring(new RetryableError('EFFECT_TIMEOUT', { which: 'heartbeat', timeout: text }))
    })
  }
  if (heartbeat) listen(heartbeat)
  return {
    beat() {
      heard = clock.now()
    },
    stop() {
      for (const stop of stops) stop()
      stopListening()
    },
  }
}
