import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startProduct, type ProductOptions } from '#engine/main.ts'
import { checkAnswer } from '#engine/server/testing/check-answer.ts'
import { nodeFiles } from '#engine/cli/scaffold/node-files.ts'
import { projectRoot } from '#engine/cli/root.ts'
import { taskFlow } from '#engine/server/testing/sample-flow.ts'

const token = 'product-token'

async function temporary() {
  const folder = await mkdtemp(join(tmpdir(), 'metis-product-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function open(options: Partial<ProductOptions> = {}) {
  const product = await startProduct({
    port: 0,
    dataDir: await temporary(),
    token,
    version: '0.0.0',
    log: pino({ level: 'silent' }),
    ...options,
  })
  let open = true
  const close = async () => {
    if (open) await product.close()
    open = false
  }
  onTestFinished(close)
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { ...product, close, call }
}

it('[R87] installs a template once, and gives the input of a case with its files uploaded', async () => {
  const { call } = await open()
  const list = await checkAnswer('listTemplates', await call('GET', '/templates'), 200)
  expect(JSON.stringify(list)).toContain('personal-loan')
  const install = () => call('POST', '/templates/personal-loan/install')
  const first = await checkAnswer('installTemplate', await install(), 200)
  expect(first.created).toContain('personal-loan')
  const second = await checkAnswer('installTemplate', await install(), 200)
  expect(second).toMatchObject({ flow: 'personal-loan', created: [] })
  const flow = await checkAnswer('getFlow', await call('GET', '/flows/personal-loan'), 200)
  expect(flow).toMatchObject({ version: 1, changed: false })
  const path = '/templates/personal-loan/cases/approve/input'
  const answer = await checkAnswer('templateCaseInput', await call('POST', path), 200)
  const { documents } = answer.input as unknown as {
    documents: { pan: { blob: string; type: string } }
  }
  expect(documents.pan.type).toBe('image/png')
  const pan = await call('GET', `/blobs/${documents.pan.blob}`)
  expect(pan.headers.get('content-type')).toBe('image/png')
  const none = await call('POST', '/templates/personal-loan/cases/none/input')
  await checkAnswer('templateCaseInput', none, 404)
})

it('has the sandbox as connections, and turns its switches', async () => {
  const { call } = await open()
  const connections = await (await call('GET', '/connections')).json()
  expect(connections.items.map((each: { name: string }) => each.name)).toEqual(
    expect.arrayContaining(['bureau', 'email', 'sms']),
  )
  const put = await call('PUT', '/sandbox/bureau', { failure: 'no-hit' })
  const switches = { failure: 'no-hit', latencyMs: 0 }
  expect(await checkAnswer('putBureauSwitches', put, 200)).toEqual(switches)
  const get = await call('GET', '/sandbox/bureau')
  expect(await checkAnswer('getBureauSwitches', get, 200)).toEqual(switches)
  const messages = await call('GET', '/sandbox/messages')
  expect(await checkAnswer('listSandboxMessages', messages, 200)).toMatchObject({ items: [] })
})

it('[R92] lists a custom node beside the built-in ones, with its help, and runs it', async () => {
  const nodes = await temporary()
  await mkdir(join(nodes, 'limit'))
  for (const [name, text] of Object.entries(nodeFiles('kyc.limit', projectRoot)))
    await writeFile(join(nodes, 'limit', name), text)
  await mkdir(join(nodes, 'broken'))
  await writeFile(join(nodes, 'broken', 'node.ts'), 'export const half =')
  const problems: string[] = []
  const { call, engine } = await open({
    nodeFolders: [nodes],
    onNodeProblem: (text) => problems.push(text),
  })
  expect(problems).toMatchObject([expect.stringContaining(join('broken', 'node.ts:1:20'))])
  const types = await checkAnswer('listNodeTypes', await call('GET', '/node-types'), 200)
  expect(types.items).toContainEqual(
    expect.objectContaining({
      type: 'kyc.limit',
      source: 'custom',
      help: expect.stringContaining('# Limit'),
    }),
  )
  expect(types.items).toContainEqual(
    expect.objectContaining({ type: 'data.map', help: expect.stringContaining('#') }),
  )
  const [start, , end] = taskFlow.nodes
  const limit = { id: 'limit', type: 'kyc.limit', name: 'Limit', config: { limit: 10 } }
  const inputs = { amount: { var: 'input.amount' } }
  const output = { output: { var: 'limit' } }
  const flow = {
    ...taskFlow,
    nodes: [start, { ...limit, inputs }, { ...end, inputs: output }],
    edges: [
      { id: 'e1', source: 'start', sourcePort: 'out', target: 'limit' },
      { id: 'e2', source: 'limit', sourcePort: 'within', target: 'end' },
      { id: 'e3', source: 'limit', sourcePort: 'above', target: 'end' },
    ],
  }
  await checkAnswer('saveFlow', await call('POST', '/flows', flow), 201)
  await checkAnswer('publishFlow', await call('POST', '/flows/ask/publish'), 200)
  const started = await call('POST', '/flows/ask/runs', { input: { amount: 12 } })
  const run = await checkAnswer('startRun', started, 201)
  expect(await engine.settled('default', run.id)).toMatchObject({
    status: 'completed',
    output: { excess: 2 },
  })
})

it('[R86] keeps everything over a restart, and its data folder for itself', async () => {
  const dataDir = await temporary()
  const first = await open({ dataDir })
  await expect(open({ dataDir })).rejects.toMatchObject({ code: 'DATA_IN_USE' })
  await first.call('POST', '/flows', taskFlow)
  await first.call('POST', '/flows/ask/publish')
  const started = await first.call('POST', '/flows/ask/runs', { input: { amount: 1 } })
  const { id } = await started.json()
  await first.engine.settled('default', id)
  await first.close()
  const second = await open({ dataDir })
  const run = await checkAnswer('getRun', await second.call('GET', `/runs/${id}`), 200)
  expect(run).toMatchObject({ status: 'waiting', at: ['review'] })
})
