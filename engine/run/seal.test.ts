import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { caseKeys } from './case-keys.ts'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)

describe('a sealed value', () => {
  it('[R66] opens with its key and place, and with no other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        fc.string(),
        (text, place, other) => {
          const sealed = seal(key, place, text)
          expect(unseal(key, place, sealed).toString()).toBe(text)
          fc.pre(other !== place)
          expect(() => unseal(key, other, sealed)).toThrow('cannot be decrypted')
          expect(() => unseal(randomBytes(32), place, sealed)).toThrow('cannot be decrypted')
        },
      ),
    )
  })

  it('[R66] does not open when any bit was changed', () => {
    const sealed = seal(key, 'place', 'ABCPE1234F')
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => unseal(key, 'place', changed)).toThrow('cannot be decrypted')
    }
  })

  it('never shows twice how it was sealed', () => {
    const seen = new Set<string>()
    for (let count = 0; count < 2_000; count += 1)
      seen.add(seal(key, 'p', '').subarray(0, 12).toString('hex'))
    expect(seen.size).toBe(2_000)
  })
})

describe('keys of cases', () => {
  const open = () => {
    const store = openStore(':memory:')
    return { store, keys: caseKeys(store.cases, key) }
  }

  it('are one for a case of a tenant, and differ between cases, tenants and nameless runs', () => {
    const { keys } = open()
    const first = keys.open('a', 'APP-1', 0)
    expect(keys.open('a', 'APP-1', 9)).toEqual(first)
    const others = [
      keys.open('a', 'APP-2', 0),
      keys.open('b', 'APP-1', 0),
      keys.open('a', undefined, 0),
      keys.open('a', undefined, 0),
    ]
    const all = [first, ...others].map((one) => one.key.toString('hex'))
    expect(new Set(all).size).toBe(5)
    expect(keys.name(first.case)).toBe('APP-1')
  })

  it('come back from disk under the same master key only', () => {
    const { store, keys } = open()
    const made = keys.open('a', 'APP-1', 0)
    expect(caseKeys(store.cases, key).key(made.case)).toEqual(made.key)
    expect(() => caseKeys(store.cases, randomBytes(32)).key(made.case)).toThrow(
      'cannot be decrypted',
    )
  })
})
