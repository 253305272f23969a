import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln, power, roundTo } from '#core/logic/math.ts'

const near = (ours: number, theirs: number) =>
  ours === theirs || Math.abs(ours - theirs) <= Math.abs(theirs) * 4 * Number.EPSILON

describe('math', () => {
  it('[R21] agrees with exp within four units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) =>
        near(exp(x), Math.exp(x)),
      ),
    )
    expect(exp(0)).toBe(1)
    expect(exp(710)).toBe(Infinity)
    expect(exp(-746)).toBe(0)
  })
  it('[R21] agrees with ln within four units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) =>
        near(ln(x), Math.log(x)),
      ),
    )
    expect(near(ln(5e-324), Math.log(5e-324))).toBe(true)
    expect(ln(1)).toBe(0)
    expect(ln(0)).toBe(-Infinity)
    expect(ln(-1)).toBeNaN()
  })
  it('agrees with ** for fractions and whole exponents', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (x, y) => Math.abs(power(x, y) - x ** y) <= Math.abs(x ** y) * 1e-13,
      ),
    )
    expect(power(2, 10)).toBe(1024)
    expect(power(2, -1)).toBe(0.5)
    expect(power(-8, 3)).toBe(-512)
    expect(power(0, 0)).toBe(1)
    expect(power(-1, 0.5)).toBeNaN()
  })
  it('rounds halves away from zero, on the written number', () => {
    expect(roundTo(1.005, 2)).toBe(1.01)
    expect(roundTo(-2.5, 0)).toBe(-3)
    expect(roundTo(1e-7, 2)).toBe(0)
    expect(roundTo(1234.5, -2)).toBe(1200)
    expect(roundTo(1e21, 2)).toBe(1e21)
  })
})
