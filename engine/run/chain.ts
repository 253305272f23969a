import { createHash } from 'node:crypto'
import type { JournalRow } from '#core/store.ts'

/** What the chain of a tenant starts from. */
export const chainStart = (): Uint8Array => new Uint8Array(32)

/**
 * SHA-256 over the previous link and everything in the row, `data` as ciphertext: erasing a case's key
 * leaves the chain whole. Each text is preceded by its length, so no two rows give the same bytes.
 */
export function chainLink(previous: Uint8Array, row: Omit<JournalRow, 'hash'>): Buffer {
  const facts = [
    row.tenant,
    row.stream,
    String(row.seq),
    String(row.at),
    row.type,
    row.actor.id,
    row.actor.kind,
    row.reason === null ? '-' : `+${row.reason}`,
    String(row.case),
    row.events ?? '-',
    String(row.lastEvent),
  ]
  let text = ''
  for (const fact of facts) text += `${fact.length}:${fact},`
  return createHash('sha256').update(previous).update(text).update(row.data).digest()
}
