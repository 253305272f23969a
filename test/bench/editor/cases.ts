import type { Page } from 'playwright-core'
import { openScreen, startProduct } from '../../e2e/product.ts'
import { cost, quantile, type Line } from '../line.ts'
import type { BenchCase, Progress } from '../measure.ts'
import { wideTable } from '../rules/wide-table.ts'
import type { Sizes } from './sizes.ts'

/** Opens one table after the other in a browser, in the product as it is built. */
type Open = (rows: number) => Promise<Page>

async function* withTables(
  rows: readonly number[],
  columns: number,
  work: (open: Open) => AsyncIterable<Line>,
): AsyncIterable<Line> {
  const product = await startProduct()
  const { browser, page } = await openScreen()
  try {
    for (const each of rows) {
      const body = { ...wideTable(each, columns).decision, id: `rows-${each}` }
      const { status } = await product.api('/decisions', { method: 'POST', body })
      if (status !== 201) throw new Error(`the table was refused: ${status}`)
    }
    await page.goto(product.signInUrl)
    await page.getByRole('link', { name: 'Decisions' }).first().waitFor()
    yield* work(async (of) => {
      await page.goto(`${product.url}/decisions/rows-${of}`)
      await page.getByRole('grid').waitFor()
      return page
    })
  } finally {
    await browser.close()
    await product.stop()
  }
}

/** From a key to the frame in which it is seen, ms each. */
async function keys(page: Page, cells: number): Promise<number[]> {
  await page.evaluate(() => {
    const took: number[] = []
    Object.assign(window, { took })
    addEventListener(
      'keydown',
      () => {
        const pressed = performance.now()
        // The frame is drawn between its callback and the next task.
        requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - pressed)))
      },
      true,
    )
  })
  await page.locator('[role=grid] [data-row="0"][data-column="0"]').click()
  for (let row = 0; row < cells; row += 1) {
    await page.keyboard.type(`< ${100 + row}`)
    await page.keyboard.press('Enter')
  }
  const last = page.locator(`[role=grid] [data-row="${cells - 1}"][data-column="0"]`)
  await last.filter({ hasText: `< ${99 + cells}` }).waitFor()
  return page.evaluate(() => (window as unknown as { took: number[] }).took)
}

/** Cells are written while their analysis is under way, after each of them anew. */
async function* typing(
  { rows, columns, fewRows, cells }: Sizes,
  progress: Progress,
): AsyncIterable<Line> {
  yield* withTables([rows, fewRows], columns, async function* (open) {
    const [ours, few] = [
      await keys(await open(rows), cells),
      await keys(await open(fewRows), cells),
    ]
    progress(`${ours.length} keys, half of them in ${quantile(ours, 0.5).toFixed(0)} ms`)
    yield cost({
      case: 'typing',
      value: quantile(ours, 0.95),
      unit: 'ms from key to frame at p95',
      baseline: `rows-${fewRows}`,
      baselineValue: quantile(few, 0.95),
    })
  })
}

/** Scrolls by some rows with each frame, down and up again; ms from frame to frame. */
const frames = (page: Page, count: number): Promise<number[]> =>
  page.getByRole('grid').evaluate(async (grid, all) => {
    const frame = () => new Promise<number>((drawn) => requestAnimationFrame(drawn))
    const took: number[] = []
    let [before, way] = [await frame(), 1]
    for (let n = 0; n < all; n += 1) {
      const at = grid.scrollTop
      grid.scrollTop += way * 200
      if (grid.scrollTop === at) way = -way
      const now = await frame()
      took.push(now - before)
      before = now
    }
    return took
  }, count)

async function* scrolling(
  { scrolledRows, scrolledColumns, fewRows, frames: count }: Sizes,
  progress: Progress,
): AsyncIterable<Line> {
  yield* withTables([scrolledRows, fewRows], scrolledColumns, async function* (open) {
    const ours = await frames(await open(scrolledRows), count)
    const few = await frames(await open(fewRows), count)
    progress(`${ours.length} frames, half of them in ${quantile(ours, 0.5).toFixed(0)} ms`)
    yield cost({
      case: 'scrolling',
      value: quantile(ours, 0.95),
      unit: 'ms a frame at p95',
      baseline: `rows-${fewRows}`,
      baselineValue: quantile(few, 0.95),
    })
  })
}

/** What `npm run bench -- editor` measures, in this order. */
export const cases = { typing, scrolling } as const satisfies Record<string, BenchCase<Sizes>>
