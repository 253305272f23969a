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

const asking = (decision: string) => ({
  kind: 'flow',
  format: 1,
  id: 'asking',
  name: 'Asking',
  description: '',
  input: {
    type: 'object',
    properties: { score: { type: 'number' }, kind: { type: 'string' } },
  },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start', config: {}, inputs: {} },
    {
      id: 'policy',
      type: 'decision.evaluate',
      name: 'Policy',
      config: { decision },
      inputs: { input: { var: 'input' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', config: {}, inputs: {} },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'policy' },
    { id: 'e2', source: 'policy', sourcePort: 'out', target: 'end' },
  ],
  layout: { start: { x: 0, y: 0 }, policy: { x: 320, y: 0 }, end: { x: 640, y: 0 } },
})

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
    const decisionId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(decisionId).not.toBe('decisions')
    await page.getByRole('tab', { name: /Problems/ }).click()
    await page
      .getByText(/are both met/)
      .first()
      .waitFor()
    // The overlap stands in the gutter too, beside its rows.
    await page.getByRole('rowheader').getByLabel('Has a problem').first().waitFor()
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

  it('[R502] mends the overlap, and no problem of the table is left', async () => {
    const cell = page.locator('[role=grid] [data-row="1"][data-column="0"]')
    await cell.click()
    await page.keyboard.type('(650..700)')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText(/are both met/).count()).toBe(0)
    await expect.poll(() => page.getByRole('rowheader').getByLabel('Has a problem').count()).toBe(0)
  })

  it('[R502] has tests made, sees what they cover, and reads why an applicant is declined and what would change it', async () => {
    await page.getByRole('tab', { name: /Tests/ }).click()
    await page.getByRole('button', { name: 'Generate tests' }).click()
    await page.getByText(/% covered/).waitFor()
    await page
      .getByRole('rowheader')
      .getByLabel(/^Tests meet this row/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Check the tests' }).click()
    await page.getByText(/faults are noticed by the tests/).waitFor()
    await page.getByRole('tab', { name: /Try/ }).click()
    await page.getByLabel('Score').last().fill('640')
    await page.getByRole('button', { name: /^Why/ }).click()
    await page.getByRole('heading', { name: 'What would change it' }).waitFor()
    await page.getByText(/score: 65\d instead of 640/).waitFor()
    await page.getByRole('button', { name: /^Step/ }).click()
    await page.getByRole('button', { name: /One step on/ }).click()
    await page.getByText('Step 2 of').waitFor()
    await page.getByRole('button', { name: /One step back/ }).click()
    await page.getByText('Step 1 of').waitFor()
    expect(await page.getByText('Step 2 of').count()).toBe(0)
  })

  it('[R502] publishes it, has a run decided by it, and reads the explanation on the run’s page', async () => {
    const publish = page.getByRole('button', { name: 'Publish', exact: true })
    await expect.poll(() => publish.isEnabled()).toBe(true)
    await publish.click()
    await page.getByText('Published as version').first().waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const made = await product.api('/flows', { method: 'POST', body: asking(id) })
    expect(made.status).toBe(201)
    const published = await product.api('/flows/asking/publish', { method: 'POST', body: {} })
    expect(published.status).toBeLessThan(300)
    const begun = await product.api('/flows/asking/runs', {
      method: 'POST',
      body: { input: { score: 640, kind: 'SALARIED' } },
    })
    expect(begun.status).toBeLessThan(300)
    const run = (begun.body as { id: string }).id
    await page.goto(`${product.url}/runs/${run}`)
    await page.locator('[data-node="policy"]').click()
    await page.getByRole('button', { name: /^Why/ }).first().click()
    await page.getByRole('heading', { name: 'What led to the outcome' }).waitFor()
    await page.getByText(/score: 65\d instead of 640/).waitFor()
    expect(screen.errors).toEqual([])
  })
})
