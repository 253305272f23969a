/** Formats of Indian identifiers; each takes the bare upper-case text. */

/** The 4th letter is the type of the holder: P person, C company, H Hindu undivided family, F firm, … */
export const isPan = (text: string): boolean => /^[A-Z]{3}[PCHFATBLJGE][A-Z]\d{4}[A-Z]$/.test(text)
export const isIfsc = (text: string): boolean => /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text)
export const isTan = (text: string): boolean => /^[A-Z]{4}\d{5}[A-Z]$/.test(text)

const base36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** State, PAN, entity, Z and a check digit: modulo 36 with weights 1 and 2 in turn, products folded. */
export function isGstin(text: string): boolean {
  if (!/^(0[1-9]|[1-3]\d|9[79])[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text)) return false
  const sum = Array.from(text.slice(0, 14)).reduce((total, letter, at) => {
    const weighted = base36.indexOf(letter) * (at % 2 === 0 ? 1 : 2)
    return total + Math.floor(weighted / 36) + (weighted % 36)
  }, 0)
  return base36[(36 - (sum % 36)) % 36] === text[14]
}

const letterFor: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '4': 'A',
  '5': 'S',
  '6': 'G',
  '7': 'Z',
  '8': 'B',
}
const digitFor: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  A: '4',
  S: '5',
  G: '6',
  T: '7',
  B: '8',
}

/** Puts letters and digits that readers confuse right where the format leaves no doubt: `A` letter, `9` digit. */
export function correctTo(format: string, text: string): { text: string; corrections: number } {
  let corrections = 0
  const corrected = [...text].map((letter, at) => {
    const wanted = format[at] === '9' ? digitFor[letter] : letterFor[letter]
    if (wanted === undefined) return letter
    corrections += 1
    return wanted
  })
  return { text: corrected.join(''), corrections }
}
