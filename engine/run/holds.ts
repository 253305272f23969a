import type { HoldRow, HoldTable } from '#core/store.ts'

type HoldName = Pick<HoldRow, 'tenant' | 'kind' | 'name'>

export interface Holds {
  has(hold: HoldName): boolean
  any(kind: HoldRow['kind']): boolean
  list(tenant: string): HoldRow[]
  /** Inside a transaction. */
  put(row: HoldRow): void
  /** Inside a transaction. */
  remove(hold: HoldName): void
  /** After a rollback: the table is the truth. */
  forget(): void
}

const keyOf = ({ tenant, kind, name }: HoldName): string => `${tenant}/${kind}/${name}`

/** Flows and connections that are suspended: few, asked before every attempt, so they stand in memory too. */
export function holds(table: HoldTable): Holds {
  const load = () => new Map(table.all().map((row) => [keyOf(row), row]))
  let held = load()
  return {
    has: (hold) => held.size > 0 && held.has(keyOf(hold)),
    any: (kind) => held.size > 0 && [...held.values()].some((row) => row.kind === kind),
    list: (tenant) => [...held.values()].filter((row) => row.tenant === tenant),
    put(row) {
      table.put(row)
      held.set(keyOf(row), row)
    },
    remove(hold) {
      table.remove(hold.tenant, hold.kind, hold.name)
      held.delete(keyOf(hold))
    },
    forget() {
      held = load()
    },
  }
}
