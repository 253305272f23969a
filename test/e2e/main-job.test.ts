import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { drawEdge, openScreen, startProduct, type Product, type Screen } from './product.ts'

let product: Product
let screen: Screen
let page: Page

beforeAll(async () => {
  product = await startProduct()
  screen = await openScreen()
  page = screen.page
})
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
})

const node = (id: string): Locator => page.getByTestId(`rf__node-${id}`)
const outOf = (id: string, port: string): Locator =>
  node(id).locator(`.react-flow__handle.source[data-handleid="${port}"]`)
const into = (id: string): Locator => node(id).locator('.react-flow__handle.target')
const button = (name: string): Locator => page.getByRole('button', { name, exact: true })

const stateOf = (id: string): Promise<string | null> =>
  node(id).locator('[data-state]').first().getAttribute('data-state')

describe('the main job, in a browser', () => {
  it('[R162] signs in with the printed address and opens the template', async () => {
    await page.goto(product.signInUrl)
    await button('Use template').click()
    await node('start').waitFor()
    expect(await page.locator('.react-flow__node').count()).toBeGreaterThan(30)
    expect(await button('No problems').count()).toBe(1)
  })

  it('[R163] takes a node by drag and drop, connects and configures it', async () => {
    await button('Add a node').click()
    await page
      .locator('[role=option][data-type="data.map"]')
      .dragTo(page.locator('.react-flow__pane'), { targetPosition: { x: 560, y: 150 } })
    await node('data_map').waitFor()
    // Unconnected, it is a problem that names it.
    await page.getByText('Nothing follows "data_map"').first().waitFor()

    await drawEdge(page, outOf('start', 'out'), into('data_map'))
    await button('Lead to Map instead').click()
    await drawEdge(page, outOf('data_map', 'out'), into('consent'))
    await node('data_map').click()
    await page.getByRole('tab', { name: 'Inputs' }).click()
    await button('Add field').click()
    await page.getByLabel('Name of the field').fill('asked')
    await page
      .getByRole('combobox', { name: 'Field' })
      .or(page.getByPlaceholder('Choose a field'))
      .first()
      .click()
    await page
      .getByRole('option', { name: /amount/i })
      .first()
      .click()
    await button('No problems').waitFor()
    // Saved by itself, the document holds what was drawn.
    await expect
      .poll(async () => (await product.api('/flows/personal-loan')).body, { timeout: 10_000 })
      .toMatchObject({
        document: {
          edges: expect.arrayContaining([
            expect.objectContaining({ source: 'start', target: 'data_map' }),
            expect.objectContaining({ source: 'data_map', target: 'consent' }),
          ]) as unknown,
          nodes: expect.arrayContaining([
            expect.objectContaining({
              id: 'data_map',
              inputs: { asked: expect.anything() as unknown },
            }),
          ]) as unknown,
        },
      })
  })

  it('[R164] publishes a version', async () => {
    await button('Publish').click()
    await page.getByText('v2').first().waitFor()
    const { body } = await product.api('/flows/personal-loan')
    expect(body).toMatchObject({ version: 2, changed: false })
  })

  it('[R165] runs with documents and shows every node reach its state, live', async () => {
    await button('Test').click()
    await page.getByPlaceholder('Fill from a case').click()
    await page.getByRole('option', { name: /Cards used to the limit/ }).click()
    await button('Run').click()
    const seen = new Set<string>()
    await expect
      .poll(
        async () => {
          const state = await stateOf('read_pan')
          if (state) seen.add(state)
          return stateOf('review')
        },
        { timeout: 90_000, interval: 100 },
      )
      .toBe('waiting')
    expect([...seen]).toEqual(expect.arrayContaining(['running', 'completed']))
    for (const id of ['start', 'data_map', 'consent', 'read_pan', 'bureau', 'score', 'decide'])
      expect(await stateOf(id), id).toBe('completed')
    await button('Fit everything').click()
    await node('bureau').click()
    await page.getByText('684').first().waitFor()
  })

  it('[R166] lets a person complete the task and the run goes on to its end', async () => {
    await page.goto(`${product.url}/tasks`)
    await page.getByText('look at the application', { exact: false }).first().click()
    await page
      .getByRole('textbox', { name: /note|remark|comment|reason/i })
      .first()
      .fill('Income verified by phone')
    await page
      .getByRole('button', { name: /approve/i })
      .first()
      .click()
    await expect
      .poll(
        async () => {
          const { body } = await product.api('/runs?limit=1')
          return (body as { items: { status: string }[] }).items[0]?.status
        },
        { timeout: 30_000 },
      )
      .toBe('completed')
  })

  it('[R167] shows the e-mail and the SMS on the Sandbox page', async () => {
    await page.goto(`${product.url}/sandbox`)
    await page.getByText('priya.nair@example.in').first().waitFor()
    expect(await page.getByText(/SMS/).count()).toBeGreaterThan(0)
  })

  it('[R168] wrote no error to the console', () => {
    expect(screen.errors).toEqual([])
  })
})
