import { TerminalError } from '#core/errors.ts'
import type { OcrPage, OcrResult, OcrService } from '#core/node/services.ts'
import { meanConfidence } from '#engine/adapters/ocr/mean-confidence.ts'
import { readImage } from '#engine/adapters/ocr/read-image.ts'
import { readPdf } from '#engine/adapters/ocr/read-pdf.ts'
import { createRecognizer, type RecognizerOptions } from '#engine/adapters/ocr/recognizer.ts'
import { createProductWorkers } from '#engine/adapters/workers/worker-pool.ts'

export interface OcrOptions extends Pick<RecognizerOptions, 'pagesPerWorker' | 'idle'> {
  /** Pages read at the same time. @default 1 on two cores or fewer, else 2 */
  readonly workers?: number
  /** Longest time for one page, ms. @default 60_000 */
  readonly pageTimeout?: number
  /** Largest file, bytes. @default 25 MiB */
  readonly maxBytes?: number
  /** Largest image, pixels. @default 60 million */
  readonly maxPixels?: number
  /** Most pages of a PDF. @default 100 */
  readonly maxPages?: number
  /** Most pages of a PDF that have no text layer and so are recognised one by one. @default 15 */
  readonly maxScannedPages?: number
}

const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-')

/**
 * Reads images by tesseract and PDFs by their text layer (pages without one by tesseract), offline.
 * Nothing is loaded and no worker runs before the first document.
 */
export function createOcrService(
  options: OcrOptions = {},
): OcrService & { close(): Promise<void> } {
  const limits = {
    maxBytes: options.maxBytes ?? 25 * 2 ** 20,
    maxPixels: options.maxPixels ?? 60_000_000,
    maxPages: options.maxPages ?? 100,
    maxScannedPages: options.maxScannedPages ?? 15,
  }
  const recognizer = createRecognizer(options)
  const workers = createProductWorkers(
    options.workers === undefined ? {} : { size: options.workers },
  )
  return {
    async read(bytes, { password, language = 'eng', signal }) {
      signal?.throwIfAborted()
      if (bytes.length > limits.maxBytes)
        throw new TerminalError('OCR_TOO_LARGE', {
          what: `${megabytes(bytes.length)} MB`,
          limit: `${megabytes(limits.maxBytes)} MB`,
        })
      const scope = { recognizer, workers, limits, language, signal }
      if (isPdf(bytes)) return resultOf(await readPdf(bytes, { ...scope, password }))
      return resultOf({ source: 'image', pages: [await readImage(bytes, scope)] })
    },
    async close() {
      await Promise.all([workers.close(), recognizer.close()])
    },
  }
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

function resultOf({ source, pages }: Pick<OcrResult, 'source' | 'pages'>): OcrResult {
  const words = pages.flatMap((page) => page.lines.flatMap((line) => line.words))
  return {
    source,
    pages,
    text: pages.map((page: OcrPage) => page.text).join('\n\n'),
    confidence: meanConfidence(words),
  }
}
