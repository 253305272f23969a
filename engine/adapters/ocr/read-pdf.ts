import { TerminalError } from '#core/errors.ts'
import type { OcrPage, OcrResult } from '#core/node/services.ts'
import { readImage, type ReadScope } from '#engine/adapters/ocr/read-image.ts'

/**
 * The text layer of each page that has one; of the others the picture is recognised, one by one.
 * @throws TerminalError OCR_PDF_BROKEN, OCR_PDF_PASSWORD, OCR_PDF_PASSWORD_WRONG, OCR_PDF_EMPTY, OCR_TOO_LARGE
 */
export async function readPdf(
  bytes: Uint8Array,
  { password, ...scope }: ReadScope & { password: string | undefined },
): Promise<Pick<OcrResult, 'source' | 'pages'>> {
  // pdf.js repairs a file that ends early by dropping what is lost; of a statement that would be rows.
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 4096)))
  if (!tail.includes('%%EOF')) throw new TerminalError('OCR_PDF_BROKEN')
  const { maxPages, maxScannedPages } = scope.limits
  const file = { bytes, password }
  const layers = await scope.workers.run('pdf.pages', { ...file, maxPages }, scope.signal)
  const pages: OcrPage[] = []
  let scanned = 0
  for (const [index, page] of layers.entries()) {
    const picture = hasText(page)
      ? undefined
      : await scope.workers.run('pdf.picture', { ...file, number: index + 1 }, scope.signal)
    if (!picture) {
      pages.push(page)
      continue
    }
    scanned += 1
    if (scanned > maxScannedPages)
      throw new TerminalError('OCR_TOO_LARGE', {
        what: `more than ${maxScannedPages} scanned pages`,
        limit: `${maxScannedPages} scanned pages`,
      })
    pages.push(await readImage(picture, scope))
  }
  if (!pages.some((page) => page.lines.length > 0)) throw new TerminalError('OCR_PDF_EMPTY')
  return { source: scanned > 0 ? 'scanned-pdf' : 'text-layer', pages }
}

/** Printed page numbers and stamps over a scan are no text layer. */
const hasText = (page: OcrPage): boolean => page.text.replaceAll(/\s/g, '').length >= 40
