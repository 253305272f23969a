import type { ConnectionHealth, ConnectionLimits } from '#core/api/views.ts'
import { durationMs } from '#core/graph/duration.ts'
import type { BreakerPolicy } from '#core/node/define-node.ts'
import type { Clock } from '#core/ports.ts'
import type { Store } from '#core/store.ts'
import {
  circuitBreaker,
  closedBreaker,
  type BreakerRule,
  type BreakerState,
  type CircuitBreaker,
} from './circuit-breaker.ts'
import { places, type Gate } from './gate.ts'
import { rateLimit, type Rate, type RateLimit } from './rate-limit.ts'

/** What stands before a connection, or before a node type without one. */
interface Guard {
  readonly breaker: CircuitBreaker
  /** All of it, the breaker first. */
  readonly gates: readonly Gate[]
}

export interface Guards {
  connection(tenant: string, name: string): Guard
  /** Shared by all tenants. */
  type(type: string, rule: { breaker?: BreakerPolicy; concurrency?: number }): Guard
  health(tenant: string, connection: string): ConnectionHealth
  /** The limits of a connection were changed; returns the gates that may have opened. */
  refresh(tenant: string, connection: string): readonly Gate[]
  /** Inside a transaction: what has changed since the last one. */
  write(): void
  /** After a rollback. */
  forget(): void
}

interface Kept {
  readonly breaker: BreakerState
  readonly fullAt: number
}

interface Entry {
  readonly tenant: string
  readonly name: string
  readonly guard: Guard
  readonly rate: RateLimit
  limits: Limits
}

/** `Limits` of a guard, times in ms. */
interface Limits {
  readonly breaker: BreakerRule | undefined
  readonly rate: Rate | undefined
  readonly concurrency: number
}

const ruleOf = (policy: BreakerPolicy): BreakerRule => ({
  share: policy.share ?? 0.5,
  calls: policy.calls ?? 20,
  window: durationMs(policy.window ?? '1m'),
  coolDown: durationMs(policy.coolDown ?? '30s'),
})

const limitsOf = ({ breaker, rate, concurrency }: ConnectionLimits): Limits => ({
  breaker: breaker === 'off' ? undefined : ruleOf((breaker ?? {}) as BreakerPolicy),
  rate: rate && { calls: rate.calls, per: durationMs(rate.per) },
  concurrency: concurrency ?? Infinity,
})

/** The guards in use and their state on disk: written with the next commit after a change, read at the first use. */
export function guards(parts: {
  readonly store: Pick<Store, 'guards' | 'connections'>
  readonly clock: Clock
  /** Something is to be written, and perhaps no commit is on its way. */
  readonly changed: () => void
}): Guards {
  const { store, clock } = parts
  const known = new Map<string, Entry>()
  const dirty = new Set<Entry>()
  let writing: Entry[] = []

  const open = (tenant: string, name: string, limits: Limits): Entry => {
    const saved = store.guards.get(tenant, name)
    // Written by `write` below.
    const kept = saved === undefined ? undefined : (JSON.parse(saved) as Kept)
    const changed = (): void => {
      if (dirty.size === 0) parts.changed()
      dirty.add(entry)
    }
    const breaker = circuitBreaker(
      () => entry.limits.breaker,
      kept?.breaker ?? closedBreaker,
      changed,
    )
    const rate = rateLimit(() => entry.limits.rate, kept?.fullAt ?? 0, changed)
    const room = places(() => entry.limits.concurrency)
    const entry: Entry = {
      tenant,
      name,
      rate,
      guard: { breaker, gates: [breaker, room, rate] },
      limits,
    }
    known.set(`${tenant}/${name}`, entry)
    return entry
  }
  const limitsOfConnection = (tenant: string, name: string): Limits => {
    const saved = store.connections.get(tenant, name)?.limits
    return limitsOf(saved ? (JSON.parse(saved) as ConnectionLimits) : {})
  }
  const connection = (tenant: string, name: string): Entry =>
    known.get(`${tenant}/connection/${name}`) ??
    open(tenant, `connection/${name}`, limitsOfConnection(tenant, name))

  return {
    connection: (tenant, name) => connection(tenant, name).guard,
    type(type, { breaker, concurrency }) {
      const found = known.get(`/type/${type}`)
      const limits: Limits = {
        breaker: breaker && ruleOf(breaker),
        rate: undefined,
        concurrency: concurrency ?? Infinity,
      }
      if (!found) return open('', `type/${type}`, limits).guard
      found.limits = limits
      return found.guard
    },
    health(tenant, name) {
      const { guard, limits } = connection(tenant, name)
      const { state, since, until } = guard.breaker.state()
      return {
        state: limits.breaker ? state : 'closed',
        since: since === 0 ? null : since,
        ...guard.breaker.counts(clock.now()),
        nextTry: state === 'open' ? until : null,
      }
    },
    refresh(tenant, name) {
      const entry = connection(tenant, name)
      entry.limits = limitsOfConnection(tenant, name)
      return entry.guard.gates
    },
    write() {
      writing = [...dirty]
      dirty.clear()
      for (const { tenant, name, guard, rate } of writing) {
        const kept: Kept = { breaker: guard.breaker.state(), fullAt: rate.fullAt }
        store.guards.put(tenant, name, JSON.stringify(kept))
      }
    },
    forget() {
      for (const entry of writing) dirty.add(entry)
      writing = []
    },
  }
}
