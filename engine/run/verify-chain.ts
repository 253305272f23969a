import type { JournalRow, JournalTable, TenantTable } from '#core/store.ts'
import { chainLink, chainStart } from './chain.ts'
import { storageFailure } from './storage-failure.ts'

/** A place in a tenant's history that does not fit, and what is wrong there. */
export interface ChainFault {
  readonly stream: string
  readonly seq: number
  readonly detail: string
}
export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | ({ readonly ok: false } & ChainFault)

type Chained = { readonly journal: JournalTable; readonly tenants: TenantTable }

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0

/**
 * Walks a tenant's whole history and names the broken places; the chain is taken up anew behind each. What it cannot
 * see is an attacker who rewrites every row from some place on *and* the head: note `head` elsewhere to notice that too.
 */
export function* chainFaults(
  store: Chained,
  tenant: string,
): Generator<ChainFault, { entries: number; head: string }> {
  const head = store.tenants.get(tenant)
  const rows = store.journal.walk(tenant)
  let link = chainStart()
  let entries = 0
  let last: Pick<JournalRow, 'stream' | 'seq'> = { stream: '', seq: 0 }
  try {
    let row: JournalRow | undefined = rows.next().value
    while (row) {
      const next: JournalRow | undefined = rows.next().value
      /** Whether what follows was chained to this. */
      const continues = (candidate: Uint8Array): boolean =>
        next
          ? equal(chainLink(candidate, next), next.hash)
          : head !== undefined && equal(head.chain, candidate)
      const expected = chainLink(link, row)
      entries += 1
      last = row
      link = row.hash
      if (!equal(expected, row.hash)) {
        const { stream, seq } = row
        if (continues(expected)) link = expected
        const detail =
          link === expected
            ? 'its hash was changed'
            : continues(row.hash)
              ? 'the entry was changed, or one before it was removed'
              : 'the entry and the next were changed, or others were removed'
        yield { stream, seq, detail }
      }
      row = next
    }
  } catch (error) {
    const failure = storageFailure(error)
    if (!failure) throw error
    const detail = `nothing behind this entry can be read (${failure.params['detail']})`
    yield { stream: last.stream, seq: last.seq, detail }
    return { entries, head: Buffer.from(link).toString('hex') }
  } finally {
    // A walk left open would keep the database from being written.
    rows.return?.()
  }
  if (head && (head.entries !== entries || !equal(head.chain, link)))
    yield { stream: last.stream, seq: last.seq, detail: 'rows after this one are missing' }
  return { entries, head: Buffer.from(link).toString('hex') }
}

/** The first broken place of a tenant's history, or its end. */
export function verifyChain(store: Chained, tenant: string): ChainVerdict {
  const faults = chainFaults(store, tenant)
  const { value, done } = faults.next()
  if (done) return { ok: true, ...value }
  faults.return({ entries: 0, head: '' })
  return { ok: false, ...value }
}
