import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, expect, it } from 'vitest'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { createModelService } from '#engine/adapters/onnx/model-service.ts'
import { createModelRegistry } from '#models/registry.ts'

const root = join(import.meta.dirname, '../../..')
const ocr = createOcrService({ workers: 1 })
const models = createModelService(createModelRegistry(join(root, 'models/shipped')))
afterAll(() => Promise.all([ocr.close(), models.close()]))

it('[R340] Documents are read and models run beside the event loop: it is held up for milliseconds.', async () => {
  const sample = (person: string, file: string): Uint8Array =>
    readFileSync(join(root, 'templates/personal-loan/samples', person, file))
  const files = ['asha', 'rahul', 'vikram'].flatMap((person) => [
    sample(person, 'statement.pdf'),
    sample(person, 'salary-slip.pdf'),
  ])
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const texts = await Promise.all(files.map((file) => ocr.read(file, { type: 'application/pdf' })))
  const labels = await Promise.all(
    texts.map(async ({ text }) => (await models.classify({ name: 'document-class' }, text)).label),
  )
  delay.disable()
  expect(labels).toEqual(
    ['asha', 'rahul', 'vikram'].flatMap(() => ['bank_statement', 'salary_slip']),
  )
  const p99 = delay.percentile(99) / 1e6 - 5
  console.log(`loop delay p99 ${p99.toFixed(1)} ms, longest ${(delay.max / 1e6 - 5).toFixed(1)} ms`)
  // 30 ms on a quiet machine; the rest is for one whose cores are taken by others.
  expect(p99).toBeLessThan(100)
})
