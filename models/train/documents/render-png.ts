import sharp from 'sharp'
import type { Mark, Sheet } from './sheet.ts'

const escape = (words: string): string =>
  words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const anchors = { left: 'start', center: 'middle', right: 'end' } as const

const svgMark = (mark: Mark): string =>
  mark.kind === 'box'
    ? `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" fill="${mark.fill}"/>`
    : `<text x="${mark.x}" y="${mark.y}" font-family="DejaVu Sans, Arial, sans-serif" font-size="${mark.size}"` +
      ` font-weight="${mark.bold ? 'bold' : 'normal'}" text-anchor="${anchors[mark.align]}"` +
      ` fill="${mark.color}">${escape(mark.text)}</text>`

const svg = (sheet: Sheet, scale: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(sheet.width * scale)}"` +
  ` height="${Math.round(sheet.height * scale)}" viewBox="0 0 ${sheet.width} ${sheet.height}">` +
  `<rect width="100%" height="100%" fill="${sheet.background}"/>` +
  `${sheet.marks.map(svgMark).join('')}</svg>`

/** @param dpi pixels an inch; 300 for a card, 200 for a page is what a good scan has */
export const renderPng = (sheet: Sheet, dpi: number): Promise<Buffer> =>
  sharp(Buffer.from(svg(sheet, dpi / 72)))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer()
