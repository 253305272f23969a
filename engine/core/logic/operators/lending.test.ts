import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { verhoeffDigit } from '#core/logic/verhoeff.ts'

const value = (logic: Json): Json => compileLogic(logic)({}, { at: 0 })

describe('lending', () => {
  it('[R606] EMI, APR, loan for an instalment, outstanding principal, FOIR and LTV agree with one another and with known figures.', () => {
    expect(value({ emi: [500_000, 14, 36] })).toBe(17_088.81)
    expect(value({ apr: [500_000, 14, 36, 500_000 * 0.02 * 1.18] })).toBe(15.69)
    expect(value({ foir: [10_000, 17_088.81, 60_000] })).toBe(45.15)
    expect(value({ ltv: [2_400_000, 3_000_000] })).toBe(80)
    expect(value({ outstanding: [500_000, 14, 36, 0] })).toBe(500_000)
    expect(value({ outstanding: [500_000, 14, 36, 36] })).toBe(0)
    for (const nothing of [
      { apr: [500_000, 14, 36, 500_000] },
      { apr: [500_000, 14, 36, -1] },
      { apr: [500_000, 14, 1, 499_999.99] },
      { outstanding: [500_000, 14, 36, 37] },
      { foir: [1, 2, 0] },
      { ltv: [1, null] },
    ])
      expect(value(nothing)).toBeNull()
    const amount = fc.integer({ min: 10_000, max: 50_000_000 })
    const rate = fc.integer({ min: 0, max: 480 }).map((tenths) => tenths / 10)
    const months = fc.integer({ min: 1, max: 360 })
    fc.assert(
      fc.property(amount, rate, months, fc.nat(36), (p, r, n, paid) => {
        const emi = value({ emi: [p, r, n] }) as number
        const back = value({ loan_for_emi: [emi, r, n] }) as number
        // Half a paisa of the instalment is at most this much of the loan.
        expect(Math.abs(back - p)).toBeLessThanOrEqual(0.005 * n + 0.01)
        // Without fees the APR is the rate.
        expect(value({ apr: [p, r, n, 0] })).toBeCloseTo(r, 1)
        const k = Math.min(paid, n - 1)
        const left = value({ outstanding: [p, r, n, k] }) as number
        const interest = (left * r) / 1200
        const next = value({ outstanding: [p, r, n, k + 1] }) as number
        // What is owed grows by the interest and falls by the instalment.
        expect(Math.abs(left + interest - emi - next)).toBeLessThan(0.03)
      }),
    )
  })

  it('[R607] Amounts are written in lakhs.', () => {
    expect(value({ rupees: [100_102.03] })).toBe('₹1,00,102.03')
    expect(value({ rupees: [-12_345_678.005] })).toBe('-₹1,23,45,678.01')
    expect(value({ rupees: [999, 0] })).toBe('₹999')
    expect(value({ rupees: [-0.001] })).toBe('₹0.00')
    expect(value({ rupees: [1e300] })).toBeNull()
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (paise) => {
        const text = (paise / 100).toLocaleString('en-IN', { minimumFractionDigits: 2 })
        expect(value({ rupees: [paise / 100] })).toBe(
          text.startsWith('-') ? `-₹${text.slice(1)}` : `₹${text}`,
        )
      }),
    )
  })

  it('[R608] Identifiers are told by their form and check digits; what is no text has no answer.', () => {
    const right: Record<string, string[]> = {
      is_pan: ['ABCPS1234F', 'AAPFU0939F'],
      is_aadhaar: ['234567890124', '2345 6789 0124'],
      is_gstin: ['27AAPFU0939F1ZV', '33AAACH2702H1Z7'],
      is_ifsc: ['HDFC0001234'],
      is_tan: ['BLRA12345B'],
      is_mobile: ['9876543210', '+91 9876543210', '+919876543210', '09876543210'],
      is_pincode: ['560001'],
      is_email: ['a.b+c@example.co.in', 'x@y-z.org'],
    }
    const wrong: Record<string, string[]> = {
      is_pan: ['ABCXS1234F', 'abcps1234f', 'ABCPS1234F '],
      is_aadhaar: ['234567890123', '134567890124', '2345-6789-0124', '23456789012', ''],
      is_gstin: ['27AAPFU0939F1ZW', '00AAPFU0939F1ZV'],
      is_ifsc: ['HDFC1001234'],
      is_tan: ['BLRA1234BB'],
      is_mobile: ['5876543210', '98765432100', '+1 9876543210'],
      is_pincode: ['060001', '56000'],
      is_email: [
        'a@b',
        'a b@c.in',
        '.a@b.in',
        'a..b@c.in',
        'a@-b.in',
        '@b.in',
        `${'a'.repeat(250)}@b.in`,
      ],
    }
    for (const [id, texts] of Object.entries(right))
      for (const text of texts) expect(value({ [id]: [text] }), `${id} ${text}`).toBe(true)
    for (const [id, texts] of Object.entries(wrong)) {
      for (const text of texts) expect(value({ [id]: [text] }), `${id} ${text}`).toBe(false)
      expect(value({ [id]: [null] })).toBeNull()
      expect(value({ [id]: [560001] })).toBeNull()
    }
    expect(verhoeffDigit('236')).toBe(3)
  })

  it('[R609] No regular expression takes long: those that would are refused or answered in linear time.', () => {
    const text = `${'a'.repeat(9_999)}!`
    for (const pattern of [
      '(a+)+$',
      '(a|aa)+$',
      '(a|a?)+#',
      '(.*a){12}$',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
    ])
      expect(value({ matches: [text, pattern] })).toBe(false)
    expect(value({ matches: [`${text}!`, 'a'] })).toBeNull()
    for (const pattern of ['(?=a)b', '(a)\\1', '((a{30}){30}){30}', '(', 'a{1001}'])
      expect(() => value({ matches: ['a', pattern] })).toThrow(/cannot be used/)
    // A pattern that is known only at run time has no answer then.
    expect(value({ matches: ['a', { concat: ['(', ''] }] })).toBeNull()
    expect(value({ matches: ['a', 'a', { concat: ['q', ''] }] })).toBeNull()
  })
})
