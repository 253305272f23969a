import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, afterEach, expect, it, onTestFinished } from 'vitest'
import { draw, ask } from '../bad-input/flows.ts'
import { openProduct, temporary } from '../bad-input/open-product.ts'
import { metis, metisProcess } from './metis.ts'

let folder: string
beforeEach(async () => {
  folder = await temporary()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (...parts: string[]) => join(folder, ...parts)

const open = async (dataDir: string) => {
  const product = await openProduct({ dataDir })
  let isOpen = true
  const close = async () => {
    if (isOpen) await product.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...product, close }
}

/** Waits a moment, then asks the bureau: work of every kind is open at any time. */
const pull = draw({
  id: 'pull',
  nodes: [
    { id: 'pause', type: 'flow.wait', config: { duration: '20ms' } },
    { id: 'bureau', type: 'bureau.pull', inputs: { applicant: { var: 'input' } } },
  ],
  edges: ['start.out > pause', 'pause.out > bureau', 'bureau.hit > end', 'bureau.noHit > end'],
})

it('[R336] a backup is taken while the server is under load, and its runs finish in the restored copy', async () => {
  const product = await open(at('data'))
  await product.publish(pull)
  await product.publish(ask)
  const acknowledged: string[] = []
  let loaded = true
  const load = async () => {
    while (loaded) {
      acknowledged.push(await product.start('pull', { pan: 'ABCPE1234F' }))
      if (acknowledged.length % 10 === 0) acknowledged.push(await product.start('ask', 1))
    }
  }
  const loads = Promise.all([load(), load(), load()])
  while (acknowledged.length < 30)
    await product.settled(await product.start('pull', { pan: 'ABCPE1234F' }))
  const before = [...acknowledged]
  const made = await metisProcess('backup', at('backups') + '/', '--data', at('data'))
  const after = acknowledged.length
  loaded = false
  await loads
  expect(made, made.err).toMatchObject({ code: 0 })
  const file = made.out.split('\n').find((line) => line.endsWith('.db')) ?? ''
  // The load went on while the copy was made.
  expect(after).toBeGreaterThan(before.length)

  const restored = await metis(
    'restore',
    file,
    '--data',
    at('copy'),
    '--key',
    at('data', 'master.key'),
  )
  expect(restored, restored.err).toMatchObject({ code: 0 })
  const copy = await open(at('copy'))
  await copy.engine.idle()
  for (const run of before) {
    const { flow } = copy.engine.getRun('default', run)
    const { status } = await copy.settled(run)
    expect(status).toBe(flow === 'pull' ? 'completed' : 'waiting')
  }
  for (const task of copy.engine.listTasks('default', { status: 'open', limit: 500 }).items)
    await copy.engine.completeTask({
      tenant: 'default',
      actor: { id: 'ada', kind: 'user' },
      task: task.id,
      outcome: 'approve',
      value: { note: 'in the copy' },
    })
  await copy.engine.idle()
  const { items } = copy.engine.listRuns('default', { limit: 500 })
  expect(items.filter(({ status }) => status !== 'completed' && status !== 'running')).toEqual([])
  expect(copy.engine.verify('default')).toMatchObject({ ok: true })
  await copy.close()
  expect(await metis('replay', '--all', '--data', at('copy'))).toMatchObject({ code: 0 })

  // The original went on unharmed.
  for (const run of acknowledged) await product.settled(run)
  expect(product.engine.verify('default')).toMatchObject({ ok: true })
})

it('[R337] a restore writes over nothing, and a backup neither', async () => {
  const product = await open(at('data'))
  await product.publish(ask)
  await product.close()
  expect(await metis('backup', at('kept.db'), '--data', at('data'))).toMatchObject({ code: 0 })
  expect(existsSync(at('kept.db-wal'))).toBe(false)
  expect(await metis('backup', at('kept.db'), '--data', at('data'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('already'),
  })
  const key = at('data', 'master.key')
  const again = await metis('restore', at('kept.db'), '--data', at('data'), '--key', key)
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('written over') })
  const none = await metis('restore', at('kept.db'), '--data', at('fresh'))
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('master key') })
  expect(existsSync(at('fresh'))).toBe(false)
})

it('[R586] a backup or restore that is killed leaves no file under its name but a whole one, and can be done again', async () => {
  const product = await open(at('data'))
  await product.publish(ask)
  for (let n = 0; n < 40; n += 1) await product.start('ask', n)
  await product.close()
  const key = at('data', 'master.key')
  expect(await metis('backup', at('whole.db'), '--data', at('data'))).toMatchObject({ code: 0 })
  const script = fileURLToPath(new URL('metis-process.ts', import.meta.url))
  /** Kills it as soon as a file of that name is seen. */
  const killed = async (folderOf: string, name: string, ...argv: string[]) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...argv])
    const gone = once(child, 'exit')
    let isGone = false
    void gone.then(() => (isGone = true))
    const there = () =>
      existsSync(folderOf) && readdirSync(folderOf).some((each) => each.startsWith(name))
    while (!isGone && !there()) await new Promise((resume) => setImmediate(resume))
    child.kill('SIGKILL')
    await gone
  }
  mkdirSync(at('kept'))
  await killed(at('kept'), 'one.db', 'backup', at('kept', 'one.db'), '--data', at('data'))
  const first = existsSync(at('kept', 'one.db'))
  const again = await metis('backup', at('kept', 'one.db'), '--data', at('data'))
  expect(again.code).toBe(first ? 2 : 0)
  expect(readdirSync(at('kept'))).toEqual(['one.db'])
  expect(await metis('verify', '--data', at('kept', 'one.db'), '--key', key)).toMatchObject({
    code: 0,
  })

  const restore = ['restore', at('whole.db'), '--data', at('fresh'), '--key', key]
  await killed(at('fresh'), 'm', ...restore)
  const made = existsSync(at('fresh', 'metis.db'))
  expect((await metis(...restore)).code).toBe(made ? 2 : 0)
  expect(await metis('verify', '--data', at('fresh'))).toMatchObject({ code: 0 })
  expect(readdirSync(at('fresh')).filter((name) => name.includes('partial'))).toEqual([])
})

it('[R586] a restore writes over no master key that is another one', async () => {
  const product = await open(at('data'))
  await product.publish(ask)
  await product.close()
  const key = at('data', 'master.key')
  expect(await metis('backup', at('kept.db'), '--data', at('data'))).toMatchObject({ code: 0 })
  mkdirSync(at('fresh'))
  const other = `${'ab'.repeat(32)}\n`
  writeFileSync(at('fresh', 'master.key'), other)
  const refused = await metis('restore', at('kept.db'), '--data', at('fresh'), '--key', key)
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('another one') })
  expect(readFileSync(at('fresh', 'master.key'), 'utf8')).toBe(other)
  expect(existsSync(at('fresh', 'metis.db'))).toBe(false)
  // A folder that cannot be: a sentence, no fault of ours.
  const nowhere = await metis('backup', '/dev/null/kept.db', '--data', at('data'))
  expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('/dev/null') })
})

it('[R337] a backup that was damaged, and one with another master key, is not restored', async () => {
  const product = await open(at('data'))
  await product.publish(ask)
  for (let n = 0; n < 5; n += 1) await product.start('ask', n)
  await product.close()
  const key = at('data', 'master.key')
  expect(await metis('backup', at('kept.db'), '--data', at('data'))).toMatchObject({ code: 0 })
  writeFileSync(at('other.key'), `${'ab'.repeat(32)}\n`)
  const wrong = await metis(
    'restore',
    at('kept.db'),
    '--data',
    at('fresh'),
    '--key',
    at('other.key'),
  )
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('fingerprint') })
  const bytes = readFileSync(at('kept.db'))
  // In the ciphertext of an entry.
  const place = bytes.lastIndexOf('user') + 40
  bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(at('bent.db'), bytes)
  const bent = await metis('restore', at('bent.db'), '--data', at('fresh'), '--key', key)
  expect(bent, bent.out).toMatchObject({ code: 1 })
  expect(existsSync(at('fresh', 'metis.db'))).toBe(false)
})

it('[R327] a well-formed master key that is not the folder’s is refused at the start, in a folder of the first release too', async () => {
  const product = await open(at('data'))
  await product.close()
  const kept = readFileSync(at('data', 'master.key'))
  writeFileSync(at('data', 'master.key'), `${'ab'.repeat(32)}\n`)
  await expect(openProduct({ dataDir: at('data') })).rejects.toMatchObject({
    code: 'MASTER_KEY_WRONG',
    message: expect.stringContaining('fingerprint'),
  })
  writeFileSync(at('data', 'master.key'), kept)
  await (await open(at('data'))).close()

  const first = new URL('releases/0.1.0/data/', import.meta.url)
  mkdirSync(at('first'))
  copyFileSync(new URL('metis.db', first), at('first', 'metis.db'))
  writeFileSync(at('first', 'master.key'), `${'ab'.repeat(32)}\n`)
  await expect(openProduct({ dataDir: at('first') })).rejects.toMatchObject({
    code: 'MASTER_KEY_WRONG',
  })
  copyFileSync(new URL('master.key', first), at('first', 'master.key'))
  await (await open(at('first'))).close()
  writeFileSync(at('first', 'master.key'), `${'ab'.repeat(32)}\n`)
  await expect(openProduct({ dataDir: at('first') })).rejects.toMatchObject({
    code: 'MASTER_KEY_WRONG',
  })
})
