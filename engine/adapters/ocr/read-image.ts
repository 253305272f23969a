import type { OcrPage } from '#core/node/services.ts'
import { pageFromTesseract, type Turn } from '#engine/adapters/ocr/page-from-tesseract.ts'
import type { ImageSource } from '#engine/adapters/ocr/prepare-image.ts'
import type { Recognizer } from '#engine/adapters/ocr/recognizer.ts'
import type { ProductTasks } from '#engine/adapters/workers/tasks.ts'
import type { WorkerPool } from '#engine/adapters/workers/worker-pool.ts'

export interface ReadScope {
  readonly recognizer: Recognizer
  readonly workers: WorkerPool<ProductTasks>
  readonly limits: {
    readonly maxPixels: number
    readonly maxPages: number
    readonly maxScannedPages: number
  }
  readonly language: string
  readonly signal: AbortSignal | undefined
}

/**
 * Recognises one image. Small print is read again twice as large. A page on which little is read, or
 * without certainty, may lie on its side or upside down, so the other three turns are tried. The reading
 * with most in it is kept.
 * @throws TerminalError OCR_NOT_AN_IMAGE, OCR_TOO_LARGE
 */
export async function readImage(source: ImageSource, scope: ReadScope): Promise<OcrPage> {
  const first = await readAs(source, { turn: 0, zoom: 1 }, scope)
  if (isSure(first.page) && !isSmallPrint(first)) return first.page
  let best = better(first.page, (await readAs(source, { turn: 0, zoom: 2 }, scope)).page)
  for (const turn of [180, 90, 270] as const) {
    if (isSure(best)) break
    best = better(best, (await readAs(source, { turn, zoom: 1 }, scope)).page)
  }
  return best
}

interface Reading {
  readonly page: OcrPage
  /** Prepared pixels per page pixel. */
  readonly scale: number
}

async function readAs(
  source: ImageSource,
  how: { turn: Turn; zoom: 1 | 2 },
  scope: ReadScope,
): Promise<Reading> {
  const { maxPixels } = scope.limits
  const image = await scope.workers.run(
    'image.prepare',
    { source, ...how, maxPixels },
    scope.signal,
  )
  const page = await scope.recognizer.recognize(image.png, scope)
  return { page: pageFromTesseract(page, { ...image, turn: how.turn }), scale: image.scale }
}

/** Letters in words that look like words and were read with some certainty, weighted by it. */
const legibility = (page: OcrPage): number =>
  page.lines
    .flatMap((line) => line.words)
    .filter((word) => word.confidence >= 60 && /[A-Za-z0-9]{3}/.test(word.text))
    .reduce((sum, word) => sum + (word.text.length * word.confidence) / 100, 0)

const isSure = (page: OcrPage): boolean => legibility(page) >= 30 && page.confidence >= 70

/** Letters of 13 pixels or less at the size at which the page was read. */
function isSmallPrint({ page, scale }: Reading): boolean {
  const heights = page.lines
    .flatMap((line) => line.words)
    .map((word) => (word.box[3] - word.box[1]) * scale)
    .toSorted((a, b) => a - b)
  return (heights[Math.floor(heights.length / 2)] ?? 0) <= 13
}

const better = (one: OcrPage, other: OcrPage): OcrPage =>
  legibility(other) > legibility(one) ? other : one
