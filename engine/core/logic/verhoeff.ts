/** Multiplication in the dihedral group of order ten, and the permutation of each position (Verhoeff 1969). */
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
] as const
const permutation = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
] as const

const fold = (digits: string, from: number): number =>
  [...digits].reverse().reduce((check, digit, at) => {
    const turned = permutation[(at + from) % 8]?.[Number(digit)] ?? '0'
    return Number(product[check]?.[Number(turned)])
  }, 0)

/** Whether the last digit is right for those before it. */
export const isVerhoeff = (digits: string): boolean => /^\d+$/.test(digits) && fold(digits, 0) === 0

/** The digit that makes `digits` valid when put behind them. */
export function verhoeffDigit(digits: string): number {
  const check = fold(digits, 1)
  return [...'0123456789'].findIndex((digit) => product[check]?.[Number(digit)] === '0')
}
