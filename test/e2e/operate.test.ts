import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { RunView } from '#core/api/views.ts'
import { openScreen, startProduct, token, type Product, type Screen } from './product.ts'

const flow = {
  kind: 'flow',
  format: 1,
  id: 'review',
  name: 'Review',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    { id: 'shape', type: 'data.map', name: 'Shape', inputs: { amount: { var: 'input.amount' } } },
    {
      id: 'look',
      type: 'human.task',
      name: 'Look at it',
      config: { title: 'Look at it', role: '', outcomes: [{ id: 'ok', name: 'OK' }] },
      inputs: { data: { var: 'shape' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'shape' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'shape' },
    { id: 'e2', source: 'shape', sourcePort: 'out', target: 'look' },
    { id: 'e3', source: 'look', sourcePort: 'ok', target: 'end' },
  ],
}

const folder = join(import.meta.dirname, '../../dist/screens')
let product: Product
let screen: Screen
const runs: string[] = []
const status = async (id: string) => ((await product.api(`/runs/${id}`)).body as RunView).status

async function signIn(page: Page): Promise<void> {
  await page.goto(product.url)
  await page.evaluate(
    (bearer) =>
      fetch('/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: bearer }),
      }),
    token,
  )
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  product = await startProduct(['--no-sandbox'])
  await product.api('/flows', { method: 'POST', body: flow })
  await product.api('/flows/review/publish', { method: 'POST', body: {} })
  for (const amount of [1, 2, 3]) {
    const { body } = await product.api('/flows/review/runs', {
      method: 'POST',
      body: { input: { amount }, caseKey: `A-${amount}` },
    })
    runs.push((body as { id: string }).id)
  }
  screen = await openScreen()
  screen.page.setDefaultTimeout(8_000)
  await signIn(screen.page)
  screen.errors.length = 0
}, 60_000)
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
})

it('[R302] all runs of a flow are suspended from the list: previewed by name, applied with a reason, judged one by one', async () => {
  const { page } = screen
  await page.goto(`${product.url}/runs?flow=review`)
  await page.getByRole('button', { name: 'Act on 3…' }).click()
  await page.getByRole('combobox', { name: 'What is to be done' }).click()
  await page.getByRole('option', { name: 'Suspend' }).click()
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByText('3 runs will be changed, these and no others.').waitFor()
  for (const name of ['A-1', 'A-2', 'A-3'])
    await page.getByRole('dialog').getByRole('link', { name }).waitFor()
  await page.screenshot({ path: join(folder, 'bulk-preview.png') })
  expect(await status(runs[0] ?? '')).toBe('waiting')
  await page.getByLabel('Reason').fill('The policy is under review')
  await page.getByRole('button', { name: 'Apply to 3' }).click()
  await page.getByText('3 done, 0 had changed, 0 refused.').waitFor()
  await page.screenshot({ path: join(folder, 'bulk-done.png') })
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect.poll(() => page.locator('[data-state="suspended"]').count()).toBe(3)
  for (const run of runs) expect(await status(run)).toBe('suspended')
})

it('[R303] from a run’s page it is resumed, and goes back to a node with an edited value', async () => {
  const { page, errors } = screen
  const run = runs[0] ?? ''
  await page.goto(`${product.url}/runs/${run}?step=shape%3A1`)
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByLabel('Reason').fill('The review is over')
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await vi.waitFor(async () => expect(await status(run)).toBe('waiting'))
  await page.getByRole('button', { name: 'Go back to here…' }).click()
  await page.getByRole('combobox', { name: 'Edit a value' }).click()
  await page.getByRole('option').first().click()
  await page.screenshot({ path: join(folder, 'rewind.png') })
  const value = page.getByRole('dialog').locator('textarea').first()
  await value.fill('{ "amount": ')
  await page.getByText('This is not valid JSON.').waitFor()
  await value.fill('{ "amount": 42 }')
  await page.getByLabel('Reason').fill('The amount was misread')
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
  await vi.waitFor(async () => {
    const { steps } = (await product.api(`/runs/${run}`)).body as RunView
    expect(steps.find(({ step }) => step === 'shape:2')?.output).toEqual({ amount: 42 })
  })
  await page.screenshot({ path: join(folder, 'run-operated.png') })
  expect(errors).toEqual([])
})
