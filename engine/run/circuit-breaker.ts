import type { Gate } from './gate.ts'

/** Times in ms; see `BreakerPolicy` for what they say. */
export interface BreakerRule {
  readonly share: number
  readonly calls: number
  readonly window: number
  readonly coolDown: number
}

/** All that has to be kept of a breaker. */
export interface BreakerState {
  readonly state: 'closed' | 'open' | 'half-open'
  /** When it came into this state. */
  readonly since: number
  /** While open: when one call may try. */
  readonly until: number
  /** Calls of the window in slices of it, oldest first. */
  readonly slices: readonly Slice[]
}
interface Slice {
  readonly at: number
  readonly calls: number
  readonly failures: number
}

export interface CircuitBreaker extends Gate {
  state(): BreakerState
  /** Calls and failures in the window that ends now. */
  counts(now: number): { calls: number; failures: number }
}

export const closedBreaker: BreakerState = { state: 'closed', since: 0, until: 0, slices: [] }
const slicesInWindow = 10

/**
 * Leaves a failing peer alone: closed → open once the share of failures in the window reaches the rule's, half-open
 * after the cool-down, when one call tries: it closes the breaker or opens it anew. Ours rather than a library's,
 * because the state is kept in the database, its times come from the engine's clock, and it only says when an attempt
 * may begin: who waits stands in the queue and retries in the journal.
 */
export function circuitBreaker(
  rule: () => BreakerRule | undefined,
  from: BreakerState,
  changed: () => void,
): CircuitBreaker {
  let kept = from
  let trying = false

  const turn = (state: BreakerState['state'], now: number): void => {
    const until = state === 'open' ? now + (rule()?.coolDown ?? 0) : 0
    kept = { state, since: now, until, slices: state === 'closed' ? [] : kept.slices }
    changed()
  }
  const inWindow = (now: number, window: number): readonly Slice[] =>
    // A slice of the future comes from a clock that was set back since.
    kept.slices.filter(({ at }) => at > now - window && at <= now)
  const sum = (slices: readonly Slice[]) =>
    slices.reduce(
      (all, { calls, failures }) => ({
        calls: all.calls + calls,
        failures: all.failures + failures,
      }),
      { calls: 0, failures: 0 },
    )
  const count = (failed: boolean, now: number, { window }: BreakerRule): void => {
    const slices = inWindow(now, window)
    const last = slices.at(-1)
    const failures = failed ? 1 : 0
    const grown =
      last && now - last.at < window / slicesInWindow
        ? [
            ...slices.slice(0, -1),
            { at: last.at, calls: last.calls + 1, failures: last.failures + failures },
          ]
        : [...slices, { at: now, calls: 1, failures }]
    kept = { ...kept, slices: grown }
    if (failed) changed()
  }

  return {
    state: () => kept,
    counts: (now) => sum(inWindow(now, rule()?.window ?? 0)),
    opensAt(now) {
      const to = rule()
      if (!to || kept.state === 'closed') return now
      if (kept.state === 'half-open') return trying ? Infinity : now
      // A clock that was set back, or a cool-down that was shortened, does not make it longer than that.
      if (kept.until > now + to.coolDown) {
        kept = { ...kept, until: now + to.coolDown }
        changed()
      }
      return kept.until
    },
    pass(now) {
      const tries = kept.state !== 'closed' && rule() !== undefined
      if (tries) {
        trying = true
        if (kept.state === 'open') turn('half-open', now)
      }
      return (outcome, at) => {
        if (tries) {
          trying = false
          if (outcome !== 'stopped' && kept.state === 'half-open')
            turn(outcome === 'failed' ? 'open' : 'closed', at)
          return
        }
        const to = rule()
        if (!to || outcome === 'stopped' || kept.state !== 'closed') return
        count(outcome === 'failed', at, to)
        if (outcome !== 'failed') return
        const { calls, failures } = sum(kept.slices)
        if (calls >= to.calls && failures >= calls * to.share) turn('open', at)
      }
    },
  }
}
