import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { ask, draw, drawOne } from '../bad-input/flows.ts'
import { openProduct, temporary, token } from '../bad-input/open-product.ts'

const pull = draw({
  id: 'pull',
  nodes: [
    { id: 'pause', type: 'flow.wait', config: { duration: '20ms' } },
    { id: 'bureau', type: 'bureau.pull', inputs: { applicant: { var: 'input' } } },
  ],
  edges: ['start.out > pause', 'pause.out > bureau', 'bureau.hit > end', 'bureau.noHit > end'],
})
const hang = drawOne('hang', { id: 'deaf', type: 'test.deaf' }, ['out'])
/** A node that hears no signal, and holds its process for an hour. */
const deaf = `import { defineNode, z } from 'metis'
export const testDeaf = defineNode({
  type: 'test.deaf', version: 1, title: 'Deaf', description: 'Hears no signal.',
  area: 'integration', icon: 'ear', config: z.object({}), inputs: {}, outputs: { out: z.string() },
}).effect({ uses: [] }, async ({ exit }) => {
  if (process.env.METIS_TEST_DEAF) await new Promise((done) => setTimeout(done, 3_600_000))
  return exit.out('heard')
})`

it('[R677] a server that is told to end under full load exits with 0, though a node hears no signal, and every run that it acknowledged ends after the next start', async () => {
  const folder = await temporary()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [dataDir, nodes] = [join(folder, 'data'), join(folder, 'nodes')]
  await mkdir(nodes)
  await writeFile(join(nodes, 'node.ts'), deaf)
  const script = fileURLToPath(new URL('metis-process.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      script,
      'start',
      '--port',
      '0',
      '--no-open',
      '--data',
      dataDir,
      '--nodes',
      nodes,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, METIS_TOKEN: token, METIS_LOG: 'silent', METIS_TEST_DEAF: '1' },
    },
  )
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const url = new URL(line.slice(line.indexOf('http'))).origin
  const post = async (path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as { id?: string } }
  }
  for (const flow of [pull, ask, hang]) {
    expect((await post('/flows', flow)).status).toBe(201)
    expect((await post(`/flows/${flow.id}/publish`)).status).toBe(200)
  }

  const acknowledged = { pull: [] as string[], ask: [] as string[], hang: [] as string[] }
  const start = async (flow: keyof typeof acknowledged) => {
    const { status, body } = await post(`/flows/${flow}/runs`, { input: { pan: 'ABCPE1234F' } })
    if (status === 201 && body.id !== undefined) acknowledged[flow].push(body.id)
  }
  await start('hang')
  await start('ask')
  // Knocks until nobody answers any more.
  const knock = () =>
    (async () => {
      for (;;) await start('pull')
    })().catch(() => {})
  const load = Promise.all(Array.from({ length: 8 }, knock))
  while (acknowledged.pull.length < 60) await new Promise((resume) => setImmediate(resume))
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  await load

  const product = await openProduct({ dataDir, nodeFolders: [nodes] })
  onTestFinished(() => product.close())
  await product.engine.idle()
  const ended = new Set(
    product.engine
      .listRuns('default', { status: 'completed', limit: 500 })
      .items.map(({ id }) => id),
  )
  for (const run of acknowledged.pull) {
    // A run that pauses when the engine is idle goes on by its timer.
    if (ended.has(run)) continue
    const over = new Promise<void>((resolve) => {
      const stop = product.engine.subscribe((_tenant, events) => {
        if (!events.some((event) => event.run === run && event.type === 'run.completed')) return
        stop()
        resolve()
      })
    })
    if (product.engine.getRun('default', run).status !== 'completed') await over
  }
  for (const run of acknowledged.hang)
    expect(await product.settled(run)).toMatchObject({ status: 'completed', output: 'heard' })
  for (const run of acknowledged.ask) expect((await product.settled(run)).status).toBe('waiting')
  expect(product.engine.verify('default')).toMatchObject({ ok: true })
}, 120_000)
