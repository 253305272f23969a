import type { JournalTable, TenantTable } from '#core/store.ts'
import { chainLink, chainStart } from './chain.ts'

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | {
      readonly ok: false
      /** The first row that does not fit. */
      readonly stream: string
      readonly seq: number
      readonly detail: string
    }

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0

/**
 * Walks a tenant's whole history and names the first broken place. What it cannot see is an attacker who
 * rewrites every row from some place on *and* the head: note `head` elsewhere to notice that too.
 */
export function verifyChain(
  store: { readonly journal: JournalTable; readonly tenants: TenantTable },
  tenant: string,
): ChainVerdict {
  let link = chainStart()
  let entries = 0
  let stream = ''
  let seq = 0
  for (const row of store.journal.walk(tenant)) {
    ;({ stream, seq } = row)
    link = chainLink(link, row)
    entries += 1
    if (!equal(link, row.hash))
      return { ok: false, stream, seq, detail: 'the row or its predecessor was changed or removed' }
  }
  const head = store.tenants.get(tenant)
  if (head && (head.entries !== entries || !equal(head.chain, link)))
    return { ok: false, stream, seq, detail: 'rows after this one are missing' }
  return { ok: true, entries, head: Buffer.from(link).toString('hex') }
}
