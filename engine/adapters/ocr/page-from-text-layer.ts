import type { OcrPage, OcrWord } from '#core/node/services.ts'

/** A run of text as pdf.js gives it: `transform` places the left end of its baseline, y upwards. */
export interface TextItem {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

interface Piece {
  readonly text: string
  readonly x0: number
  readonly x1: number
  /** Of the baseline, from the top. */
  readonly y: number
  readonly size: number
}

/** Lines rebuilt by their baseline, words by the gaps; boxes in points from the top left. */
export function pageFromTextLayer(
  items: readonly TextItem[],
  viewport: {
    readonly width: number
    readonly height: number
    readonly transform: readonly number[]
  },
): OcrPage {
  const pieces = items.flatMap((item) => piecesOf(item, viewport.transform))
  const lines = baselines(pieces)
    .map((line) => joinTouching(line.toSorted((a, b) => a.x0 - b.x0)))
    .map((line) => line.map(wordOf))
    .map((words) => ({ text: words.map((word) => word.text).join(' '), words }))
  return {
    width: Math.round(viewport.width),
    height: Math.round(viewport.height),
    text: lines.map((line) => line.text).join('\n'),
    confidence: lines.length > 0 ? 100 : 0,
    lines,
  }
}

/** An item's words; their widths shared out by letters, since pdf.js gives only the whole. */
function piecesOf(item: TextItem, view: readonly number[]): Piece[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = view
  const [, , skewX = 0, skewY = 0, x = 0, y = 0] = item.transform
  const left = a * x + c * y + e
  const baseline = b * x + d * y + f
  const size = Math.hypot(skewX, skewY) || item.height || 1
  const letter = item.str.length > 0 ? item.width / item.str.length : 0
  return [...item.str.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x0: left + match.index * letter,
    x1: left + (match.index + match[0].length) * letter,
    y: baseline,
    size,
  }))
}

function baselines(pieces: readonly Piece[]): Piece[][] {
  const lines: { y: number; pieces: Piece[] }[] = []
  for (const piece of pieces.toSorted((a, b) => a.y - b.y)) {
    const last = lines.at(-1)
    if (last && Math.abs(piece.y - last.y) <= piece.size * 0.4) last.pieces.push(piece)
    else lines.push({ y: piece.y, pieces: [piece] })
  }
  return lines.map((line) => line.pieces)
}

/** Kerning splits a word into several items that touch. */
function joinTouching(line: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of line) {
    const last = joined.at(-1)
    const gap = last ? piece.x0 - last.x1 : Infinity
    if (last && Math.abs(gap) < piece.size * 0.08)
      joined[joined.length - 1] = { ...last, text: last.text + piece.text, x1: piece.x1 }
    else joined.push(piece)
  }
  return joined
}

const wordOf = (piece: Piece): OcrWord => ({
  text: piece.text,
  confidence: 100,
  box: [
    Math.round(piece.x0),
    Math.round(piece.y - piece.size),
    Math.round(piece.x1),
    Math.round(piece.y + piece.size * 0.2),
  ],
})
