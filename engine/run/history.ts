import type { EventView } from '#core/api/views.ts'
import type { Actor } from '#core/ports.ts'
import type { Store, TenantHead } from '#core/store.ts'
import { chainLink, chainStart } from './chain.ts'
import { numberEvents, packEvents, type RunEvent } from './run-events.ts'

interface HistoryEntry {
  readonly tenant: string
  readonly stream: string
  readonly seq: number
  readonly at: number
  readonly type: string
  readonly actor: Actor
  readonly reason: string | null
  readonly case: number | null
  readonly data: Uint8Array
  readonly events: { readonly flow: string; readonly list: readonly RunEvent[] } | null
}

export interface History {
  /** Appends to the journal and the chain, inside a transaction. Returns the row's numbered events. */
  append(entry: HistoryEntry): EventView[]
  /** Writes the ends of the chains: last in the transaction. */
  writeHeads(): void
  /** After a rollback: the heads come from the database again. */
  forget(): void
}

/** The one place that writes history: nothing is in the journal that is not in the chain. */
export function history(store: Pick<Store, 'journal' | 'tenants'>): History {
  const heads = new Map<string, TenantHead>()
  const changed = new Set<string>()
  const headOf = (tenant: string): TenantHead => {
    const known = heads.get(tenant) ?? store.tenants.get(tenant)
    return known ?? { tenant, chain: chainStart(), entries: 0, events: 0 }
  }
  return {
    append(entry) {
      const { tenant, stream, seq, at, type, actor, reason, data, events } = entry
      const head = headOf(tenant)
      const lastEvent = events ? head.events + events.list.length : null
      const packed = events && packEvents(events.flow, events.list)
      // Field by field: this is done for every row, and copying objects took longer than hashing them.
      const row = {
        tenant,
        stream,
        seq,
        at,
        type,
        actor,
        reason,
        case: entry.case,
        data,
        events: packed,
        lastEvent,
      }
      const hash = chainLink(head.chain, row)
      store.journal.append(Object.assign(row, { hash }))
      heads.set(tenant, {
        tenant,
        chain: hash,
        entries: head.entries + 1,
        events: lastEvent ?? head.events,
      })
      changed.add(tenant)
      return events && lastEvent !== null
        ? numberEvents(events.list, { stream, at, flow: events.flow, lastEvent })
        : []
    },
    writeHeads() {
      for (const tenant of changed) store.tenants.put(headOf(tenant))
      changed.clear()
    },
    forget() {
      heads.clear()
      changed.clear()
    },
  }
}
