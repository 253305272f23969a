import PDFDocument from 'pdfkit'
import type { Mark, Sheet } from './sheet.ts'

const fonts = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const

function draw(pdf: PDFKit.PDFDocument, mark: Mark): void {
  if (mark.kind === 'box') {
    pdf.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.fill)
    return
  }
  pdf
    .font(mark.bold ? fonts.bold : fonts.regular)
    .fontSize(mark.size)
    .fillColor(mark.color)
  const width = pdf.widthOfString(mark.text)
  const shift = { left: 0, center: width / 2, right: width }[mark.align]
  pdf.text(mark.text, mark.x - shift, mark.y, { lineBreak: false, baseline: 'alphabetic' })
}

/**
 * Pages with a real text layer in the standard fonts. The same sheets give the same bytes: the
 * creation date is fixed.
 * @param password opens the file where it is given
 */
export function renderPdf(sheets: readonly Sheet[], password?: string): Promise<Buffer> {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    compress: true,
    info: { CreationDate: new Date(Date.UTC(2026, 0, 1)), Producer: 'metis', Creator: 'metis' },
    ...(password === undefined
      ? {}
      : { userPassword: password, ownerPassword: password, pdfVersion: '1.7' }),
  })
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('error', reject)
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    for (const sheet of sheets) {
      pdf.addPage({ size: [sheet.width, sheet.height], margin: 0 })
      if (sheet.background !== '#ffffff')
        pdf.rect(0, 0, sheet.width, sheet.height).fill(sheet.background)
      for (const mark of sheet.marks) draw(pdf, mark)
    }
    pdf.end()
  })
}
