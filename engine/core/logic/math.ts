/**
 * Elementary functions built from IEEE 754 additions, multiplications and divisions alone.
 * `Math.exp`, `Math.log` and `**` may differ in the last digit between engines; these do not,
 * so a decision can be replayed anywhere.
 */

const LN2_HIGH = 0.69314718036912381649 // upper 33 bits of ln 2: `k * LN2_HIGH` is exact
const LN2_LOW = 1.90821492927058770002e-10
const SQRT_HALF = Math.SQRT1_2

/** x · 2^power without intermediate overflow. */
function scale(x: number, power: number): number {
  let result = x
  let left = power
  while (left > 1000) {
    result *= twoTo(1000)
    left -= 1000
  }
  while (left < -1000) {
    result *= twoTo(-1000)
    left += 1000
  }
  return result * twoTo(left)
}

const bits = new DataView(new ArrayBuffer(8))

/** 2^n for −1022 ≤ n ≤ 1023, by writing the exponent's bits. */
function twoTo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** e^x; ±Infinity and 0 past the range. Relative error below 2^-51. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (x > 709.8) return Infinity
  if (x < -745.2) return 0
  const k = Math.round(x / Math.LN2)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = 1
  for (let n = 17; n >= 1; n--) sum = 1 + (r / n) * sum
  return scale(sum, k)
}

/** Natural logarithm; NaN below 0, −Infinity at 0. Relative error below 2^-51. */
export function ln(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  let exponent = 0
  let normal = x
  if (x < twoTo(-1022)) {
    normal *= twoTo(54)
    exponent -= 54
  }
  bits.setFloat64(0, normal)
  const high = bits.getUint32(0)
  exponent += (high >>> 20) - 1022
  bits.setUint32(0, (high & 0x000fffff) | (1022 << 20)) // mantissa in [0.5, 1)
  let mantissa = bits.getFloat64(0)
  if (mantissa < SQRT_HALF) {
    mantissa *= 2
    exponent -= 1
  }
  // ln m = 2 atanh s, s = (m − 1) / (m + 1), |s| ≤ 0.1716
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let series = 0
  for (let n = 25; n >= 3; n -= 2) series = square * (1 / n + series)
  return exponent * LN2_HIGH + (2 * s * (1 + series) + exponent * LN2_LOW)
}

/** base^exponent; whole exponents by repeated squaring, others through `exp` and `ln`. NaN for a negative base with a fraction. */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1_000_000) {
    const whole = wholePower(base, Math.abs(exponent))
    return exponent < 0 ? 1 / whole : whole
  }
  if (base === 0) return exponent > 0 ? 0 : Infinity
  if (base < 0) return NaN
  return exp(exponent * ln(base))
}

function wholePower(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}

/** What becomes of the part that is cut off; `half up` takes halves away from zero, as money is rounded. */
export type RoundingMode = 'half up' | 'half down' | 'half even' | 'up' | 'down'

const wholes: Readonly<Record<RoundingMode, (size: number) => number>> = {
  'half up': Math.round,
  'half down': (size) => Math.ceil(size - 0.5),
  'half even': (size) => {
    const low = Math.floor(size)
    return size - low === 0.5 ? low + (low % 2) : Math.round(size)
  },
  up: Math.ceil,
  down: Math.floor,
}

/**
 * Rounds to `digits` decimals, halves away from zero, on the number as it is written: 1.005 to two digits is 1.01.
 */
export const roundTo = (x: number, digits: number): number => roundBy(x, digits, 'half up')

/** Rounds the size of a number as it is written, and keeps its sign. */
export function roundBy(x: number, digits: number, mode: RoundingMode): number {
  if (!Number.isFinite(x) || Math.abs(x) >= Number.MAX_SAFE_INTEGER) return x
  const shifted = wholes[mode](shiftDecimal(Math.abs(x), digits))
  return Math.sign(x) * shiftDecimal(shifted, -digits)
}

/** x · 10^digits by moving the decimal point in the text, which is exact. */
function shiftDecimal(x: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(x).split('e')
  return Number(`${mantissa}e${Number(exponent) + digits}`)
}
