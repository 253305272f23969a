import type { OcrPage, OcrResult, OcrWord } from '#core/node/services.ts'
import { isVerhoeff } from '#core/logic/verhoeff.ts'

/** An Aadhaar number that was read, all but its end forgotten. */
export interface MaskedNumber {
  readonly page: number
  readonly last4: string
  /** Whether the whole number passed its check digit. */
  readonly valid: boolean
  readonly confidence: number
  readonly box: OcrWord['box']
}

/** VIDs have 16 digits and come first, so that their beginning is not taken for an Aadhaar number. */
const number =
  /(?<![\dX])(?:\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|[2-9]\d{3}[ -]?\d{4}[ -]?\d{4})(?!\d)/g
const looksLikeAadhaar =
  /aadhaar|aadhar|uidai|unique identification|government of india|enrol?ment no/i

/**
 * Whether digits must not be stored: a valid number anywhere, and whatever is printed in three groups
 * of four where the page looks like an Aadhaar card (a digit may be misread).
 */
function isSecret(text: string, onCard: boolean): boolean {
  const digits = text.replaceAll(/\D/g, '')
  if (digits.length === 16) return onCard
  return isVerhoeff(digits) || onCard
}

const maskDigits = (text: string): string => {
  let left = text.replaceAll(/\D/g, '').length - 4
  return text.replaceAll(/\d/g, (digit) => (left-- > 0 ? 'X' : digit))
}

/** Masks all Aadhaar numbers (and on Aadhaar cards VIDs) in words and text but for the last four digits. */
export function maskAadhaar(ocr: OcrResult): { ocr: OcrResult; masked: MaskedNumber[] } {
  const masked: MaskedNumber[] = []
  const pages = ocr.pages.map((page, at): OcrPage => {
    const onCard = looksLikeAadhaar.test(page.text)
    const lines = page.lines.map((line) => {
      const words = maskWords(line.words, onCard, at + 1, masked)
      return { text: words.map((word) => word.text).join(' '), words }
    })
    return { ...page, lines, text: lines.map((line) => line.text).join('\n') }
  })
  return { ocr: { ...ocr, pages, text: pages.map((page) => page.text).join('\n\n') }, masked }
}

function maskWords(
  words: readonly OcrWord[],
  onCard: boolean,
  page: number,
  masked: MaskedNumber[],
): OcrWord[] {
  const text = words.map((word) => word.text).join(' ')
  let hidden = text
  for (const match of text.matchAll(number)) {
    if (!isSecret(match[0], onCard)) continue
    hidden =
      hidden.slice(0, match.index) +
      maskDigits(match[0]) +
      hidden.slice(match.index + match[0].length)
    const digits = match[0].replaceAll(/\D/g, '')
    if (digits.length !== 12) continue
    const covered = wordsWithin(words, match.index, match[0].length)
    masked.push({
      page,
      last4: digits.slice(-4),
      valid: isVerhoeff(digits),
      confidence: Math.min(...covered.map((word) => word.confidence)),
      box: [
        Math.min(...covered.map((word) => word.box[0])),
        Math.min(...covered.map((word) => word.box[1])),
        Math.max(...covered.map((word) => word.box[2])),
        Math.max(...covered.map((word) => word.box[3])),
      ],
    })
  }
  if (hidden === text) return [...words]
  // Masking changes no length, so the words keep their places in the line.
  let start = 0
  return words.map((word) => {
    const from = start
    start += word.text.length + 1
    return { ...word, text: hidden.slice(from, from + word.text.length) }
  })
}

function wordsWithin(words: readonly OcrWord[], index: number, length: number): OcrWord[] {
  let start = 0
  return words.filter((word) => {
    const from = start
    start += word.text.length + 1
    return from < index + length && from + word.text.length > index
  })
}
