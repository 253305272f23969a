import { renderPng } from './render-png.ts'
import { box, card, text, type Sheet } from './sheet.ts'

export interface AadhaarData {
  /** 12 digits, with or without blanks; the last is the Verhoeff check. */
  readonly aadhaar: string
  readonly name: string
  /** dd/MM/yyyy */
  readonly dateOfBirth: string
  readonly gender: 'MALE' | 'FEMALE' | 'TRANSGENDER'
  /** The virtual id, 16 digits. */
  readonly vid?: string
}

const inFours = (digits: string): string =>
  digits.replace(/\D/g, '').replace(/(\d{4})(?=\d)/g, '$1 ')

const aadhaarSheet = (data: AadhaarData): Sheet => ({
  ...card,
  background: '#ffffff',
  marks: [
    box(0, 0, card.width, 4, '#ff9933'),
    text(130, 18, 'Government of India', { size: 8, bold: true, align: 'center' }),
    box(10, 30, 46, 58, '#b9b3ad'),
    text(66, 44, data.name, { size: 8 }),
    text(66, 57, `DOB: ${data.dateOfBirth}`, { size: 7 }),
    text(66, 70, data.gender, { size: 7 }),
    text(121, 122, inFours(data.aadhaar), { size: 12, bold: true, align: 'center' }),
    ...(data.vid === undefined
      ? []
      : [text(121, 133, `VID : ${inFours(data.vid)}`, { size: 6.5, align: 'center' })]),
    box(0, 138, card.width, 1, '#cc2222'),
    text(121, 147, 'Aadhaar - Mera Aadhaar, Meri Pehchaan', { size: 6, align: 'center' }),
  ],
})

/** A PNG at 300 dpi, about 1011 × 638 pixels. */
export const renderAadhaar = (data: AadhaarData): Promise<Buffer> =>
  renderPng(aadhaarSheet(data), 300)
