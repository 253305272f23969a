import type { Clock } from '#core/ports.ts'
export interface WakeUpOptions<T> {
  readonly clock: Clock
  readonly timers: {
    /** Earliest first, behind the first `skip`. */
    due(now: number, limit: number, skip: number): T[]
    /** When the first one behind the first `skip` falls due. */
    earliest(skip: number): number | undefined
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
/** ms until timers that could not be fired are tried again: longer each time, up to the second. */
const [pause, longestPause] = [5_000, 300_000]

/** One ring of the clock for the earliest timer of the table, whose due times are absolute. */
export function wakeUp<T>({ clock, timers, fire }: WakeUpOptions<T>): WakeUp {
  let ringAt = Infinity
  let silence = () => {}
  let ringing = false
  let closed = false
  let pauses = 0

  const by = (at: number): void => {
    if (at >= ringAt || ringing || closed) return
    silence()
    ringAt = at
    silence = clock.at(at, ring)
  }
  const arm = (): void => by(timers.earliest(0) ?? Infinity)
  /** Fires all that are due, past those that cannot be fired; tells how many these are. */
  const fireDue = async (): Promise<number> => {
    let failed = 0
    for (;;) {
      const due = timers.due(clock.now(), portion, failed)
      const results = await Promise.allSettled(due.map(fire))
      failed += results.filter(({ status }) => status === 'rejected').length
      if (due.length < portion || closed) return failed
    }
  }
  const ring = (): void => {
    ringAt = Infinity
    ringing = true
    void fireDue().then((failed) => {
      ringing = false
      if (closed) return
      pauses = failed > 0 ? pauses + 1 : 0
      if (failed > 0) by(clock.now() + Math.min(pause * 2 ** (pauses - 1), longestPause))
      by(timers.earliest(failed) ?? Infinity)
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
