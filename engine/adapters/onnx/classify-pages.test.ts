import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { createModelRegistry } from '#models/registry.ts'
import { renderAadhaar } from '#models/train/documents/aadhaar-card.ts'
import { blur, photograph } from '#models/train/documents/degrade.ts'
import { renderPan } from '#models/train/documents/pan-card.ts'
import { renderSalarySlip, usualPay } from '#models/train/documents/salary-slip.ts'
import { accountEntries } from '#models/train/documents/statement-entries.ts'
import { renderStatement } from '#models/train/documents/statement.ts'
import { createRandom } from '#models/train/random.ts'
import { createModelService } from './model-service.ts'

const root = join(import.meta.dirname, '../../..')
const models = createModelService(createModelRegistry(join(root, 'models/shipped')))
const ocr = createOcrService()
afterAll(() => ocr.close())

const classify = (text: string) => models.classify({ name: 'document-class' }, text)
const person = { name: 'Anjali Menon', dateOfBirth: '21/04/1991' }
const pan = { ...person, pan: 'AQLPM5521K', fatherName: 'Ravi Menon' }
const png = 'image/png'
const pdf = 'application/pdf'

const documents: readonly (readonly [string, string, () => Promise<Buffer>, string])[] = [
  ['pan', 'a PAN card', () => renderPan(pan), png],
  ['pan', 'a photograph of it', async () => photograph(await renderPan(pan)), 'image/jpeg'],
  [
    'aadhaar',
    'an Aadhaar card',
    () => renderAadhaar({ ...person, aadhaar: '234567890124', gender: 'FEMALE' }),
    png,
  ],
  [
    'salary_slip',
    'a salary slip',
    () =>
      renderSalarySlip({
        employer: 'Coastal Foods Limited',
        month: 'May 2026',
        name: person.name,
        employeeId: 'CF77',
        designation: 'Accountant',
        pan: pan.pan,
        bankAccount: '9120456677',
        ...usualPay(48_000),
      }),
    pdf,
  ],
  [
    'bank_statement',
    'a statement',
    () =>
      renderStatement({
        bank: 'ICICI BANK LTD',
        holder: person.name,
        accountNumber: '9120456677',
        ifsc: 'ICIC0000912',
        from: '01/03/2026',
        to: '31/05/2026',
        openingBalance: 20_000,
        entries: accountEntries(
          { from: '2026-03', months: 3, employer: 'Coastal Foods', salary: 41_000 },
          createRandom(3),
        ),
      }),
    pdf,
  ],
]

describe('pages that were read', () => {
  it.each(documents)('%s: %s', { timeout: 60_000 }, async (label, _what, render, type) => {
    const { text } = await ocr.read(await render(), { type })
    expect(await classify(text)).toMatchObject({ label, rejected: false })
  })

  it('a page out of focus is no document', { timeout: 60_000 }, async () => {
    const { text } = await ocr.read(await blur(await renderPan(pan)), { type: png })
    expect(await classify(text)).toMatchObject({ label: 'other' })
  })
})

describe('texts that nobody here wrote', () => {
  const shared = join(root, '../shared/data/statements')
  const statements = ['hdfc_savings-april-2026.txt', 'netbanking_2021_22.txt']
  for (const file of statements) {
    const absent = !existsSync(join(shared, file))
    it.skipIf(absent)(`a statement, ${file}${absent ? ' (SKIPPED: absent)' : ''}`, async () => {
      const found = await classify(readFileSync(join(shared, file), 'utf8'))
      expect(found).toMatchObject({ label: 'bank_statement', rejected: false })
    })
  }

  it.each(['zod/README.md', 'ajv/README.md', 'sharp/LICENSE', 'pdfkit/README.md', 'react/LICENSE'])(
    '%s is no document of a lender',
    async (file) => {
      const text = readFileSync(join(root, 'node_modules', file), 'utf8')
      expect(await classify(text)).toMatchObject({ label: 'other' })
    },
  )

  it('an empty page is rejected with no confidence', async () => {
    expect(await classify(' \n ')).toMatchObject({ label: 'other', confidence: 0, rejected: true })
  })

  it('the probabilities are of every label and sum to one', async () => {
    const { probabilities } = await classify('Permanent Account Number')
    const sum = Object.values(probabilities).reduce((all, one) => all + one, 0)
    expect(Object.keys(probabilities)).toHaveLength(7)
    expect(sum).toBeCloseTo(1, 5)
  })
})
