import { renderPng } from './render-png.ts'
import { box, card, text, type Sheet } from './sheet.ts'

export interface PanData {
  readonly pan: string
  readonly name: string
  readonly fatherName: string
  /** dd/MM/yyyy */
  readonly dateOfBirth: string
}

const small = { size: 5.5, color: '#333333' } as const

/** The layout in use since 2017: heading, number below the photo's top, then names and birth date. */
const panSheet = (data: PanData): Sheet => ({
  ...card,
  background: '#d8ecf5',
  marks: [
    text(10, 15, 'INCOME TAX DEPARTMENT', { size: 7.5, bold: true }),
    text(232, 15, 'GOVT. OF INDIA', { size: 7.5, bold: true, align: 'right' }),
    box(10, 28, 42, 50, '#b9b3ad'),
    text(62, 40, 'Permanent Account Number Card', { size: 6.5 }),
    text(62, 54, data.pan, { size: 10.5, bold: true }),
    text(10, 92, 'Name', small),
    text(10, 101, data.name.toUpperCase(), { size: 7.5 }),
    text(10, 112, "Father's Name", small),
    text(10, 121, data.fatherName.toUpperCase(), { size: 7.5 }),
    text(10, 133, 'Date of Birth', small),
    text(10, 143, data.dateOfBirth, { size: 7.5 }),
    box(196, 92, 38, 38, '#8f969c'),
    text(150, 143, 'Signature', small),
  ],
})

/** A PNG at 300 dpi, about 1011 × 638 pixels. */
export const renderPan = (data: PanData): Promise<Buffer> => renderPng(panSheet(data), 300)
