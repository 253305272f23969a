import type { OcrPage } from '#core/node/services.ts'
import { pageFromTesseract, type Turn } from '#engine/adapters/ocr/page-from-tesseract.ts'
import { prepareImage, type ImageSource } from '#engine/adapters/ocr/prepare-image.ts'
import type { Recognizer } from '#engine/adapters/ocr/recognizer.ts'

export interface ReadScope {
  readonly recognizer: Recognizer
  readonly limits: {
    readonly maxPixels: number
    readonly maxPages: number
    readonly maxScannedPages: number
  }
  readonly language: string
  readonly signal: AbortSignal | undefined
}

/**
 * Recognises one image. A page that was read badly is read again twice as large, since its letters may be
 * small; one on which hardly a word is read may lie on its side, so the other three turns are tried.
 * The best reading is kept.
 * @throws TerminalError OCR_NOT_AN_IMAGE, OCR_TOO_LARGE
 */
export async function readImage(source: ImageSource, scope: ReadScope): Promise<OcrPage> {
  const first = await readAs(source, { turn: 0, zoom: 1 }, scope)
  if (isLegible(first) && first.confidence >= 75) return first
  let best = better(first, await readAs(source, { turn: 0, zoom: 2 }, scope))
  for (const turn of [90, 270, 180] as const) {
    if (isLegible(best)) break
    best = better(best, await readAs(source, { turn, zoom: 1 }, scope))
  }
  return best
}

async function readAs(
  source: ImageSource,
  how: { turn: Turn; zoom: 1 | 2 },
  scope: ReadScope,
): Promise<OcrPage> {
  const image = await prepareImage(source, { ...how, maxPixels: scope.limits.maxPixels })
  const page = await scope.recognizer.recognize(image.png, scope)
  return pageFromTesseract(page, { ...image, turn: how.turn })
}

/** Letters in words that look like words and were read with some certainty. */
const legibility = (page: OcrPage): number =>
  page.lines
    .flatMap((line) => line.words)
    .filter((word) => word.confidence >= 60 && /[A-Za-z0-9]{3}/.test(word.text))
    .reduce((sum, word) => sum + word.text.length, 0)
const isLegible = (page: OcrPage): boolean => legibility(page) >= 30
const better = (one: OcrPage, other: OcrPage): OcrPage =>
  legibility(other) > legibility(one) ? other : one
