/** How an attempt ended, for what it had to pass: the peer answered, it did not, or nobody knows. */
export type Outcome = 'answered' | 'failed' | 'stopped'

/** Something that an attempt must pass before it begins. Times are ms since the epoch. */
export interface Gate {
  /** `now` or earlier where it is open; else when to ask again, Infinity for when an attempt has ended. */
  opensAt(now: number): number
  /** Lets one pass that found it open; tell what it returns how the attempt ended. */
  pass(now: number): (outcome: Outcome, now: number) => void
}

/** At most so many at once. */
export function places(limit: () => number): Gate {
  let taken = 0
  return {
    opensAt: (now) => (taken < limit() ? now : Infinity),
    pass() {
      taken += 1
      return () => {
        taken -= 1
      }
    },
  }
}
