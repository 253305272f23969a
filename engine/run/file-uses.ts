import type { SealedText, Store } from '#core/store.ts'
import type { CaseKeys } from './case-keys.ts'
import { places } from './places.ts'
import { unseal } from './seal.ts'

export interface FileUses {
  /** Reads what was written since the last time, in portions so that others get their turn. */
  readUp(): Promise<void>
  /** The rest of it, at once: inside a transaction. */
  readRest(): void
}

const portion = 256
const named = /sha256:[0-9a-f]{64}/g

/**
 * Which cases name which files. It is read out of what they have written only when a case is to be erased: a step costs
 * nothing more for it, and the first erasure reads everything once.
 */
export function fileUses(parts: {
  store: Pick<Store, 'transaction' | 'fileUses' | 'blobs'>
  keys: Pick<CaseKeys, 'key' | 'isErased'>
}): FileUses {
  const { store, keys } = parts
  const { fileUses: uses } = store
  const placeOf = {
    journal: ({ tenant, id, seq }: SealedText) => places.journal(tenant, id, seq),
    values: ({ tenant, id, case: number }: SealedText) => places.value(tenant, number, id),
  }
  const textOf = (of: 'journal' | 'values', row: SealedText): string => {
    if (keys.isErased(row.case)) return ''
    try {
      return unseal(keys.key(row.case), placeOf[of](row), row.data).toString()
    } catch {
      // Changed on the disk: `metis verify` names it.
      return ''
    }
  }
  /** False once there is nothing more. */
  const readSome = (): boolean => {
    const mark = { ...uses.mark() }
    let most = 0
    for (const of of ['journal', 'values'] as const) {
      const rows = uses.unread(of, mark[of], portion)
      for (const row of rows) {
        mark[of] = row.number
        for (const file of new Set(textOf(of, row).match(named)))
          if (store.blobs.has(row.tenant, file))
            uses.add({ tenant: row.tenant, file, case: row.case })
      }
      most = Math.max(most, rows.length)
    }
    if (most > 0) uses.setMark(mark)
    return most === portion
  }
  return {
    async readUp() {
      while (store.transaction(readSome)) await new Promise((resume) => setImmediate(resume))
    },
    readRest() {
      while (readSome());
    },
  }
}
