import type { Gate } from './gate.ts'

export interface Rate {
  readonly calls: number
  /** ms */
  readonly per: number
}

export interface RateLimit extends Gate {
  /** When the bucket is full again: all that has to be kept. */
  readonly fullAt: number
}

/**
 * A token bucket for `calls` that fills in `per`, kept as one time (the generic cell rate algorithm, ITU-T I.371):
 * each call puts off by `per / calls` when the bucket is full again, at most to `per` from now.
 */
export function rateLimit(
  rate: () => Rate | undefined,
  fullAt: number,
  changed: () => void,
): RateLimit {
  let full = fullAt
  return {
    get fullAt() {
      return full
    },
    opensAt(now) {
      const limit = rate()
      if (!limit) return now
      // A clock that was set back, or a rate that was raised, does not make a call wait longer than `per`.
      if (full > now + limit.per) {
        full = now + limit.per
        changed()
      }
      return full - limit.per + limit.per / limit.calls
    },
    pass(now) {
      const limit = rate()
      if (limit) {
        full = Math.max(full, now) + limit.per / limit.calls
        changed()
      }
      return () => {}
    },
  }
}
