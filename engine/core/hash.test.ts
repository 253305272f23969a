import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashJson, sha256 } from '#core/hash.ts'

it('agrees with the platform on every length around the block border', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 256)
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
})
it('agrees with the platform on texts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
    }),
  )
})
it('does not depend on the order of keys', () => {
  expect(hashJson({ a: 1, b: [2] })).toBe(hashJson({ b: [2], a: 1 }))
  expect(hashJson({ a: 1 })).not.toBe(hashJson({ a: '1' }))
})
