import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawEdge, openScreen, startProduct, type Product, type Screen } from './product.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'metis-nodes-'))
let product: Product
let screen: Screen

const metis = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'engine/cli/metis.js'), ...args], { encoding: 'utf8' })

beforeAll(async () => {
  const made = metis('node', 'new', 'kyc.limitCheck', '--dir', folder)
  if (made.status !== 0) throw new Error(made.stderr)
  product = await startProduct(['--nodes', folder])
  screen = await openScreen()
})
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const flow = {
  kind: 'flow',
  format: 1,
  id: 'limit',
  name: 'Limit check',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'input.amount' } } },
  ],
  edges: [{ id: 'e1', source: 'start', sourcePort: 'out', target: 'end' }],
  layout: { start: { x: 0, y: 0 }, end: { x: 680, y: 0 } },
}

describe('a node type from outside the repository', () => {
  it('[R169] stands in the palette without a rebuild, is wired with the mouse, and runs', async () => {
    const { page } = screen
    expect((await product.api('/flows', { method: 'POST', body: flow })).status).toBe(201)
    await page.goto(product.signInUrl)
    await page.getByText('Limit check').first().click()
    await page.getByTestId('rf__node-start').waitFor()

    await page.getByRole('button', { name: 'Add a node', exact: true }).click()
    await page.getByRole('combobox').first().fill('limit')
    // Dropped on the edge, it stands in the line.
    const edge = await page.getByTestId('rf__edge-e1').boundingBox()
    const pane = await page.locator('.react-flow__pane').boundingBox()
    if (!edge || !pane) throw new Error('no canvas')
    await page
      .locator('[role=option][data-type="kyc.limitCheck"]')
      .dragTo(page.locator('.react-flow__pane'), {
        force: true,
        targetPosition: {
          x: edge.x + edge.width * 0.5 - pane.x,
          y: edge.y + edge.height / 2 - pane.y,
        },
      })
    const made = page.locator('.react-flow__node[data-id^="kyc_limit"]')
    await page.getByRole('tab', { name: 'Inputs' }).waitFor()
    await drawEdge(
      page,
      made.locator('.react-flow__handle.source[data-handleid="above"]'),
      page.getByTestId('rf__node-end').locator('.react-flow__handle.target'),
    )
    await page.getByRole('tab', { name: 'Inputs' }).click()
    await page.getByPlaceholder('Choose a field').first().click()
    await page
      .getByRole('option', { name: /amount/i })
      .first()
      .click()
    await page.getByRole('button', { name: 'No problems', exact: true }).waitFor()

    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByRole('textbox', { name: /amount/i }).fill('700')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect
      .poll(() => made.locator('[data-state]').first().getAttribute('data-state'))
      .toBe('completed')
    const { body } = await product.api('/runs?limit=1')
    expect(body).toMatchObject({ items: [{ status: 'completed', flow: 'limit' }] })
    expect(screen.errors).toEqual([])
  })
})
