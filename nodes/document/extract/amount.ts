const shape = /^(?:(?:rs\.?|inr|₹)\s*)?(-?)(\d[\d,.]*?)(?:[.,](\d{2}))?$/i

/**
 * Rupees from `1,00,102.03`, `175,000`, `Rs. 4500` or `(1,250.00)`; null for anything else.
 * A reader often takes the decimal point for a comma and the other way round, so two digits after
 * the last separator are paise, whichever it is: a group of two never ends a number.
 */
export function parseAmount(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^\((.*)\)$/, '-$1')
    .replace(/\/-$/, '')
  const match = shape.exec(bare)
  if (!match) return null
  const [, sign = '', whole = '', paise] = match
  const value = Number(`${whole.replaceAll(/[,.]/g, '')}.${paise ?? '00'}`)
  return sign === '-' ? -value : value
}

/** An amount with paise, as columns of statements and slips print them: certain not to be a date or a number of something. */
export const isMoney = (text: string): boolean =>
  /^-?\d[\d,]*[.,]\d{2}$/.test(text) && parseAmount(text) !== null

/** Rupees rounded to whole paise, so that sums compare. */
export const paise = (amount: number): number => Math.round(amount * 100) / 100
