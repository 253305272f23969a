import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Page as Listed, RunView, TaskView } from '#core/api/views.ts'
import { openScreen, signIn, startProduct, type Product, type Screen } from './product.ts'

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

/** Each item waits for a person. */
const list = {
  kind: 'flow',
  format: 1,
  id: 'list',
  name: 'Look at each',
  input: { type: 'object', properties: { items: { type: 'array' } }, required: ['items'] },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    {
      id: 'each',
      type: 'flow.each',
      name: 'Each application',
      config: { mode: 'concurrent', limit: 4, onFailure: 'collect' },
      inputs: { items: { var: 'input.items' } },
    },
    {
      id: 'look',
      type: 'human.task',
      name: 'Look at it',
      parent: 'each',
      config: { title: 'Look at it', role: '', outcomes: [{ id: 'ok', name: 'OK' }] },
      inputs: { data: { var: 'item' } },
    },
    { id: 'seen', type: 'flow.end', name: 'Seen', parent: 'each' },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'each' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'each' },
    { id: 'e2', source: 'each', sourcePort: 'item', target: 'look' },
    { id: 'e3', source: 'look', sourcePort: 'ok', target: 'seen' },
    { id: 'e4', source: 'each', sourcePort: 'out', target: 'end' },
  ],
}

const folder = join(import.meta.dirname, '../../dist/screens')
let product: Product
let screen: Screen
const runs: string[] = []
const status = async (id: string) => ((await product.api(`/runs/${id}`)).body as RunView).status

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return found.violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ') ?? ''}`)
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
  await signIn(screen, product)
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

it('[R305] a step over a list shows how many of its items are done while they go on, and leads to each and back', async () => {
  const { page, errors } = screen
  await product.api('/flows', { method: 'POST', body: list })
  await product.api('/flows/list/publish', { method: 'POST', body: {} })
  const items = Array.from({ length: 12 }, (_, index) => ({ application: index + 1 }))
  const started = await product.api('/flows/list/runs', {
    method: 'POST',
    body: { input: { items }, caseKey: 'L-1' },
  })
  const { id } = started.body as { id: string }
  await page.goto(`${product.url}/runs/${encodeURIComponent(id)}?step=each%3A1`)
  const card = page.locator('[data-node="each"]')
  await card.getByText('0 of 12').waitFor()
  const open = (await product.api('/tasks?status=open')).body as Listed<TaskView>
  const own = open.items.filter(({ flow: of }) => of === 'list')
  expect(own).toHaveLength(4)
  for (const task of own.slice(0, 3))
    await product.api(`/tasks/${encodeURIComponent(task.id)}/complete`, {
      method: 'POST',
      body: { outcome: 'ok', value: {} },
    })
  await card.getByText('3 of 12').waitFor()
  const children = page.getByRole('list', { name: 'Runs that this step asked for' })
  await expect.poll(() => children.getByText('Completed').count(), { timeout: 6_000 }).toBe(3)
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: join(folder, 'run-items.png') })
  await children.getByRole('link', { name: 'Item 5' }).click()
  await page.getByRole('heading', { name: /L-1.*Item 5/ }).waitFor()
  await page.screenshot({ path: join(folder, 'run-of-item.png') })
  await page.getByRole('link', { name: 'L-1' }).click()
  await children.waitFor()
  expect(errors).toEqual([])
})

it('[R306] a connection is suspended from its drawer with a reason, and shows it', async () => {
  const { page, errors } = screen
  const name = 'core-bank'
  await product.api(`/connections/${name}`, {
    method: 'PUT',
    body: { kind: 'http', address: 'https://core.example.com/v1', settings: {}, secret: null },
  })
  await page.goto(`${product.url}/connections`)
  await page.getByRole('button', { name: `Edit ${name}` }).click()
  await page.getByRole('button', { name: 'Suspend…' }).click()
  await page.getByLabel('Reason').fill('The other side is being moved')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Suspend', exact: true }).click()
  await page.getByText('The other side is being moved').waitFor()
  const { body } = await product.api('/suspensions')
  expect(body).toMatchObject({ items: [{ kind: 'connection', name }] })
  await page.screenshot({ path: join(folder, 'connection-suspended.png') })
  expect(errors).toEqual([])
})

it('[R307] a flow’s runs are migrated from its version menu', async () => {
  const { page, errors } = screen
  await product.api('/flows', {
    method: 'POST',
    body: { ...flow, input: { ...flow.input, required: [] } },
  })
  await product.api('/flows/review/publish', { method: 'POST', body: {} })
  await page.goto(`${product.url}/flows/review`)
  await page.getByRole('button', { name: 'Version 2: its runs' }).click()
  await page.getByRole('menuitem', { name: 'Migrate runs…' }).click()
  await page.getByRole('combobox', { name: 'Runs of' }).click()
  await page.getByRole('option', { name: 'v1' }).click()
  await page.getByRole('combobox', { name: 'To version' }).click()
  await page.getByRole('option', { name: 'v2' }).click()
  await page.getByText('Every node is found there by its id.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: join(folder, 'migrate-flow.png') })
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByText('3 runs will be changed, these and no others.').waitFor()
  await page.getByLabel('Reason').fill('The newer version asks for less')
  await page.getByRole('button', { name: 'Apply to 3' }).click()
  await page.getByText('3 done, 0 had changed, 0 refused.').waitFor()
  for (const run of runs)
    expect((await product.api(`/runs/${run}`)).body).toMatchObject({ version: 2 })
  expect(errors).toEqual([])
})

it('[R679] a case is erased from a run’s page: what goes is named, and its key is written once more', async () => {
  const { page, errors } = screen
  const run = runs[2] ?? ''
  const cancel = { verb: { do: 'cancel' }, reason: 'withdrawn' }
  await product.api(`/runs/${run}/operations`, { method: 'POST', body: cancel })
  await page.goto(`${product.url}/runs/${run}`)
  await page.getByRole('button', { name: 'Erase case…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(run).waitFor()
  const erase = dialog.getByRole('button', { name: 'Erase for good' })
  await dialog.getByLabel('Write A-3 to confirm').fill('A-2')
  await dialog.getByLabel('Reason').fill('Asked by the applicant')
  expect(await erase.isDisabled()).toBe(true)
  await dialog.getByLabel('Write A-3 to confirm').fill('A-3')
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: join(folder, 'erase.png') })
  await erase.click()
  await page.getByText('This case was erased').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Erase case…' }).count()).toBe(0)
  await page.screenshot({ path: join(folder, 'erased.png') })
  const { body } = await product.api('/erasures')
  expect(body).toMatchObject({ items: [{ reason: 'Asked by the applicant' }] })
  expect(errors).toEqual([])
})

it('[R534] a lost live connection is said on the page, and forgotten once it is back', async () => {
  const { page, errors } = screen
  const live = '**/socket.io/**'
  await page.route(live, (route) => route.abort())
  await page.goto(`${product.url}/runs/${runs[0] ?? ''}`)
  const notice = page.getByText('The live connection is interrupted')
  await notice.waitFor()
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: join(folder, 'live-lost.png') })
  await page.unroute(live)
  await notice.waitFor({ state: 'detached', timeout: 30_000 })
  // The browser itself complains of requests that were cut off.
  errors.length = 0
})
