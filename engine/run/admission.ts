import { RetryableError } from '#core/errors.ts'

/** What the engine may be behind with before it turns new runs away. */
export interface AdmissionLimits {
  /** Starts and outcomes that wait to be written. @default 2000 */
  readonly commits?: number
  /** Effects that could begin if there were room. @default 10_000 */
  readonly waiting?: number
  /** The event loop's delay, ms. @default 1000 */
  readonly delay?: number
}

export interface AdmissionParts {
  readonly limits: AdmissionLimits
  readonly commits: () => number
  /** Effects that could begin if there were room, by tenant. */
  readonly waiting: () => ReadonlyMap<string, number>
  readonly pulse: { delay(): number; perSecond(): number }
}

export interface Load {
  /** 1 and more: new runs are turned away, of the busiest tenants first. */
  readonly level: number
  readonly commits: number
  readonly waiting: number
  /** ms */
  readonly delay: number
  /** Starts turned away since the engine opened. */
  readonly refused: number
}

export interface Admission {
  /** Before a new run; call what it returns once the start is answered. @throws RetryableError OVERLOADED */
  enter(tenant: string): () => void
  load(): Load
}

/** With less to do than this a slow event loop is not the runs' doing. */
const few = 64
const longestWait = 60

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0)

/**
 * Turns new runs away before anything is written, once what is to be done lies beyond a limit: those of tenants that
 * have at least their share of it, and beyond twice the limit those of all. What was acknowledged goes on.
 */
export function admission(parts: AdmissionParts): Admission {
  const { commits = 2_000, waiting = 10_000, delay = 1_000 } = parts.limits
  const starting = new Map<string, number>()
  let refused = 0

  const load = (): Load => {
    const waits = sum(parts.waiting())
    const queued = parts.commits()
    const late = parts.pulse.delay()
    const busy = waits + sum(starting) >= few
    const level = Math.max(queued / commits, waits / waiting, busy ? late / delay : 0)
    return { level, commits: queued, waiting: waits, delay: late, refused }
  }
  /** Whether the tenant has its share of the work, or more. */
  const hasShare = (tenant: string): boolean => {
    const waits = parts.waiting()
    const tenants = new Set([tenant, ...waits.keys(), ...starting.keys()])
    const own = (waits.get(tenant) ?? 0) + (starting.get(tenant) ?? 0)
    return own * tenants.size >= sum(waits) + sum(starting)
  }
  const add = (tenant: string, by: number): void => {
    const count = (starting.get(tenant) ?? 0) + by
    if (count === 0) starting.delete(tenant)
    else starting.set(tenant, count)
  }

  return {
    load,
    enter(tenant) {
      const { level, waiting: waits } = load()
      if (level >= 2 || (level >= 1 && hasShare(tenant))) {
        refused += 1
        const excess = waits - waiting
        const seconds = excess > 0 ? excess / Math.max(1, parts.pulse.perSecond()) : level
        const after = Math.min(longestWait, Math.max(1, Math.ceil(seconds)))
        throw new RetryableError('OVERLOADED', { seconds: after }, { after: after * 1000 })
      }
      add(tenant, 1)
      return () => add(tenant, -1)
    },
  }
}
