import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../train/random.ts'
import { slots } from '../train/texts/slots.ts'
import { tokens } from './tokens.ts'
import { termWeights } from './vector.ts'

describe('tokens', () => {
  it('words in lower case, values by their shape', () => {
    expect(tokens('Name: RAHUL Kumar, DOB: 15/08/1988 (M)')).toEqual([
      'name',
      'rahul',
      'kumar',
      'dob',
      '<date>',
    ])
    expect(
      tokens('ABCPK1234L 27AAPFU0939F1ZV HDFC0001234 1,00,102.03 2345 50100123456789 42 AT1042'),
    ).toEqual(['<pan>', '<gstin>', '<ifsc>', '<amount>', '<four>', '<long>', '<number>', '<mixed>'])
  })

  it('[R106] no digit of a document becomes a feature', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...Object.keys(slots)), (seed, slot) => {
        const text = slots[slot]?.(createRandom(seed)) ?? ''
        expect(tokens(text).join(' ')).not.toMatch(/\d/)
      }),
    )
  })

  it('any text is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const [bucket, weight] of termWeights(text, 64))
          expect(bucket >= 0 && bucket < 64 && weight >= 1).toBe(true)
      }),
    )
  })
})
