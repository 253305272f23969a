/** Digits that are no amount: a PIN code or branch with zeros in front, an account of more digits than a number keeps. */
export const isCode = (text: string): boolean => /^\s*-?(0\d+|\d{16,})\s*$/.test(text)

interface Numbers {
  /** The text with its numbers as FEEL writes them. */
  readonly text: string
  /** Whether another might have meant something else. */
  readonly doubtful: boolean
}

const indian = String.raw`\d{1,2}(?:,\d{2})*,\d{3}`
const western = String.raw`\d{1,3}(?:,\d{3})+`
const number = new RegExp(
  String.raw`(?<![\p{L}\p{N}_,"]|(?<!\.)\.)(?:(₹|Rs\.?|INR)\s*)?(${indian}|${western}|\d+)(\.\d+)?(\s*%)?(?![\p{L}\p{N}_,"])(?!\.\d)`,
  'giu',
)

/**
 * Numbers as people write them in sheets: `₹ 50,000`, `1,00,000.50`, `12.5%`, which is 0.125 as in Excel. Null where
 * there is none. Lists of numbers are told by the blank behind the comma; text in quotes stays.
 */
export function plainNumbers(text: string): Numbers | null {
  if (text.includes('"')) return null
  let found = false
  let doubtful = false
  const plain = text.replace(
    number,
    (written, currency: string | undefined, whole: string, rest = '', percent?: string) => {
      const grouped = whole.includes(',')
      if (currency === undefined && !grouped && percent === undefined) return written
      found = true
      doubtful ||= percent !== undefined || (grouped && currency === undefined)
      const digits = whole.replaceAll(',', '') + (rest as string)
      return percent === undefined ? digits : String(Number(`${digits}e-2`))
    },
  )
  return found ? { text: plain, doubtful } : null
}
