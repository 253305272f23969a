import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMoney, parseAmount } from './amount.ts'
import { findDates, findMonth } from './date.ts'
import { isGstin, isIfsc, isPan, isTan } from '#core/logic/identifiers.ts'
import { correctTo } from './identifiers.ts'
import { isVerhoeff, verhoeffDigit } from '#core/logic/verhoeff.ts'

describe('Verhoeff', () => {
  it('gives 3 for 236 and passes a printed number', () => {
    expect(verhoeffDigit('236')).toBe(3)
    expect(isVerhoeff('2363')).toBe(true)
    expect(isVerhoeff('234567890124')).toBe(true)
  })

  it('[R113] finds every single wrong digit and every swap of neighbours', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'),
      minLength: 11,
      maxLength: 11,
    })
    fc.assert(
      fc.property(digits, fc.nat(11), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const number = body + String(verhoeffDigit(body))
        expect(isVerhoeff(number)).toBe(true)
        const changed = [...number]
        changed[at] = String((Number(changed[at]) + shift) % 10)
        expect(isVerhoeff(changed.join(''))).toBe(false)
        const swapped = [...number]
        if (at < 11) [swapped[at], swapped[at + 1]] = [swapped[at + 1] ?? '', swapped[at] ?? '']
        const changes = at < 11 && number[at] !== number[at + 1]
        expect(isVerhoeff(swapped.join(''))).toBe(!changes)
      }),
    )
  })
})

describe('identifiers', () => {
  it('PAN, IFSC and TAN by their format', () => {
    expect(['ABCPS1234F', 'AAPFU0939F'].map(isPan)).toEqual([true, true])
    expect(['ABCXS1234F', 'ABCPS12345', 'abcps1234f', ''].map(isPan)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect([isIfsc('HDFC0001234'), isIfsc('HDFC1001234')]).toEqual([true, false])
    expect([isTan('BLRA12345B'), isTan('BLRA1234BB')]).toEqual([true, false])
  })

  it('GSTIN by its check digit', () => {
    expect(isGstin('27AAPFU0939F1ZV')).toBe(true)
    expect(isGstin('33AAACH2702H1Z7')).toBe(true)
    expect(isGstin('27AAPFU0939F1ZW')).toBe(false)
    expect(isGstin('00AAPFU0939F1ZV')).toBe(false)
  })

  it('letters and digits are put right by their place', () => {
    expect(correctTo('AAAAA9999A', 'A8CPSI234F')).toEqual({ text: 'ABCPS1234F', corrections: 2 })
    expect(correctTo('AAAAA9999A', 'ABCPS1234F')).toEqual({ text: 'ABCPS1234F', corrections: 0 })
  })
})

describe('amounts', () => {
  it.each([
    ['1,00,102.03', 100102.03],
    ['1.00.102.03', 100102.03],
    ['175,000.00', 175000],
    ['1,25,430,55', 125430.55],
    ['12,000', 12000],
    ['4500', 4500],
    ['Rs. 4,500.50', 4500.5],
    ['₹8,000', 8000],
    ['(1,250.00)', -1250],
    ['-20.00', -20],
    ['5,000/-', 5000],
    ['04/26', null],
    ['HDFC', null],
    ['', null],
  ])('%s', (text, value) => expect(parseAmount(text)).toBe(value))

  it('reads back whatever is printed in lakhs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (paise) => {
        const text = (paise / 100).toLocaleString('en-IN', { minimumFractionDigits: 2 })
        expect(isMoney(text)).toBe(true)
        expect(parseAmount(text)).toBe(paise / 100)
      }),
    )
  })
})

describe('dates', () => {
  it.each([
    ['15/08/1988', '1988-08-15'],
    ['DOB: 3-11-1992', '1992-11-03'],
    ['01/04/26 UPI', '2026-04-01'],
    ['15 / 08 / 1988', '1988-08-15'],
    ['1 Apr 2021', '2021-04-01'],
    ['10-May-2026', '2026-05-10'],
    ['29/02/2024', '2024-02-29'],
  ])('%s', (text, date) => expect(findDates(text)[0]?.date).toBe(date))

  it('of no calendar are none', () => {
    expect(findDates('31/02/2026')).toEqual([])
    expect(findDates('15/13/2026')).toEqual([])
    expect(findDates('5 Cards 2021')).toEqual([])
    expect(findDates('1 Apr 1 Apr BY UPI')[0]?.date).toBe('04-01')
  })

  it('months', () => {
    expect(findMonth('Payslip for the month of April 2026')).toBe('2026-04')
    expect(findMonth("Sept'25")).toBe('2025-09')
    expect(findMonth('Pay period 04/2026')).toBe('2026-04')
    expect(findMonth('Decimal 12')).toBeNull()
  })
})
