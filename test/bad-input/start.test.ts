import { spawn } from 'node:child_process'
import { once as next } from 'node:events'
import { copyFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Database } from '#engine/adapters/sqlite/database.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openProduct, temporary, token } from './open-product.ts'
import { ask, draw, echo, once } from './flows.ts'

async function folder() {
  const path = await temporary()
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
const open = async (...options: Parameters<typeof openProduct>) => {
  const product = await openProduct(...options)
  let isOpen = true
  const close = async () => {
    if (isOpen) await product.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...product, close }
}
/** A folder in which a product has run once. */
async function used() {
  const dataDir = await folder()
  const product = await open({ dataDir })
  await product.publish(echo)
  const { id } = await product.run('echo', 'kept')
  await product.close()
  return { dataDir, file: (name: string) => join(dataDir, name), run: id }
}
/** The start is refused with this code, and again: the first refusal has let the folder go. */
async function refused(dataDir: string, code: string): Promise<string> {
  const attempt = () => openProduct({ dataDir }).catch((thrown: unknown) => thrown)
  const expected = { code, message: expect.stringContaining('. ') }
  expect(await attempt()).toMatchObject(expected)
  const error = await attempt()
  expect(error).toMatchObject(expected)
  return error instanceof Error ? error.message : ''
}

describe('a start on a data folder', () => {
  it('whose database is no database is refused, and goes on once it is restored', async () => {
    const { dataDir, file, run } = await used()
    await copyFile(file('metis.db'), file('backup'))
    await writeFile(file('metis.db'), 'This is no database. '.repeat(500))
    expect(await refused(dataDir, 'DATABASE_DAMAGED')).toContain(file('metis.db'))
    await copyFile(file('backup'), file('metis.db'))
    const product = await open({ dataDir })
    expect((await product.settled(run)).output).toEqual({ got: 'kept' })
  })

  it('whose database was cut short is refused', async () => {
    const { dataDir, file } = await used()
    await truncate(file('metis.db'), 6000)
    expect(await refused(dataDir, 'DATABASE_DAMAGED')).toContain('. ')
  })

  it('whose database a later release has written is refused, and left as it is', async () => {
    const { dataDir, file } = await used()
    const db = new Database(file('metis.db'))
    const version = Number(db.pragma('user_version', { simple: true }))
    db.pragma(`user_version = ${version + 1}`)
    db.close()
    const before = await readFile(file('metis.db'))
    expect(await refused(dataDir, 'DATABASE_NEWER')).toContain('. ')
    expect(before.equals(await readFile(file('metis.db')))).toBe(true)
  })

  it('whose master key is gone is refused: a new one would read nothing', async () => {
    const { dataDir, file, run } = await used()
    const key = await readFile(file('master.key'))
    await rm(file('master.key'))
    expect(await refused(dataDir, 'MASTER_KEY_MISSING')).toContain(file('master.key'))
    await writeFile(file('master.key'), key)
    const product = await open({ dataDir })
    expect((await product.settled(run)).output).toEqual({ got: 'kept' })
  })

  it('whose master key is something else is refused', async () => {
    const { dataDir, file } = await used()
    await writeFile(file('master.key'), 'secret')
    expect(await refused(dataDir, 'MASTER_KEY_INVALID')).toContain('. ')
  })

  it('whose token file is empty makes a new token, for an empty one would be guessed', async () => {
    const { dataDir, file } = await used()
    await writeFile(file('token'), '')
    await (await open({ dataDir, token: '' })).close()
    expect((await readFile(file('token'), 'utf8')).trim().length).toBeGreaterThan(40)
  })

  it('that is a file, or cannot be made, is refused with its path', async () => {
    const parent = await folder()
    await writeFile(join(parent, 'file'), '')
    for (const path of [join(parent, 'file'), join(parent, 'file', 'data')]) {
      expect(await refused(path, 'DATA_UNUSABLE')).toContain(path)
    }
  })

  it('whose database is a folder is refused', async () => {
    const dataDir = await folder()
    await mkdir(join(dataDir, 'metis.db'))
    await writeFile(join(dataDir, 'master.key'), 'a'.repeat(64))
    expect(await refused(dataDir, 'DATABASE_UNOPENED')).toContain('. ')
  })
})

it('a start on a port in use is refused, lets its folder go, and goes well on another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await next(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const dataDir = await folder()
  await expect(openProduct({ dataDir, port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(String(port)),
  })
  await open({ dataDir })
})

it('a killed process loses nothing that it has acknowledged', async () => {
  const dataDir = await folder()
  const script = fileURLToPath(new URL('product-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [url] = (await next(child, 'message')) as [string]
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent })
    return (await answer.json()) as Record<string, unknown>
  }
  const pull = draw({
    id: 'pull',
    nodes: [
      { id: 'bureau', type: 'bureau.pull', inputs: { applicant: { var: 'input' } }, policy: once },
    ],
    edges: ['start.out > bureau', 'bureau.hit > end', 'bureau.noHit > end'],
  })
  for (const flow of [ask, pull]) {
    await send('POST', '/flows', flow)
    await send('POST', `/flows/${flow.id}/publish`)
  }
  await send('PUT', '/sandbox/bureau', { latencyMs: 60_000 })
  const waiting = String((await send('POST', '/flows/ask/runs', { input: 1 }))['id'])
  const under = String(
    (await send('POST', '/flows/pull/runs', { input: { pan: 'ABCPE1234F' } }))['id'],
  )
  child.kill('SIGKILL')
  await next(child, 'exit')

  const product = await open({ dataDir })
  expect(await product.settled(under)).toMatchObject({ status: 'completed' })
  expect((await product.settled(waiting)).status).toBe('waiting')
  const [task] = product.engine.listTasks('default', { run: waiting }).items
  const done = await product.send('POST', `/tasks/${task?.id}/complete`, {
    outcome: 'approve',
    value: { note: 'after the kill' },
  })
  expect(done.status, done.text).toBe(200)
  expect((await product.settled(waiting)).status).toBe('completed')
  expect(product.engine.verify('default')).toMatchObject({ ok: true })
})
