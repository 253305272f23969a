import { isVerhoeff } from '#core/logic/verhoeff.ts'

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

/** Twelve digits, of which the last checks the others; blanks between groups of four are taken. */
export function isAadhaar(text: string): boolean {
  const digits = text.replaceAll(' ', '')
  return /^(\d{4} \d{4} \d{4}|\d{12})$/.test(text) && /^[2-9]/.test(digits) && isVerhoeff(digits)
}

/** Ten digits from 6, with or without the country or trunk prefix. */
export const isMobile = (text: string): boolean => /^(\+91[ -]?|0)?[6-9]\d{9}$/.test(text)
export const isPincode = (text: string): boolean => /^[1-9]\d{5}$/.test(text)

/** One address of usual form: the length limits of RFC 5321, a domain with a dot, no quotes and no literals. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || name.length > 64 || text.length > 254) return false
  if (!/^[\w!#$%&'*+/=?^`{|}~.-]+$/.test(name) || /^\.|\.\.|\.$/.test(name)) return false
  const labels = domain.split('.')
  return (
    labels.length > 1 &&
    labels.every((label) => /^[\da-zA-Z-]{1,63}$/.test(label) && !/^-|-$/.test(label)) &&
    /^[a-zA-Z]/.test(labels.at(-1) ?? '')
  )
}
