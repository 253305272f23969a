import type { Line, PlacedWord } from './page-lines.ts'

/** Words of headings and labels, which are printed in capitals as names are. */
const notNames = new Set(
  (
    'INCOME TAX DEPARTMENT DEPT GOVT GOVERNMENT OF INDIA PERMANENT ACCOUNT NUMBER CARD NAME FATHER ' +
    'FATHERS HUSBAND MOTHER DATE BIRTH DOB SIGNATURE PAN MALE FEMALE YEAR REPUBLIC BHARAT SARKAR ' +
    'AADHAAR UNIQUE IDENTIFICATION AUTHORITY VID ISSUE ENROLMENT NO THE'
  ).split(' '),
)

/** A word of a heading or label; short ones, such as OF, may stand anywhere. */
export const isHeading = (text: string): boolean => {
  const bare = bareWord(text).toUpperCase()
  return bare.length > 2 && notNames.has(bare)
}

export interface FoundName {
  readonly text: string
  readonly words: readonly PlacedWord[]
}

/** The longest run of name words in a line: capitals or title case, no digits, no words of headings. */
export function findName(line: Line): FoundName | undefined {
  const runs: PlacedWord[][] = [[]]
  for (const word of line.words) {
    const bare = bareWord(word.text)
    if (notNames.has(bare.toUpperCase())) {
      // A line with a heading's word is a heading, whatever else the reader made of its logo.
      if (bare.length > 2) return undefined
      runs.push([])
    } else if (isNameWord(bare) && word.confidence >= 25) runs.at(-1)?.push(word)
    else runs.push([])
  }
  const letters = (run: readonly PlacedWord[]): number =>
    run.reduce((sum, word) => sum + bareWord(word.text).length, 0)
  const [longest] = runs.map(trimSpecks).toSorted((a, b) => letters(b) - letters(a))
  if (!longest || letters(longest) < 5) return undefined
  return {
    text: longest.map((word) => bareWord(word.text).toUpperCase()).join(' '),
    words: longest,
  }
}

const bareWord = (text: string): string => text.replaceAll(/^[^A-Za-z]+|[^A-Za-z]+$/g, '')

/** `RAHUL`, `Rahul`, `K`, `O'BRIEN`, `ABDUL-RAHMAN`. */
const isNameWord = (text: string): boolean =>
  /^(?:[A-Z]+(?:['.-][A-Z]+)*|[A-Z][a-z]+(?:['-][A-Z][a-z]+)*)$/.test(text)

/** Single letters read with doubt at the ends are edges of the photo, not initials. */
function trimSpecks(run: readonly PlacedWord[]): PlacedWord[] {
  const isSpeck = (word: PlacedWord | undefined): boolean =>
    word !== undefined && bareWord(word.text).length <= 2 && word.confidence < 70
  let words = [...run]
  while (isSpeck(words[0])) words = words.slice(1)
  while (isSpeck(words.at(-1))) words = words.slice(0, -1)
  return words
}
