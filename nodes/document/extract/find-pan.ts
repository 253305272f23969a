import { isPan } from '#core/logic/identifiers.ts'
import { correctTo } from './identifiers.ts'
import type { Line, PlacedWord } from './page-lines.ts'
import { isHeading } from './person-name.ts'

export interface FoundPan {
  readonly pan: string
  /** Letters and digits that had to be put right by their position. */
  readonly corrections: number
  readonly words: readonly PlacedWord[]
}

/** A PAN that needs more corrections than this is more likely another word of ten letters. */
const mostCorrections = 3

/** All readings of a PAN, the surest first. It may be split over words or stuck to a label. */
export function findPans(lines: readonly Line[]): FoundPan[] {
  const found = lines.flatMap((line) =>
    line.words.flatMap((_, at) =>
      [1, 2, 3].flatMap((count) => readings(line.words.slice(at, at + count), count)),
    ),
  )
  return found.toSorted(
    (a, b) =>
      a.corrections - b.corrections ||
      a.words.length - b.words.length ||
      confidence(b.words) - confidence(a.words),
  )
}

function readings(words: readonly PlacedWord[], count: number): FoundPan[] {
  if (words.length < count || words.some((word) => /\d[/.-]\d/.test(word.text))) return []
  // Words of a heading beside a number would make a PAN of both.
  if (count > 1 && words.some((word) => isHeading(word.text))) return []
  const bare = words
    .map((word) =>
      word.text
        .toUpperCase()
        .replaceAll(/[!|]/g, 'I')
        .replaceAll('$', 'S')
        .replaceAll(/[^A-Z0-9]/g, ''),
    )
    .join('')
  // Longer by a label such as PAN or by a speck at an end.
  if (bare.length < 10 || bare.length > 14) return []
  return Array.from({ length: bare.length - 9 }, (_, at) => at).flatMap((at) => {
    const corrected = correctTo('AAAAA9999A', bare.slice(at, at + 10))
    return isPan(corrected.text) && corrected.corrections <= mostCorrections
      ? [{ pan: corrected.text, corrections: corrected.corrections + specks(bare, at), words }]
      : []
  })
}

/**
 * What stands beside the ten letters in one word: a label costs nothing, but of `VIJFPK5662T` nobody can
 * tell which letter is too many.
 */
function specks(bare: string, at: number): number {
  const before = bare.slice(0, at)
  const after = bare.slice(at + 10)
  return (/^(?:PAN|NO|PANNO)?$/.test(before) ? 0 : doubtful) + (after === '' ? 0 : doubtful)
}
/** As many corrections as leave no trust. */
const doubtful = 12

const confidence = (words: readonly PlacedWord[]): number =>
  words.reduce((sum, word) => sum + word.confidence, 0) / words.length
