import type { Clock } from '#core/ports.ts'
export interface WakeUpOptions<T> {
  readonly clock: Clock
  readonly timers: {
    /** Earliest first. */
    due(now: number, limit: number): T[]
    earliest(): number | undefined
  }
  /** Settles when the timer is off the table. */
  readonly fire: (timer: T) => Promise<unknown>
}

export interface WakeUp {
  /** Makes sure that the clock rings at `at` at the latest. */
  by(at: number): void
  /** From now on, or whenever the table changed at large. */
  arm(): void
  close(): void
}

/** Timers are fetched in portions, so that a long stop does not come back all at once. */
const portion = 256
/** After a timer that could not be fired, ms. */
const pause = 5_000

/** One ring of the clock for the earliest timer of the table, whose due times are absolute. */
export function wakeUp<T>({ clock, timers, fire }: WakeUpOptions<T>): WakeUp {
  let ringAt = Infinity
  let silence = () => {}
  let ringing = false
  let closed = false

  const by = (at: number): void => {
    if (at >= ringAt || ringing || closed) return
    silence()
    ringAt = at
    silence = clock.at(at, ring)
  }
  const arm = (): void => by(timers.earliest() ?? Infinity)
  const ring = (): void => {
    ringAt = Infinity
    ringing = true
    const due = timers.due(clock.now(), portion)
    void Promise.allSettled(due.map(fire)).then((results) => {
      ringing = false
      if (closed) return
      const failed = results.some((result) => result.status === 'rejected')
      if (failed) by(clock.now() + pause)
      else arm()
    })
  }
  return {
    by,
    arm,
    close() {
      closed = true
      silence()
    },
  }
}
