import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { drawEdge, openScreen, startProduct, type Product, type Screen } from './product.ts'

const tested = { var: '?' }

const card = {
  kind: 'decision',
  format: 1,
  id: 'card',
  name: 'Card',
  input: { type: 'object', properties: { age: { type: 'integer' }, work: { enum: ['A', 'B'] } } },
  parts: [
    {
      kind: 'switch',
      id: 'kind',
      name: 'Kind',
      cases: [{ id: 'own', name: 'Own', when: { eq: [{ var: 'work' }, 'A'] } }],
    },
    {
      kind: 'scorecard',
      id: 'points',
      name: 'Points',
      base: 100,
      cutoffs: { declineBelow: 120, approveFrom: 150 },
      characteristics: [
        {
          id: 'age',
          name: 'Age',
          expression: { var: 'age' },
          bins: [
            { id: 'young', when: { lt: [tested, 25] }, points: 10 },
            { id: 'old', when: null, points: 60 },
          ],
          missing: { points: 0 },
        },
      ],
    },
    { kind: 'expression', id: 'twice', name: 'Twice', value: null },
  ],
  tests: [20, 22, 40, 50].map((age) => ({ name: `age ${age}`, input: { age }, expect: {} })),
}

const columns = 40
const wide = (id: string, rows: number) => ({
  kind: 'decision',
  format: 1,
  id,
  name: id,
  input: {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: columns }, (_, at) => [`f${at}`, { type: 'number' }]),
    ),
  },
  parts: [
    {
      kind: 'table',
      id: 'wide',
      name: 'Wide',
      hitPolicy: 'first',
      inputs: Array.from({ length: columns - 1 }, (_, at) => ({
        id: `c${at}`,
        name: `F${at}`,
        expression: { var: `f${at}` },
        type: 'number',
      })),
      outputs: [{ id: 'out', name: 'Out', expression: 'out', type: 'number' }],
      rows: Array.from({ length: rows }, (_, row) => ({
        id: `row_${row + 1}`,
        when: Array.from({ length: columns - 1 }, (__, at) =>
          at === row % (columns - 1) ? { gt: [tested, row] } : null,
        ),
        then: [row],
      })),
    },
  ],
})

let product: Product
let screen: Screen
let page: Page

beforeAll(async () => {
  product = await startProduct()
  for (const body of [card, wide('small', 100), wide('large', 5000)]) {
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

/** ms; a change is saved by itself, a moment later. */
const timeout = 20_000

const partOf = async (id: string): Promise<Record<string, unknown> | undefined> => {
  const { body } = await product.api('/decisions/card')
  const { document } = body as { document: { parts: { id: string }[] } }
  return document.parts.find((part) => part.id === id)
}
const partCount = async (): Promise<number> => {
  const { body } = await product.api('/decisions/card')
  return (body as { document: { parts: unknown[] } }).document.parts.length
}

describe('a scorecard, in a browser', () => {
  it('[R698] shows what the applicants of the tests score, and moves a cut-off by drag and by key', async () => {
    await page.goto(`${product.url}/decisions/card`)
    const scores = page.getByRole('region', { name: 'Scores of the applicants' })
    await scores.getByText('4 applicants of the tests').waitFor()
    await scores.getByText('Decline 50 %').waitFor()
    await scores.getByText('Approve 50 %').waitFor()
    const slider = scores.getByRole('slider', { name: 'Decline below' })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => slider.getAttribute('aria-valuenow'), { timeout }).not.toBe('120')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => slider.getAttribute('aria-valuenow'), { timeout }).toBe('120')
    const box = await slider.boundingBox()
    if (box === null) throw new Error('there is no handle')
    await page.mouse.move(box.x + box.width / 2, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x - 600, box.y + 40, { steps: 5 })
    await page.mouse.up()
    await scores.getByText('Decline 0 %').waitFor()
    await page.keyboard.press('Control+z')
    await scores.getByText('Decline 50 %').waitFor()
  })

  it('[R698] takes applicants from a file, and its bins by keyboard', async () => {
    const scores = page.getByRole('region', { name: 'Scores of the applicants' })
    await scores.locator('input[type=file]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Age\n${'40\n'.repeat(9)}21\n`),
    })
    await scores.getByText('10 applicants of people.csv').waitFor()
    await scores.getByText('Approve 90 %').waitFor()
    const bin = page.getByRole('textbox', { name: 'Bin: Age 2' })
    await bin.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Bin: Age 3' }).waitFor()
    await page.getByRole('button', { name: /^Move bin Age 3/ }).press('Alt+ArrowUp')
    await page.getByRole('textbox', { name: 'Reason code: missing value of Age' }).fill('NO_AGE')
    await expect
      .poll(async () => JSON.stringify((await partOf('points'))?.['characteristics']), { timeout })
      .toMatch(/young.*bin_3.*old.*NO_AGE/)
  })
})

describe('the applicants of a file whose outcome is known, in a browser', () => {
  it('[R792] give each bin its bad rate and weight of evidence, and each characteristic its information value', async () => {
    const scores = page.getByRole('region', { name: 'Scores of the applicants' })
    const line = (age: number, bad: number, count: number): string =>
      `${age},${bad}\n`.repeat(count)
    await scores.locator('input[type=file]').setInputFiles({
      name: 'known.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `Age,Bad\n${line(20, 1, 6)}${line(22, 0, 4)}${line(40, 1, 1)}${line(60, 0, 9)}`,
      ),
    })
    await scores.getByText('20 applicants of known.csv').waitFor()
    expect(await scores.getByRole('combobox', { name: 'What says “bad”' }).inputValue()).toBe(
      'bad: Bad = 1',
    )
    const card_ = page.getByRole('region', { name: 'Age', exact: true })
    const young = card_.locator('li').first()
    await young.getByText('60.0 %').waitFor()
    // ln((4.5 ÷ 13.5) ÷ (6.5 ÷ 7.5))
    await young.getByText('−0.96').waitFor()
    await card_.getByText(/^Information value \d\.\d{3}$/).waitFor()
  })

  it('[R793] show a characteristic’s values, on which borders of bins are dragged and moved by key, with undo', async () => {
    const card_ = page.getByRole('region', { name: 'Age', exact: true })
    const border = card_.getByRole('slider', { name: 'Border 1 of Age' })
    const cell = page.getByRole('textbox', { name: 'Bin: Age 1' })
    await border.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => cell.inputValue(), { timeout }).toBe('< 24')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cell.inputValue(), { timeout }).toBe('< 25')
    const box = await border.boundingBox()
    if (box === null) throw new Error('there is no border')
    await page.mouse.move(box.x + box.width / 2, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 20, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => cell.inputValue(), { timeout }).toMatch(/^< (2[6-9]|[3-5]\d)$/)
    await page.keyboard.press('Control+z')
    await expect.poll(() => cell.inputValue(), { timeout }).toBe('< 25')
  })
})

describe('the graph of a decision, in a browser', () => {
  const node = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`)
  const out = (id: string, port?: string): Locator =>
    port === undefined
      ? node(id).locator('.react-flow__handle-right:not([data-handleid])')
      : node(id).locator(`.react-flow__handle[data-handleid="${port}"]`)
  const entry = (id: string): Locator => node(id).locator('.react-flow__handle-left')

  it('[R699] is wired by drawing lines and by keyboard, and each line is undone', async () => {
    await page.getByRole('tab', { name: 'Try' }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Table: fill down').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Graph', { exact: true }).click()
    await node('points').waitFor()
    await drawEdge(page, out('kind', 'own'), entry('points'))
    await expect
      .poll(async () => (await partOf('points'))?.['only'], { timeout })
      .toEqual({ switch: 'kind', cases: ['own'] })
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await partOf('points'))?.['only'], { timeout }).toBeUndefined()

    await node('points').click()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Connect Points' })
    await dialog.getByRole('combobox', { name: 'What it gives' }).click()
    await page.getByRole('option', { name: 'Points: score' }).click()
    await dialog.getByRole('combobox', { name: 'To which part' }).click()
    await page.getByRole('option', { name: 'Twice' }).click()
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await expect
      .poll(async () => (await partOf('twice'))?.['value'], { timeout })
      .toEqual({ var: 'points.score' })
    await page.keyboard.press('Escape')
  })

  it('[R791] offers to take out what reads a value whose line is deleted, and brings it back by undo', async () => {
    const line = page.locator('.react-flow__edge[data-id="points::twice"]')
    const remove = async (): Promise<void> => {
      await line.locator('.react-flow__edge-interaction').dispatchEvent('click')
      await page.keyboard.press('Delete')
    }
    await remove()
    const dialog = page.getByRole('dialog', { name: 'Take away the line from Points to Twice?' })
    await dialog.getByText('the expression').waitFor()
    await dialog.getByRole('button', { name: 'Take it out' }).click()
    await expect.poll(async () => (await partOf('twice'))?.['value'], { timeout }).toBeNull()
    await line.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await line.waitFor({ state: 'attached' })
    await remove()
    await dialog.getByRole('button', { name: 'Change Twice instead' }).click()
    await page.getByRole('region', { name: 'The chosen part' }).waitFor()
    await page.getByRole('button', { name: 'Close (Esc)' }).click()
  })

  it('[R790] shows while the tests are open how far they meet each part, and each bin', async () => {
    await page.getByRole('tab', { name: /Tests/ }).click()
    await node('points')
      .getByRole('img', { name: /^Tests meet [1-9] of \d$/ })
      .waitFor()
    await node('kind').getByRole('img', { name: 'Tests meet 0 of 1' }).waitFor()
    await node('points').click()
    await page.getByRole('region', { name: 'The chosen part' }).getByText('Bin').first().waitFor()
    expect(
      await page
        .locator('[data-part-pane] li')
        .filter({ has: page.getByRole('textbox', { name: 'Bin: Age 1' }) })
        .getByRole('img', { name: /^2 tests meet/ })
        .count(),
    ).toBe(1)
    await page.getByRole('button', { name: 'Close (Esc)' }).click()
  })

  it('[R699] has its parts copied, pasted, deleted and arranged by the keys of the flows’ canvas', async () => {
    await expect.poll(partCount, { timeout }).toBe(3)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await expect.poll(partCount, { timeout }).toBe(6)
    await page.keyboard.press('Delete')
    await expect.poll(partCount, { timeout }).toBe(3)
    await page.keyboard.press('Shift+Alt+T')
    await expect
      .poll(
        async () => {
          const { body } = await product.api('/decisions/card')
          return Object.keys((body as { document: { layout?: object } }).document.layout ?? {})
            .length
        },
        { timeout },
      )
      .toBeGreaterThanOrEqual(5)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Add a part').waitFor()
    await page.keyboard.press('Escape')
    expect(screen.errors).toEqual([])
  })
})

describe('a table of 5,000 rows and 40 columns, in a browser', () => {
  /** Elements that are made while `act` runs, and how many cells stand there afterwards. */
  const work = async (act: () => Promise<void>): Promise<{ made: number; cells: number }> => {
    await page.evaluate(() => {
      const seen = { made: 0 }
      Object.assign(window, { seen })
      const grid = document.querySelector('[role=grid]')
      if (grid === null) throw new Error('there is no grid')
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const added of addedNodes)
            if (added instanceof Element) seen.made += 1 + added.querySelectorAll('*').length
      }).observe(grid, { childList: true, subtree: true })
    })
    await act()
    const made = await page.evaluate(
      () => (window as unknown as { seen: { made: number } }).seen.made,
    )
    return { made, cells: await page.locator('[role=grid] [role=gridcell]').count() }
  }
  const typing = async (): Promise<void> => {
    const cell = page.locator('[role=grid] [data-row="3"][data-column="1"]')
    await cell.click()
    await page.keyboard.type('> 77')
    await page.keyboard.press('Enter')
    await expect.poll(() => cell.textContent(), { timeout }).toBe('> 77')
  }
  const scrolling = async (): Promise<void> => {
    for (const key of ['PageDown', 'PageDown', 'Control+End', 'Control+Home']) {
      await page.keyboard.press(key)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
    }
    await page.locator('[role=grid] [data-row="0"][data-column="0"]').waitFor()
  }

  it('[R700] draws no more than a small one, and makes no more for a key or a page than what is in sight', async () => {
    const measured: Record<string, { made: number; cells: number }[]> = {}
    for (const id of ['small', 'large']) {
      await page.goto(`${product.url}/decisions/${id}`)
      await page.getByText('List', { exact: true }).click()
      await page.getByRole('grid').waitFor()
      measured[id] = [await work(typing), await work(scrolling)]
    }
    const [small = [], large = []] = [measured['small'], measured['large']]
    for (const [index, { cells }] of large.entries()) {
      expect(cells).toBeLessThan(1_500)
      expect(cells).toBeLessThanOrEqual((small[index]?.cells ?? 0) * 1.5)
    }
    const [typed, scrolled] = large
    // Typing makes the editor over the cell and some signs; a page makes what comes into sight.
    expect(typed?.made).toBeLessThanOrEqual(typed?.cells ?? 0)
    expect(scrolled?.made).toBeLessThanOrEqual(10 * (scrolled?.cells ?? 0))
    expect(screen.errors).toEqual([])
  })
})
