import type { Clock } from '#core/ports.ts'

export interface SimulatedClock extends Clock {
  /** Goes on by `ms`, firing what falls due on the way, each at its own time. */
  advance(ms: number): void
}

/** A clock that stands still until it is told to go on. */
export function simulatedClock(start = Date.UTC(2026, 0, 1)): SimulatedClock {
  let now = start
  let waiting: { at: number; fire: () => void }[] = []
  return {
    now: () => now,
    at(at, fire) {
      const entry = { at, fire }
      waiting.push(entry)
      // As with a real clock: what is due already comes soon, though not at once.
      if (at <= now)
        queueMicrotask(() => {
          if (!waiting.includes(entry)) return
          waiting = waiting.filter((other) => other !== entry)
          fire()
        })
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const next = waiting
          .filter((entry) => entry.at <= end)
          .reduce<(typeof waiting)[number] | undefined>(
            (first, entry) => (first && first.at <= entry.at ? first : entry),
            undefined,
          )
        if (!next) break
        waiting = waiting.filter((entry) => entry !== next)
        now = Math.max(now, next.at)
        next.fire()
      }
      now = end
    },
  }
}
