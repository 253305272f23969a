import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { openScreen, startProduct, type Product, type Screen } from './product.ts'

const tested = { var: '?' }
const kinds = ['SALARIED', 'SELF']

const decision = (id: string, rows: readonly object[]) => ({
  kind: 'decision',
  format: 1,
  id,
  name: id,
  input: {
    type: 'object',
    properties: { score: { type: 'integer' }, kind: { enum: kinds } },
  },
  parts: [
    {
      kind: 'table',
      id: 'rates',
      name: 'Rates',
      hitPolicy: 'first',
      inputs: [
        { id: 'score', name: 'Score', expression: { var: 'score' }, type: 'number' },
        { id: 'kind', name: 'Kind', expression: { var: 'kind' }, type: 'string' },
      ],
      outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'number' }],
      rows,
    },
  ],
})

const long = decision(
  'long',
  Array.from({ length: 1000 }, (_, index) => ({
    id: `row_${index + 1}`,
    when: [{ eq: [tested, index] }, index % 2 === 0 ? 'SALARIED' : 'SELF'],
    then: [index / 10],
  })),
)
const open = decision('open', [
  { id: 'row_1', when: [{ lt: [tested, 700] }, null], then: [15] },
  { id: 'row_2', when: [{ gt: [tested, 700] }, null], then: [12] },
])

let product: Product
let screen: Screen
let page: Page

beforeAll(async () => {
  product = await startProduct()
  for (const body of [long, open]) {
    const { status } = await product.api('/decisions', { method: 'POST', body })
    if (status !== 201) throw new Error(`the decision was refused: ${status}`)
  }
  screen = await openScreen()
  page = screen.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(product.signInUrl)
  await page.getByRole('link', { name: 'Decisions' }).first().waitFor()
})
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
})

const cell = (row: number, column: number): Locator =>
  page.locator(`[role=grid] [data-row="${row}"][data-column="${column}"]`)

const rowsOf = async (id: string): Promise<{ when: unknown[]; then: unknown[] }[]> => {
  const { body } = await product.api(`/decisions/${id}`)
  const { document } = body as { document: typeof long }
  return document.parts[0]?.rows as { when: unknown[]; then: unknown[] }[]
}

describe('the decision table, in a browser', () => {
  it('[R457] takes a block from the clipboard, and gives it back with one undo', async () => {
    await page.goto(`${product.url}/decisions/long`)
    await cell(0, 0).click()
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001')
    expect(await page.locator('[role=grid] [role=row]').count()).toBeLessThan(80)
    await page.evaluate(() => navigator.clipboard.writeText('> 700\tSELF\t9.5\n< 5\t-\t8\n'))
    await page.keyboard.press('Control+v')
    await expect.poll(() => cell(0, 0).textContent()).toBe('> 700')
    expect(await cell(1, 2).textContent()).toBe('8')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cell(0, 0).textContent()).toBe('0')
    expect(await cell(1, 2).textContent()).toBe('0.1')

    await page.evaluate(() => navigator.clipboard.writeText('1\t2\t3\t4\t5'))
    await page.keyboard.press('Control+v')
    await page.getByText('The clipboard has 5 columns').waitFor()
    expect(await cell(0, 0).textContent()).toBe('0')
  })

  it('[R457] goes to the last row and writes there, by keyboard alone', async () => {
    await cell(0, 0).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('77.5')
    await page.keyboard.press('Enter')
    await expect.poll(() => cell(999, 2).textContent()).toBe('77.5')
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1002')
    await page.keyboard.press('Control+z')
  })

  it('[R457] replaces in all cells at once', async () => {
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+h')
    await page.getByLabel('Find in the cells').fill('SELF')
    await page.getByText('500 found').waitFor()
    await page.getByLabel('Replace by').fill('SALARIED')
    await page.getByRole('button', { name: 'Replace all' }).click()
    await expect
      .poll(async () => (await rowsOf('long')).filter(({ when }) => when[1] === 'SELF').length, {
        timeout: 10_000,
      })
      .toBe(0)
  })

  it('[R457] closes a gap with the row that is offered', async () => {
    await page.goto(`${product.url}/decisions/open`)
    await page.getByText('no row takes Score = 700 itself').first().waitFor()
    await page.getByRole('button', { name: 'Add the missing row' }).first().click()
    await expect.poll(() => cell(2, 0).textContent()).toBe('700')
    await expect.poll(() => page.getByText('no row takes Score').count()).toBe(0)
    await cell(2, -1).hover()
    await page.getByRole('tooltip').getByText('If Score is 700').waitFor()
    expect(screen.errors).toEqual([])
  })

  it('[R512] a file of cases goes through the draft: columns to inputs, outcomes to look through, results to keep', async () => {
    await page.goto(`${product.url}/decisions/open`)
    await page.getByRole('tab', { name: /Tests/ }).click()
    await page.getByRole('button', { name: 'Try a file…' }).click()
    const lines = [
      'Name,Score',
      ...Array.from({ length: 500 }, (_, n) => `A${n},${n === 7 ? 'x' : 500 + n}`),
    ]
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'cases.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(lines.join('\n')),
      })
    // A header that names an input, in whatever case, fills it; another fills none.
    expect(await page.getByRole('combobox', { name: 'Score' }).inputValue()).toBe('score')
    expect(await page.getByRole('combobox', { name: 'Name' }).inputValue()).toBe('')
    await page.getByRole('button', { name: 'Decide all' }).click()
    const download = page.getByRole('button', { name: 'Download results' })
    await download.waitFor()
    await page.getByText(/^500 cases in/).waitFor()
    await page.getByRole('button', { name: 'not decided 1' }).click()
    const results = page.getByRole('table', { name: 'Results' })
    await results.getByText('The column "Score" holds what is no number').waitFor()
    expect(await results.getByRole('row').count()).toBe(2)
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()])
    const text = await readFile(await file.path(), 'utf8')
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      'Name,Score,outcome,reasons,conditions,flags,values.rate,missing,error',
      'A0,500,,,,,15,,',
    ])
    expect(text.trim().split('\r\n')).toHaveLength(501)
    expect(screen.errors).toEqual([])
  })
})
