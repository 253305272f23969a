import { hkdfSync } from 'node:crypto'
import { TerminalError } from '#core/errors.ts'
import type { Store } from '#core/store.ts'
import { caseKeys } from './case-keys.ts'

const mark = 'master-key'
/** Cases that are tried in a database that keeps no check value yet: some may have been erased. */
const tried = 100

/** 16 bytes that tell master keys apart and tell nothing about the key. */
export const keyCheckValue = (masterKey: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'metis/check', 16))

/** How a person tells two keys apart: the first 8 hex digits of the check value. */
export const fingerprint = (checkValue: Uint8Array): string =>
  Buffer.from(checkValue).toString('hex').slice(0, 8)

const opensNoCase = (store: Pick<Store, 'cases'>, masterKey: Uint8Array): boolean => {
  const keys = caseKeys(store.cases, masterKey)
  let found = false
  for (let number = 1; number <= tried; number += 1) {
    if (!store.cases.get(number)) break
    found = true
    try {
      keys.key(number)
      return false
    } catch {
      // Erased, or sealed under another master key.
    }
  }
  return found
}

/**
 * Whether this is the key that the database was written with. A database of an earlier release keeps no check value:
 * it is known by its cases.
 * @throws TerminalError MASTER_KEY_WRONG
 */
export function checkMasterKey(store: Pick<Store, 'cases' | 'marks'>, masterKey: Uint8Array): void {
  const own = keyCheckValue(masterKey)
  const kept = store.marks.get(mark)
  if (kept ? !own.equals(kept) : opensNoCase(store, masterKey))
    throw new TerminalError('MASTER_KEY_WRONG', {
      found: fingerprint(own),
      expected: kept ? fingerprint(kept) : 'unknown',
    })
}

/** As `checkMasterKey`; keeps the check value from the first start on. */
export function keepMasterKeyCheck(store: Store, masterKey: Uint8Array): void {
  checkMasterKey(store, masterKey)
  if (!store.marks.get(mark))
    store.transaction(() => store.marks.put(mark, keyCheckValue(masterKey)))
}
