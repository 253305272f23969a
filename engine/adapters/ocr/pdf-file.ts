import type { PDFDocumentProxy } from 'unpdf/pdfjs'
import { TerminalError } from '#core/errors.ts'
import type { OcrPage } from '#core/node/services.ts'
import { pageFromTextLayer } from '#engine/adapters/ocr/page-from-text-layer.ts'

export interface PdfFile {
  readonly bytes: Uint8Array
  readonly password: string | undefined
}

/**
 * The text layer of every page.
 * @throws TerminalError OCR_PDF_BROKEN, OCR_PDF_PASSWORD, OCR_PDF_PASSWORD_WRONG, OCR_PDF_EMPTY, OCR_TOO_LARGE
 */
export const pdfPages = ({ maxPages, ...file }: PdfFile & { maxPages: number }) =>
  withPdf(file, async (pdf) => {
    if (pdf.numPages === 0) throw new TerminalError('OCR_PDF_EMPTY')
    if (pdf.numPages > maxPages)
      throw new TerminalError('OCR_TOO_LARGE', {
        what: `${pdf.numPages} pages`,
        limit: `${maxPages} pages`,
      })
    const pages: OcrPage[] = []
    for (let number = 1; number <= pdf.numPages; number++)
      pages.push(await readable(() => readTextLayer(pdf, number)))
    return pages
  })

/**
 * The pixels of the picture that fills a page, if one does.
 * @throws TerminalError OCR_PDF_BROKEN
 */
export const pdfPicture = ({ number, ...file }: PdfFile & { number: number }) =>
  withPdf(file, async (pdf) => {
    const { extractImages } = await import('unpdf')
    const pictures = await readable(() => extractImages(pdf as never, number))
    const area = (picture: { width: number; height: number }): number =>
      picture.width * picture.height
    const [largest] = pictures.toSorted((a, b) => area(b) - area(a))
    // Smaller ones are logos and signatures, not a page.
    if (largest === undefined || area(largest) < 200_000) return undefined
    const { data, width, height, channels } = largest
    return { data, width, height, channels }
  })

async function withPdf<T>(
  { bytes, password }: PdfFile,
  read: (pdf: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const { getDocumentProxy } = await import('unpdf')
  let pdf: PDFDocumentProxy
  try {
    // A copy, because pdf.js takes the buffer away from its owner. verbosity 0: errors only.
    pdf = await getDocumentProxy(new Uint8Array(bytes), {
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
  try {
    return await read(pdf)
  } finally {
    await pdf.destroy()
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

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new TerminalError('OCR_PDF_BROKEN', {}, { cause: error })
  }
}
