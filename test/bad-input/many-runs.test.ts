import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { openProduct, type Answer, type TestedProduct } from './open-product.ts'
import { echo } from './flows.ts'

const count = 10_000
const by = { tenant: 'default', actor: { id: 'tester', kind: 'user' as const } }
let product: TestedProduct
beforeAll(async () => {
  product = await openProduct()
  await product.publish(echo)
  for (let started = 0; started < count; started += 500)
    await Promise.all(Array.from({ length: 500 }, () => another()))
})
afterAll(() => product.close())

const another = () => product.engine.startRun({ ...by, flow: 'echo', input: 1 })
const page = async (cursor: Json) => {
  const at = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor as string)}`
  return product.send('GET', `/runs?limit=500${at}`)
}
const idsOf = (answer: Answer): string[] =>
  (answer.body['items'] as readonly { id: string }[]).map(({ id }) => id)

it('a list of 10,000 runs is walked page by page, none twice and none left out, while new ones start', async () => {
  const first = await page(null)
  expect(first.body['total']).toBe(count)
  const seen = idsOf(first)
  const later = new Set<string>()
  for (let next = first.body['next'] ?? null; next !== null;) {
    later.add((await another()).id)
    const answer = await page(next)
    expect(answer.status, answer.text).toBe(200)
    seen.push(...idsOf(answer))
    next = answer.body['next'] ?? null
  }
  expect(new Set(seen).size).toBe(count)
  expect(seen).toHaveLength(count)
  expect(seen.some((id) => later.has(id))).toBe(false)
  const again = await page(null)
  expect(again.body['total']).toBe(count + later.size)
  expect(idsOf(again).filter((id) => later.has(id))).toHaveLength(later.size)
})

it('a page of many runs is short, whoever asks for more', async () => {
  expect((await product.send('GET', '/runs?limit=10000')).status).toBe(400)
  expect(idsOf(await product.send('GET', '/runs'))).toHaveLength(50)
  expect(idsOf(await product.send('GET', '/runs?search=zzz'))).toEqual([])
})
