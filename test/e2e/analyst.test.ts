import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openScreen, startProduct, type Product, type Screen } from './product.ts'

const sheet = [
  'Hit policy: unique,,,',
  'Score: score,Kind: kind,→ outcome,→ reason',
  '< 650,-,decline,SCORE_LOW',
  '> 650,SALARIED,approve,-',
  '>= 700,-,approve,-',
].join('\n')

let product: Product
let screen: Screen
let page: Page

beforeAll(async () => {
  product = await startProduct()
  screen = await openScreen()
  page = screen.page
  await page.goto(product.signInUrl)
  await page.getByRole('link', { name: 'Decisions' }).first().waitFor()
})
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
})

describe('an analyst with a spreadsheet, in a browser', () => {
  it('[R502] imports it, is shown what overlaps and what falls through, and closes the gaps with the rows that are offered', async () => {
    await page.goto(`${product.url}/decisions`)
    await page.getByRole('button', { name: 'Import…' }).first().click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'bands.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) })
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('grid').waitFor()
    await page.getByRole('tab', { name: /Problems/ }).click()
    await page.getByText(/both/i).first().waitFor()
    const offer = page.getByRole('button', { name: 'Add the missing row' })
    await offer.first().waitFor()
    for (let left = 5; left > 0 && (await offer.count()) > 0; left -= 1) {
      await offer.first().click()
      await expect
        .poll(async () => (await offer.count()) === 0 || (await offer.first().isEnabled()))
        .toBe(true)
    }
    await expect.poll(() => offer.count()).toBe(0)
  })

  it('[R502] has tests made, and reads why an applicant is declined and what would change it', async () => {
    await page.getByRole('tab', { name: /Tests/ }).click()
    await page.getByRole('button', { name: 'Generate tests' }).click()
    await page.getByText(/% covered/).waitFor()
    await page.getByRole('tab', { name: /Try/ }).click()
    await page.getByLabel('Score').last().fill('640')
    await page.getByRole('button', { name: /^Why/ }).click()
    await page.getByRole('heading', { name: 'What would change it' }).waitFor()
    await page.getByText('score: 650 instead of 640').waitFor()
    expect(screen.errors).toEqual([])
  })
})
