import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openScreen, signIn, startProduct, type Product } from './product.ts'

/** Pictures of every screen, to be looked at. */
const folder = join(import.meta.dirname, '../../dist/screens')
let product: Product
let run = ''

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  product = await startProduct()
  await product.api('/templates/personal-loan/install', { method: 'POST', body: {} })
  const { body: input } = await product.api('/templates/personal-loan/cases/refer/input', {
    method: 'POST',
    body: {},
  })
  const started = await product.api('/flows/personal-loan/runs', {
    method: 'POST',
    body: { ...(input as object), caseKey: 'PL-2026-0042' },
  })
  run = (started.body as { id: string }).id
  await vi.waitFor(
    async () => {
      const { status } = (await product.api(`/runs/${run}`)).body as { status: string }
      if (status !== 'waiting') throw new Error(`the run is still ${status}`)
    },
    { timeout: 90_000, interval: 200 },
  )
}, 120_000)
afterAll(async () => {
  await product?.stop()
})

const screens: readonly (readonly [string, () => string])[] = [
  ['flows', () => '/flows'],
  ['flow', () => '/flows/personal-loan'],
  ['decisions', () => '/decisions'],
  ['decision', () => '/decisions/personal-loan-policy'],
  ['models', () => '/models'],
  ['runs', () => '/runs'],
  ['run', () => `/runs/${run}`],
  ['tasks', () => '/tasks'],
  ['task', () => `/tasks/${encodeURIComponent(`${run}:review:1`)}`],
  ['sandbox', () => '/sandbox'],
  ['connections', () => '/connections'],
]
const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
]

async function accessibilityViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${id} at ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
  )
}

describe('every screen', () => {
  for (const scheme of ['light', 'dark'] as const)
    it(`[R171] is free of accessibility violations, sideways scrolling and errors: ${scheme}`, async () => {
      const screen = await openScreen(sizes[0], scheme)
      const { page, browser, errors } = screen
      try {
        await signIn(screen, product)
        const problems: string[] = []
        for (const [name, path] of screens) {
          await page.goto(product.url + path())
          await page.locator('h1, .react-flow__node').first().waitFor()
          await page.waitForLoadState('networkidle')
          for (const size of sizes) {
            await page.setViewportSize(size)
            await page.screenshot({ path: join(folder, `${name}-${scheme}-${size.width}.png`) })
            const sideways = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            )
            if (sideways > 0) problems.push(`${name} at ${size.width}: ${sideways} px too wide`)
          }
          const found = await accessibilityViolations(page)
          problems.push(...found.map((violation) => `${name}: ${violation}`))
        }
        expect(problems).toEqual([])
        expect(errors).toEqual([])
      } finally {
        await browser.close()
      }
    })
})
