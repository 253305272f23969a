import type { OcrResult, OcrWord } from '#core/node/services.ts'

/** A word with the page it stands on, counted from 1. */
export interface PlacedWord extends OcrWord {
  readonly page: number
}
export interface Line {
  readonly text: string
  readonly words: readonly PlacedWord[]
  readonly page: number
}

const lineOf = (words: readonly PlacedWord[], page: number): Line => ({
  text: words.map((word) => word.text).join(' '),
  words,
  page,
})
const middle = (word: PlacedWord): number => (word.box[1] + word.box[3]) / 2
const height = (word: PlacedWord): number => word.box[3] - word.box[1]

/** The reader's own lines from top to bottom: it keeps what stands side by side apart. */
export function blockLines(ocr: OcrResult): Line[] {
  return ocr.pages.flatMap((page, at) =>
    page.lines
      .map((line) =>
        lineOf(
          line.words.map((word) => ({ ...word, page: at + 1 })),
          at + 1,
        ),
      )
      .filter((line) => line.words.length > 0)
      .toSorted((a, b) => top(a) - top(b)),
  )
}
const top = (line: Line): number =>
  line.words.reduce((sum, word) => sum + middle(word), 0) / line.words.length

/** Rows across the whole page, as tables need: words of one height in order of their left edge. */
export function pageRows(ocr: OcrResult): Line[] {
  return ocr.pages.flatMap((page, at) => {
    const words = page.lines.flatMap((line) =>
      line.words.map((word): PlacedWord => ({ ...word, page: at + 1 })),
    )
    const rows: PlacedWord[][] = []
    for (const word of words.toSorted((a, b) => middle(a) - middle(b))) {
      const row = rows.at(-1)
      const anchor = row?.[0]
      if (
        row &&
        anchor &&
        middle(word) - middle(anchor) < Math.min(height(word), height(anchor)) * 0.6
      )
        row.push(word)
      else rows.push([word])
    }
    return rows.map((row) =>
      lineOf(
        row.toSorted((a, b) => a.box[0] - b.box[0]),
        at + 1,
      ),
    )
  })
}

/** The words that a stretch of a line's text covers. */
export function wordsAt(line: Line, index: number, length: number): PlacedWord[] {
  let start = 0
  return line.words.filter((word) => {
    const from = start
    start += word.text.length + 1
    return from < index + length && from + word.text.length > index
  })
}
