import { expect, it } from 'vitest'
import { decodeText } from '#core/decision/exchange/decode-text.ts'

const text = 'Zins,Müller,₹'
const utf16 = [...text].flatMap((char) => {
  const code = char.charCodeAt(0)
  return [code & 0xff, code >> 8]
})

it.each([
  ['UTF-8', new TextEncoder().encode(text)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
  ['UTF-16 as spreadsheets write it', Uint8Array.from([0xff, 0xfe, ...utf16])],
  [
    'UTF-16, high bytes first',
    Uint8Array.from([0xff, 0xfe, ...utf16]).map((_, at, all) => all[at ^ 1] ?? 0),
  ],
])('[R533] reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text)
})

it('[R533] reads letters of Windows-1252 where it is no UTF-8', () => {
  expect(decodeText(Uint8Array.from([0x4d, 0xfc]))).toBe('Mü')
})
