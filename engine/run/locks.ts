import { canonicalJson } from '#core/json.ts'
import { sentence } from '#core/messages/catalogue.ts'
import type { LockRow, LockTable } from '#core/store.ts'
import type { Effect, EffectId, Failure } from '#core/step/types.ts'
import type { CaseKeys } from './case-keys.ts'
import type { LiveRun } from './live-run.ts'
import { firstOf } from './new-run.ts'

export type Locking = Extract<Effect, { kind: 'lock' }>

/**
 * Who is inside of a lock and who waits for it, by a keyed hash of its name and key, per tenant. Without a key a lock
 * concerns the runs of one family: a run, what it has asked for, and what it goes on as. Who waits longest comes first,
 * suspended runs are passed over. It is held as long as the run inside is active, also while that undoes.
 */
export interface Locks {
  /** The effect waits behind the others. */
  ask(run: LiveRun, effect: Locking): void
  /** Takes the lock if it may; a failure where this could only wait in a circle. */
  enter(effect: Locking): 'inside' | 'waits' | Failure
  /** Inside or not, it is there no longer. Returns the effect whose turn it is now. */
  leave(effect: EffectId): EffectId | undefined
  /** Whether it is inside. */
  holds(effect: EffectId): boolean
  /** Effects that wait for a lock that nobody holds, after what kept them from it is gone. */
  free(): EffectId[]
  /** Who keeps the effect from its lock, and how many wait before it; undefined where nobody does. */
  before(effect: EffectId): { readonly holder: LockRow; readonly ahead: number } | undefined
}

/** The outermost run around a run. */
const rootOf = (run: string): string => firstOf(run.split(':')[0] ?? run)

/** Whether the run was asked for by the effect, at any depth. */
const isBelow = (run: string, effect: EffectId): boolean => run.startsWith(`${effect}/`)

export function createLocks(
  table: LockTable,
  { token, isHeld }: Pick<CaseKeys, 'token'> & { readonly isHeld: (run: string) => boolean },
): Locks {
  const placeOf = ({ tenant, id }: LiveRun, { name, key }: Locking): Buffer =>
    token(tenant, canonicalJson(['lock', name, key, key === null ? rootOf(id) : '']))

  /** The holder whose end hangs on who asks: it waits, or something inside of it does, for what that one is inside of. */
  const circle = (asking: LockRow): LockRow | undefined => {
    const seen = new Set<string>()
    const work = [asking]
    for (let at = work.pop(); at; at = work.pop()) {
      const holder = table.holder(at.tenant, at.place)
      if (!holder) continue
      if (isBelow(asking.run, holder.effect)) return table.holder(asking.tenant, asking.place)
      for (const waiting of table.waitingBelow(holder.effect))
        if (!seen.has(waiting.effect)) {
          seen.add(waiting.effect)
          work.push(waiting)
        }
    }
    return undefined
  }
  const next = ({ tenant, place }: LockRow): LockRow | undefined =>
    table.waiting(tenant, place).find(({ run }) => !isHeld(run))

  return {
    ask(run, effect) {
      const place = placeOf(run, effect)
      table.add({ effect: effect.id, tenant: run.tenant, run: run.id, place })
    },
    enter({ id, name }) {
      const row = table.get(id)
      if (!row) return 'waits'
      if (row.held) return 'inside'
      const holder = table.holder(row.tenant, row.place)
      if (!holder && next(row)?.effect === id) {
        table.hold(id)
        return 'inside'
      }
      const around = circle(row)
      if (!around) return 'waits'
      const params = { lock: name, holder: around.run }
      return { code: 'LOCK_CIRCLE', message: sentence('LOCK_CIRCLE', params), params }
    },
    leave(effect) {
      const row = table.get(effect)
      if (!row) return undefined
      table.remove(effect)
      return table.holder(row.tenant, row.place) ? undefined : next(row)?.effect
    },
    holds: (effect) => table.get(effect)?.held === 1,
    free: () => table.free().map(({ effect }) => effect),
    before(effect) {
      const row = table.get(effect)
      const holder = row && !row.held ? table.holder(row.tenant, row.place) : undefined
      if (!row || !holder) return undefined
      const ahead = table
        .waiting(row.tenant, row.place)
        .findIndex((waiting) => waiting.effect === effect)
      return { holder, ahead }
    },
  }
}
