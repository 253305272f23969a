import { readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'

// Recognising takes a second on an idle core and many on a busy one.
vi.setConfig({ testTimeout: 90_000 })

const ocr = createOcrService({ workers: 1, pagesPerWorker: 3, maxPixels: 20_000_000, maxPages: 4 })
afterAll(() => ocr.close())

const text = (x: number, y: number, size: number, words: string): string =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}">${words}</text>`
const card = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="1011" height="638"><rect width="100%" height="100%" fill="#d8ecf5"/>` +
    text(40, 60, 30, 'INCOME TAX DEPARTMENT') +
    text(260, 160, 24, 'Permanent Account Number Card') +
    text(260, 210, 40, 'ABCPK1234L') +
    text(40, 432, 28, 'RAHUL KUMAR SHARMA') +
    text(40, 592, 28, '15/08/1988') +
    '</svg>',
)
const cardPng = await sharp(card).png().toBuffer()

const pdf = (
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> =>
  new Promise((resolve) => {
    const document = new PDFDocument({ size: 'A4', margin: 40, ...options })
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    draw(document)
    document.end()
  })
const sentence = 'Statement of account for the month of April, opening balance 1,25,430.55'

/** Of a thread, which may have ended meanwhile. */
const priorityOf = (thread: number): number => {
  try {
    return getPriority(thread)
  } catch {
    return -Infinity
  }
}

describe('reading pictures', () => {
  it('reads a card with words, confidences and boxes', async () => {
    const result = await ocr.read(cardPng, { type: 'image/png' })
    expect(result.source).toBe('image')
    expect(result.text).toContain('ABCPK1234L')
    expect(result.text).toContain('RAHUL KUMAR SHARMA')
    expect(result.confidence).toBeGreaterThan(80)
    const [page] = result.pages
    expect(page).toMatchObject({ width: 1011, height: 638 })
    const word = page?.lines.flatMap((line) => line.words).find((w) => w.text === 'ABCPK1234L')
    expect(word?.box[0]).toBeGreaterThan(240)
    expect(word?.box[0]).toBeLessThan(280)
    expect(word?.box[3]).toBeLessThan(230)
  })

  it.runIf(process.platform === 'linux')(
    '[R820] On Linux the thread that recognises stands back for the event loop, as the one that prepares pictures does.',
    async () => {
      await ocr.read(cardPng, { type: 'image/png' })
      const lowered = readdirSync('/proc/self/task').filter(
        (thread) => priorityOf(Number(thread)) > getPriority(),
      )
      expect(lowered.length).toBeGreaterThanOrEqual(2)
    },
  )

  it('reads a card of half the size and poor quality, with boxes in its own pixels', async () => {
    const small = await sharp(cardPng).resize(506).jpeg({ quality: 45 }).toBuffer()
    const result = await ocr.read(small, { type: 'image/jpeg' })
    expect(result.text).toContain('ABCPK1234L')
    expect(result.text).toContain('15/08/1988')
    expect(result.pages[0]).toMatchObject({ width: 506 })
    const right = result.pages[0]?.lines.flatMap((l) => l.words).map((w) => w.box[2]) ?? []
    expect(Math.max(...right)).toBeLessThanOrEqual(506)
  })

  it('turns a picture by its EXIF mark, and a picture without one by what can be read', async () => {
    const marked = await sharp(cardPng)
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const byMark = await ocr.read(marked, { type: 'image/jpeg' })
    expect(byMark.text).toContain('ABCPK1234L')
    expect(byMark.pages[0]).toMatchObject({ width: 1011, height: 638 })
    const sideways = await sharp(cardPng).rotate(90).png().toBuffer()
    const byReading = await ocr.read(sideways, { type: 'image/png' })
    expect(byReading.text).toContain('ABCPK1234L')
    expect(byReading.pages[0]).toMatchObject({ width: 1011, height: 638, turned: 270 })
  })

  it('reads an empty page as no words', async () => {
    const blank = await sharp({
      create: { width: 600, height: 400, channels: 3, background: '#fff' },
    })
      .png()
      .toBuffer()
    const result = await ocr.read(blank, { type: 'image/png' })
    expect(result).toMatchObject({ text: '', confidence: 0 })
  })
})

describe('reading PDFs', () => {
  it('takes the text layer, lines by their baseline and columns in order', async () => {
    const file = await pdf((document) => {
      document.fontSize(10)
      document.text('1,25,430.55', 400, 100, { lineBreak: false })
      document.text('Opening balance', 40, 100, { lineBreak: false })
      document.text(sentence, 40, 140, { lineBreak: false })
    })
    const result = await ocr.read(file, { type: 'application/pdf' })
    expect(result).toMatchObject({ source: 'text-layer', confidence: 100 })
    expect(result.pages[0]?.lines.map((line) => line.text)).toEqual([
      'Opening balance 1,25,430.55',
      sentence,
    ])
    const amount = result.pages[0]?.lines[0]?.words.at(-1)
    expect(amount?.box[0]).toBe(400)
    expect(amount?.box[1]).toBeGreaterThan(95)
    expect(amount?.box[3]).toBeLessThan(120)
  })

  it('recognises a page that is only a picture', async () => {
    const file = await pdf((document) => void document.image(cardPng, 40, 40, { width: 400 }))
    const result = await ocr.read(file, { type: 'application/pdf' })
    expect(result.source).toBe('scanned-pdf')
    expect(result.text).toContain('ABCPK1234L')
  })

  it('[R118] opens a locked file with its password only', async () => {
    const file = await pdf((document) => document.text(sentence), {
      userPassword: 'ABCD1234',
      pdfVersion: '1.7',
    })
    await expect(ocr.read(file, { type: 'application/pdf' })).rejects.toMatchObject({
      code: 'OCR_PDF_PASSWORD',
    })
    await expect(
      ocr.read(file, { type: 'application/pdf', password: 'wrong' }),
    ).rejects.toMatchObject({ code: 'OCR_PDF_PASSWORD_WRONG' })
    const result = await ocr.read(file, { type: 'application/pdf', password: 'ABCD1234' })
    expect(result.text).toContain('opening balance 1,25,430.55')
  })

  it('refuses a file that ends early, is garbage inside, or has nothing to read', async () => {
    const file = await pdf((document) => document.text(sentence))
    const type = 'application/pdf'
    const half = file.subarray(0, file.length / 2)
    await expect(ocr.read(half, { type })).rejects.toMatchObject({ code: 'OCR_PDF_BROKEN' })
    const garbage = Buffer.from('%PDF-1.7\nnothing of the kind\n%%EOF')
    await expect(ocr.read(garbage, { type })).rejects.toMatchObject({ code: 'OCR_PDF_BROKEN' })
    const blank = await pdf(() => undefined)
    await expect(ocr.read(blank, { type })).rejects.toMatchObject({ code: 'OCR_PDF_EMPTY' })
  })

  it('refuses too many pages', async () => {
    const file = await pdf((document) => {
      for (let page = 0; page < 5; page++) document.addPage().text(sentence)
    })
    await expect(ocr.read(file, { type: 'application/pdf' })).rejects.toMatchObject({
      code: 'OCR_TOO_LARGE',
      params: { what: '6 pages' },
    })
  })
})

describe('bad input', () => {
  const code = (bytes: Uint8Array): Promise<unknown> =>
    ocr.read(bytes, { type: 'image/png' }).then(
      () => 'read',
      (error: { code: string }) => error.code,
    )

  it('[R119] is named, and the reader goes on afterwards', async () => {
    expect(await code(Buffer.from('name,amount\nA,1\n'))).toBe('OCR_NOT_AN_IMAGE')
    expect(await code(new Uint8Array())).toBe('OCR_NOT_AN_IMAGE')
    expect(await code(card)).toBe('OCR_NOT_AN_IMAGE')
    expect(await code(cardPng.subarray(0, cardPng.length / 2))).toBe('OCR_NOT_AN_IMAGE')
    expect(await code(Buffer.alloc(26 * 2 ** 20))).toBe('OCR_TOO_LARGE')
    const wide = sharp({ create: { width: 9000, height: 4000, channels: 3, background: '#fff' } })
    expect(await code(await wide.png().toBuffer())).toBe('OCR_TOO_LARGE')
    expect(await code(cardPng)).toBe('read')
  })

  it('names a language without data', async () => {
    await expect(ocr.read(cardPng, { type: 'image/png', language: 'tam' })).rejects.toMatchObject({
      code: 'OCR_LANGUAGE_MISSING',
      params: { language: 'tam' },
    })
    await expect(
      ocr.read(cardPng, { type: 'image/png', language: '../eng' }),
    ).rejects.toMatchObject({ code: 'OCR_LANGUAGE_MISSING' })
  })

  it('stops at its signal and reads the next page', async () => {
    const stop = new AbortController()
    const reading = ocr.read(cardPng, { type: 'image/png', signal: stop.signal })
    const queued = ocr.read(cardPng, { type: 'image/png', signal: stop.signal })
    stop.abort(new Error('cancelled'))
    const cancelled = { status: 'rejected', reason: new Error('cancelled') }
    expect(await Promise.allSettled([reading, queued])).toEqual([cancelled, cancelled])
    expect((await ocr.read(cardPng, { type: 'image/png' })).text).toContain('ABCPK1234L')
  })

  it('gives up on a page after its time', async () => {
    const hasty = createOcrService({ workers: 1, pageTimeout: 1 })
    await expect(hasty.read(cardPng, { type: 'image/png' })).rejects.toMatchObject({
      code: 'OCR_TIMEOUT',
    })
    await hasty.close()
  })
})
