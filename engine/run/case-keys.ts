import { createHmac, hkdfSync } from 'node:crypto'
import { TerminalError } from '#core/errors.ts'
import type { CaseTable } from '#core/store.ts'
import { LruMap } from './lru-map.ts'
import { randomBytes } from './random-bytes.ts'
import { seal, unseal } from './seal.ts'

export interface CaseKeys {
  /** Keyed hash of a case key: equal keys of a tenant give equal tokens, and nobody can guess back. */
  token(tenant: string, caseKey: string): Buffer
  /** The case with this key, made if need be; without a key a case of its own. @throws TerminalError CASE_ERASED */
  open(tenant: string, caseKey: string | undefined, at: number): { case: number; key: Buffer }
  /** @throws TerminalError CASE_ERASED */
  key(caseNumber: number): Buffer
  /** The readable case key; null where there is none, or it was erased. */
  name(caseNumber: number): string | null
  isErased(caseNumber: number): boolean
  /** After a rollback: a number that was given may be given again. */
  forget(): void
  /** For what belongs to no case: wraps a key of its own. */
  wrap(identity: string, key: Uint8Array): Buffer
  unwrap(identity: string, wrapped: Uint8Array): Buffer
  sealSecret(tenant: string, name: string, value: string): Buffer
  openSecret(tenant: string, name: string, sealed: Uint8Array): string
}

/** Whether a case's wrapped key was overwritten: what it sealed can never be read again. */
export const isErasedKey = (wrapped: Uint8Array): boolean => wrapped.every((byte) => byte === 0)

/** Sorts by time of making, so that new cases lie together in the index however many there are. */
function unnamed(at: number): Buffer {
  const mark = randomBytes(16)
  mark.writeUIntBE(at, 0, 6)
  return mark
}

/** Keys of cases, each wrapped by the master key; `cached` of them stay unwrapped in memory. */
export function caseKeys(cases: CaseTable, masterKey: Uint8Array, cached = 4096): CaseKeys {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `metis/${purpose}`, 32))
  const wrapping = derive('wrap')
  const indexing = derive('index')
  const secrets = derive('secrets')
  const unwrapped = new LruMap<number, { key: Buffer | null; name: string | null }>(cached)
  const identity = (tenant: string, mark: Uint8Array) =>
    `case/${tenant}/${Buffer.from(mark).toString('hex')}`
  const load = (number: number) => {
    const known = unwrapped.get(number)
    if (known) return known
    const row = cases.get(number)
    if (!row) throw new TerminalError('NOT_FOUND', { what: 'case', id: number })
    const erased = isErasedKey(row.key)
    const key = erased ? null : unseal(wrapping, identity(row.tenant, row.token), row.key)
    const name =
      key && row.name && unseal(key, `${identity(row.tenant, row.token)}/name`, row.name).toString()
    const entry = { key, name }
    unwrapped.set(number, entry)
    return entry
  }
  const keyOf = (number: number): Buffer => {
    const { key } = load(number)
    if (!key) throw new TerminalError('CASE_ERASED', { case: number })
    return key
  }
  const token = (tenant: string, caseKey: string) =>
    createHmac('sha256', indexing).update(`${tenant}\n${caseKey}`).digest()
  return {
    token,
    open(tenant, caseKey, at) {
      const mark = caseKey === undefined ? unnamed(at) : token(tenant, caseKey)
      const found = caseKey === undefined ? undefined : cases.find(tenant, mark)
      if (found) return { case: found.number, key: keyOf(found.number) }
      const key = randomBytes(32)
      const of = identity(tenant, mark)
      const number = cases.add({
        tenant,
        token: mark,
        key: seal(wrapping, of, key),
        name: caseKey === undefined ? null : seal(key, `${of}/name`, caseKey),
        createdAt: at,
      })
      return { case: number, key }
    },
    key: keyOf,
    name: (number) => load(number).name,
    isErased: (number) => load(number).key === null,
    forget: () => unwrapped.clear(),
    wrap: (of, key) => seal(wrapping, of, key),
    unwrap: (of, wrapped) => unseal(wrapping, of, wrapped),
    sealSecret: (tenant, name, value) => seal(secrets, `secret/${tenant}/${name}`, value),
    openSecret: (tenant, name, sealed) =>
      unseal(secrets, `secret/${tenant}/${name}`, sealed).toString(),
  }
}
