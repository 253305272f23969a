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
const sheet = decision(
  'sheet',
  Array.from({ length: 30 }, (_, index) => ({
    id: `row_${index + 1}`,
    when: [{ gte: [tested, index * 10] }, kinds[index % 2] ?? null],
    then: [index],
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
  for (const body of [long, open, sheet]) {
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

const boxOf = async (target: Locator) => {
  const box = await target.boundingBox()
  if (box === null) throw new Error('nothing to point at')
  return box
}

/** From the middle of one to a place in the other, in shares of its width and height. */
async function drag(from: Locator, to: Locator, [across, down]: readonly [number, number]) {
  const start = await boxOf(from)
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  const end = await boxOf(to)
  await page.mouse.move(end.x + end.width * across, end.y + end.height * down, { steps: 8 })
  await page.mouse.up()
}

const columnNames = async (): Promise<string[]> => {
  const heads = page.locator('[role=grid] [role=columnheader] b')
  return (await heads.allTextContents()).filter((name) => name !== '')
}
const columnMenu = async (name: string): Promise<Locator> => {
  await page.getByRole('button', { name: `Column ${name}` }).click()
  return page.getByRole('dialog', { name: `Column ${name}` })
}

/** The long table, with another program in the analysis' worker, in a page of its own beginning. */
async function withAnalysis(program: string, work: () => Promise<void>): Promise<void> {
  const script = /\/analysis\.worker-[^/]+\.js$/
  await page.route(script, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: program }),
  )
  try {
    await page.goto(`${product.url}/decisions/long`)
    await work()
  } finally {
    await page.unroute(script)
  }
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

  it('[R795] fills a block on with the handle and by key, and takes it back with one undo', async () => {
    await page.goto(`${product.url}/decisions/sheet`)
    await cell(0, 2).click()
    await drag(page.locator('[role=grid] [data-act=fill]'), cell(4, 2), [0.5, 0.5])
    for (const row of [1, 4]) await expect.poll(() => cell(row, 2).textContent()).toBe('0')
    expect(await cell(5, 2).textContent()).toBe('5')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cell(4, 2).textContent()).toBe('4')
    expect(await cell(1, 2).textContent()).toBe('1')

    await cell(2, 1).click()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+d')
    await expect.poll(() => cell(3, 1).textContent()).toBe('"SALARIED"')
    expect(await cell(4, 1).textContent()).toBe('"SALARIED"')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cell(3, 1).textContent()).toBe('"SELF"')
  })

  it('[R795] shows only the rows that a filter leaves, with their own numbers; what is filled goes to those alone', async () => {
    const menu = await columnMenu('Kind')
    await menu.getByRole('textbox', { name: 'Show only rows with' }).fill('SELF')
    await page.getByText('15 of 30 rows').waitFor()
    await page.keyboard.press('Escape')
    expect(await cell(1, -1).textContent()).toContain('4')
    expect(await cell(1, 2).textContent()).toBe('3')
    await cell(0, 2).click()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+d')
    await expect.poll(() => cell(1, 2).textContent()).toBe('1')
    const rates = async () => (await rowsOf('sheet')).slice(0, 4).map(({ then }) => then[0])
    await expect.poll(rates, { timeout: 10_000 }).toEqual([0, 1, 2, 1])
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('30 rows', { exact: true }).waitFor()
    expect(await cell(1, 2).textContent()).toBe('1')
  })

  it('[R795] drags a column among those of its side, with its cells, and by undo back', async () => {
    const head = (column: number): Locator =>
      page.locator(`[role=grid] [role=columnheader][data-column="${column}"]`)
    const names = (): Promise<string[]> => columnNames()
    await expect.poll(names).toEqual(['Score', 'Kind', 'Rate', 'Note'])
    await head(0).locator('b').click()
    // No further than the conditions go, though the pointer does.
    await drag(head(0).locator('b'), head(2), [0.9, 0.5])
    await expect.poll(names).toEqual(['Kind', 'Score', 'Rate', 'Note'])
    expect(await cell(0, 0).textContent()).toBe('"SALARIED"')
    expect(await cell(0, 1).textContent()).toBe('>= 0')
    await page.keyboard.press('Control+z')
    await expect.poll(names).toEqual(['Score', 'Kind', 'Rate', 'Note'])
  })

  it('[R795] keeps frozen columns in sight while it is scrolled sideways', async () => {
    await page.setViewportSize({ width: 800, height: 720 })
    const menu = await columnMenu('Score')
    await menu.getByRole('button', { name: 'Freeze up to here' }).click()
    await page.keyboard.press('Escape')
    const before = await boxOf(cell(0, 0))
    const grid = page.getByRole('grid')
    const scrolled = await grid.evaluate((element) => {
      element.scrollLeft = 10_000
      return element.scrollLeft
    })
    expect(scrolled).toBeGreaterThan(0)
    await expect.poll(async () => (await boxOf(cell(0, 2))).x).toBeLessThan(before.x + 600)
    expect((await boxOf(cell(0, 0))).x).toBe(before.x)
    // What is written into a frozen cell by keyboard brings nothing else out of place.
    await page.keyboard.press('Escape')
    await (await columnMenu('Score')).getByRole('button', { name: 'Freeze no column' }).click()
    await page.keyboard.press('Escape')
    await grid.evaluate((element) => (element.scrollLeft = 10_000))
    await expect.poll(async () => (await boxOf(cell(0, 0))).x).toBeLessThan(before.x)
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(screen.errors).toEqual([])
  })

  it('[R796] compares with an older version, goes to a change, and takes single ones back with undo', async () => {
    await page.goto(`${product.url}/decisions/sheet`)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('button', { name: 'Version 1: compare' }).waitFor()
    await cell(20, 2).click()
    await page.keyboard.type('99')
    await page.keyboard.press('Enter')
    await page.keyboard.type('98')
    await page.keyboard.press('Enter')
    await expect.poll(() => cell(21, 2).textContent()).toBe('98')
    const compare = async (): Promise<Locator> => {
      await page.getByRole('button', { name: 'Version 1: compare' }).click()
      await page.getByRole('menuitem', { name: 'Compare with version 1' }).click()
      return page.getByRole('dialog', { name: 'What changed since version 1' })
    }
    const dialog = await compare()
    await dialog.getByRole('button', { name: 'Go to Row 22, Rate' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect
      .poll(() => cell(21, 2).getAttribute('aria-selected'), { timeout: 10_000 })
      .toBe('true')

    await compare()
    await dialog.getByRole('button', { name: 'Take back: Row 21, Rate' }).click()
    await dialog.getByText('Row 21', { exact: true }).waitFor({ state: 'hidden' })
    await expect.poll(() => cell(20, 2).textContent()).toBe('20')
    expect(await cell(21, 2).textContent()).toBe('98')
    await page.keyboard.press('Control+z')
    await dialog.getByText('Row 21', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: 'Take back: Rates', exact: true }).click()
    await dialog.getByText('Nothing differs from version 1.').waitFor()
    expect(screen.errors).toEqual([])
  })

  it('[R797] writes on while an analysis has no end, and says that it is under way', async () => {
    await withAnalysis('for (;;);', async () => {
      await page.getByRole('tab', { name: /Problems/ }).click()
      await page.getByText('Checking …').waitFor()
      await cell(3, 2).click()
      for (const digit of '123456') {
        await page.keyboard.type(digit)
        await page.keyboard.press('Enter')
      }
      await expect.poll(() => cell(8, 2).textContent()).toBe('6')
      await page.keyboard.press('Control+z')
      await expect.poll(() => cell(8, 2).textContent()).toBe('0.8')
      await page.getByText('Checking …').waitFor()
      expect(await page.getByText('No problem found.').count()).toBe(0)
    })
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

  it('[R798] says that the analysis has stopped, and begins another with the next change', async () => {
    await withAnalysis("throw new Error('gone')", async () => {
      await page.getByRole('tab', { name: /Problems/ }).click()
      await page.getByText('The check has stopped.').waitFor()
    })
    await cell(0, 2).click()
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    await page
      .getByRole('tabpanel', { name: /Problems/ })
      .getByRole('listitem')
      .first()
      .waitFor()
    expect(await page.getByText('The check has stopped.').count()).toBe(0)
    expect(screen.errors.filter((error) => !error.includes('gone'))).toEqual([])
  })
})
