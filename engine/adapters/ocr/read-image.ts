import { TerminalError } from '#core/errors.ts'
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
 * Recognises one image. A page on which hardly a word is read may lie on its side or upside down:
 * the other three turns are tried and the best kept.
 * @throws TerminalError OCR_NOT_AN_IMAGE, OCR_TOO_LARGE
 */
export async function readImage(source: ImageSource, scope: ReadScope): Promise<OcrPage> {
  let best: OcrPage | undefined
  for (const turn of [0, 90, 270, 180] as const) {
    const page = await readTurned(source, turn, scope)
    if (!best || legibility(page) > legibility(best)) best = page
    if (legibility(best) >= enough) break
  }
  // The loop ran at least once.
  if (!best) throw new TerminalError('OCR_NOT_AN_IMAGE')
  return best
}

async function readTurned(source: ImageSource, turn: Turn, scope: ReadScope): Promise<OcrPage> {
  const image = await prepareImage(source, { turn, maxPixels: scope.limits.maxPixels })
  const page = await scope.recognizer.recognize(image.png, scope)
  return pageFromTesseract(page, { ...image, turn })
}

/** Letters in words that look like words and were read with some certainty. */
const legibility = (page: OcrPage): number =>
  page.lines
    .flatMap((line) => line.words)
    .filter((word) => word.confidence >= 60 && /[A-Za-z0-9]{3}/.test(word.text))
    .reduce((sum, word) => sum + word.text.length, 0)
const enough = 30
