import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { runNode } from '#core/node/run-node.ts'
import type { BlobRef, BlobService } from '#core/node/services.ts'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { renderAadhaar } from '#models/train/documents/aadhaar-card.ts'
import { blur } from '#models/train/documents/degrade.ts'
import { renderPan } from '#models/train/documents/pan-card.ts'
import { renderStatement } from '#models/train/documents/statement.ts'
import { documentOcr } from './node.ts'

// Recognising takes a second on an idle core and many on a busy one.
vi.setConfig({ testTimeout: 90_000 })

const ocr = createOcrService({ workers: 1 })
afterAll(() => ocr.close())

const stored = new Map<string, Uint8Array>()
const blobs: BlobService = {
  get: (ref) => Promise.resolve(stored.get(ref.blob) ?? new Uint8Array()),
  put: (bytes, about) => Promise.resolve(upload(bytes, about.name, about.type)),
}
function upload(bytes: Uint8Array, name: string, type: string): BlobRef {
  const blob = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  stored.set(blob, bytes)
  return { blob, name, type, size: bytes.length }
}
const read = (bytes: Uint8Array, password?: string) =>
  runNode(documentOcr, {
    config: {},
    inputs: { document: upload(bytes, 'file', ''), password },
    use: { ocr, blobs },
  })

const pan = await renderPan({
  pan: 'ABCPS1234F',
  name: 'Rahul Sharma',
  fatherName: 'Suresh Sharma',
  dateOfBirth: '15/08/1988',
})

describe('document.ocr', () => {
  it('leaves by read with text, words and places', async () => {
    const left = await read(pan)
    expect(left).toMatchObject({ port: 'read', value: { source: 'image', masked: [] } })
    expect(JSON.stringify(left.value)).toContain('ABCPS1234F')
  })

  it('[R117] leaves by unreadable with what to tell the applicant', async () => {
    expect(await read(await blur(pan))).toMatchObject({
      port: 'unreadable',
      value: { advice: expect.stringMatching(/Please send/) },
    })
  })

  it('[R112] stores no Aadhaar number', async () => {
    const card = await renderAadhaar({
      name: 'Priya Verma',
      aadhaar: '234567890124',
      dateOfBirth: '03/11/1992',
      gender: 'FEMALE',
      vid: '9123456789012346',
    })
    const left = await read(card)
    expect(left).toMatchObject({
      port: 'read',
      value: { masked: [{ last4: '0124', valid: true }] },
    })
    expect(JSON.stringify(left.value)).not.toMatch(/2345|6789|9123/)
  })

  it('[R118] opens a locked statement with its password', async () => {
    const statement = await renderStatement(
      {
        holder: 'RAHUL SHARMA',
        accountNumber: '50100123456789',
        ifsc: 'HDFC0001234',
        from: '01/04/2026',
        to: '30/04/2026',
        openingBalance: 1_000,
        entries: [{ date: '02/04/26', narration: 'UPI', reference: '1', amount: -100 }],
      },
      'RAHU1988',
    )
    await expect(read(statement)).rejects.toMatchObject({ code: 'OCR_PDF_PASSWORD' })
    expect(await read(statement, 'RAHU1988')).toMatchObject({
      port: 'read',
      value: { source: 'text-layer' },
    })
  })

  it('refuses a file that is no document', async () => {
    await expect(read(Buffer.from('a,b,c'))).rejects.toMatchObject({ code: 'OCR_NOT_AN_IMAGE' })
  })
})
