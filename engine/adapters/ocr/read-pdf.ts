import type { PDFDocumentProxy } from 'unpdf/pdfjs'
import { TerminalError } from '#core/errors.ts'
import type { OcrPage, OcrResult } from '#core/node/services.ts'
import { readImage, type ReadScope } from '#engine/adapters/ocr/read-image.ts'
import { pageFromTextLayer } from '#engine/adapters/ocr/page-from-text-layer.ts'

/**
 * Page by page: the text layer where there is one, else the page's picture is recognised.
 * @throws TerminalError OCR_PDF_BROKEN, OCR_PDF_PASSWORD, OCR_PDF_EMPTY, OCR_TOO_LARGE
 */
export async function readPdf(
  bytes: Uint8Array,
  scope: ReadScope & { password: string | undefined },
): Promise<Pick<OcrResult, 'source' | 'pages'>> {
  const pdf = await open(bytes, scope.password)
  try {
    const { maxPages, maxScannedPages } = scope.limits
    if (pdf.numPages === 0) throw new TerminalError('OCR_PDF_EMPTY')
    if (pdf.numPages > maxPages)
      throw new TerminalError('OCR_TOO_LARGE', {
        what: `${pdf.numPages} pages`,
        limit: `${maxPages} pages`,
      })
    const pages: OcrPage[] = []
    let scanned = 0
    for (let number = 1; number <= pdf.numPages; number++) {
      scope.signal?.throwIfAborted()
      const page = await readable(() => readTextLayer(pdf, number))
      const picture = hasText(page) ? undefined : await largestPicture(pdf, number)
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
  } finally {
    await pdf.destroy()
  }
}

async function open(bytes: Uint8Array, password: string | undefined): Promise<PDFDocumentProxy> {
  // pdf.js repairs a file that ends early by dropping what is lost; of a statement that would be rows.
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 4096)))
  if (!tail.includes('%%EOF')) throw new TerminalError('OCR_PDF_BROKEN')
  const { getDocumentProxy } = await import('unpdf')
  try {
    // A copy, because pdf.js takes the buffer away from its owner. verbosity 0: errors only.
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      ...(password === undefined ? {} : { password }),
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new TerminalError(
        password === undefined ? 'OCR_PDF_PASSWORD' : 'OCR_PDF_PASSWORD_WRONG',
      )
    throw new TerminalError('OCR_PDF_BROKEN', {}, { cause: error })
  }
}

async function readTextLayer(pdf: PDFDocumentProxy, number: number): Promise<OcrPage> {
  const page = await pdf.getPage(number)
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  return pageFromTextLayer(
    items.filter((item) => 'str' in item),
    viewport,
  )
}

/** Printed page numbers and stamps over a scan are no text layer. */
const hasText = (page: OcrPage): boolean => page.text.replaceAll(/\s/g, '').length >= 40

async function largestPicture(pdf: PDFDocumentProxy, number: number) {
  const { extractImages } = await import('unpdf')
  const pictures = await readable(() => extractImages(pdf as never, number))
  const area = (picture: { width: number; height: number }): number =>
    picture.width * picture.height
  const [largest] = pictures.toSorted((a, b) => area(b) - area(a))
  // Smaller ones are logos and signatures, not a page.
  return largest && area(largest) >= 200_000 ? largest : undefined
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new TerminalError('OCR_PDF_BROKEN', {}, { cause: error })
  }
}
