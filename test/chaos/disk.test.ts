import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { startProduct } from '#engine/main.ts'
import { main } from '#engine/cli/main.ts'
import { echo } from '../bad-input/flows.ts'
import { metis } from './metis.ts'
import { openProduct, token } from '../bad-input/open-product.ts'
import { allThere, client, text, untilRefused } from './until-refused.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-disk-'))
})
const disksInUse: string[] = []
afterEach(() => {
  for (const disk of disksInUse.splice(0)) spawnSync('umount', ['-l', disk])
  rmSync(folder, { recursive: true, force: true })
})

/** A disk of its own of so many MB; null where this user may not mount one. */
function smallDisk(megabytes: number) {
  const at = join(folder, 'disk')
  mkdirSync(at)
  const mount = (...args: string[]) => spawnSync('mount', [...args, 'tmpfs', at]).status === 0
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`)) return null
  disksInUse.push(at)
  return {
    at,
    grow: (to: number) => mount('-o', `remount,size=${to}m`),
    lock: (to: 'ro' | 'rw') => mount('-o', `remount,${to}`),
  }
}

const disks = spawnSync('unshare', ['-m', 'true']).status === 0

it.runIf(disks)(
  '[R330] on a full disk nothing is acknowledged that is not kept, the state says so, and with room it goes on',
  async () => {
    const disk = smallDisk(4)
    if (!disk) throw new Error('no disk could be mounted')
    const logged: string[] = []
    const failures: unknown[] = []
    const product = await startProduct({
      dataDir: disk.at,
      port: 0,
      token,
      version: '0.0.0',
      designer: '/nonexistent',
      log: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }),
      onFailure: (failure) => failures.push(failure.code),
    })
    const send = client(product.url)
    await send('POST', '/api/v1/flows', echo)
    await send('POST', '/api/v1/flows/echo/publish')
    expect(await send('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
    const { acknowledged, ...refusal } = await untilRefused(send)
    expect(refusal).toMatchObject({ status: 503, body: { code: 'STORAGE_FULL' } })
    expect(await send('GET', '/readyz')).toMatchObject({
      status: 503,
      body: {
        status: 'failed',
        code: 'STORAGE_FULL',
        detail: expect.stringContaining('Make room'),
      },
    })
    // It stays so, for documents too, and what was kept can be read.
    for (const path of ['/api/v1/flows/echo/runs', '/api/v1/flows'])
      expect(await send('POST', path, path.endsWith('runs') ? { input: 1 } : echo)).toMatchObject({
        status: 503,
        body: { code: 'STORAGE_FULL' },
      })
    const first = `/api/v1/runs/${acknowledged[0]}`
    expect(await send('GET', first)).toMatchObject({ status: 200, body: { id: acknowledged[0] } })
    expect(failures).toEqual(['STORAGE_FULL'])
    expect(logged.filter((line) => line.includes('storage.failed'))).toHaveLength(1)
    await product.close()

    expect(disk.grow(64)).toBe(true)
    await allThere(disk.at, acknowledged)
  },
)

it.runIf(disks)('[R330] "metis start" tells it and ends with 5', async () => {
  const disk = smallDisk(4)
  if (!disk) throw new Error('no disk could be mounted')
  const out: string[] = []
  const err: string[] = []
  const interrupt = new AbortController()
  const start = () =>
    main(['start', '--port', '0', '--data', disk.at, '--no-open', '--no-sandbox'], {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: { METIS_TOKEN: token, METIS_LOG: 'silent', METIS_NODES: '' },
      cwd: folder,
      colour: false,
      interrupted: interrupt.signal,
    })
  const ended = start()
  await expect.poll(() => out.length).toBe(1)
  const send = client(new URL(/http\S+/.exec(out[0] ?? '')?.[0] ?? '').origin)
  await send('POST', '/api/v1/flows', echo)
  await send('POST', '/api/v1/flows/echo/publish')
  await untilRefused(send)
  await expect.poll(() => err.join()).toContain('Make room')
  interrupt.abort()
  expect(await ended).toBe(5)
})

it('[R331] when the system refuses a write the state says so, and the next start has everything acknowledged', async () => {
  const dataDir = join(folder, 'data')
  const prepared = await openProduct({ dataDir })
  await prepared.publish(echo)
  await prepared.close()
  const script = fileURLToPath(new URL('../bad-input/product-process.ts', import.meta.url))
  // No file may grow past 3 MB: the system answers EFBIG, and SQLite an I/O error.
  const child = spawn(
    '/bin/sh',
    ['-c', 'ulimit -f 6144; exec "$0" "$@"', process.execPath, '--import', 'tsx', script, dataDir],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const [url] = (await once(child, 'message')) as [string]
  const send = client(url)
  const { acknowledged, ...refusal } = await untilRefused(send)
  expect(refusal).toMatchObject({ status: 503, body: { code: 'STORAGE_FAILED' } })
  expect(await send('GET', '/readyz')).toMatchObject({
    status: 503,
    body: { status: 'failed', code: 'STORAGE_FAILED', detail: expect.stringContaining('IOERR') },
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  cpSync(dataDir, join(folder, 'copy'), { recursive: true })
  await allThere(join(folder, 'copy'), acknowledged)
}, 90_000)

it.runIf(disks)(
  '[R585] a backup that finds no room says where, and leaves nothing behind',
  async () => {
    const disk = smallDisk(1)
    if (!disk) throw new Error('no disk could be mounted')
    const dataDir = join(folder, 'data')
    const product = await openProduct({ dataDir })
    await product.publish(echo)
    for (let n = 0; n < 60; n += 1) await product.run('echo', text(30_000))
    await product.close()
    const target = join(disk.at, 'kept.db')
    const full = await metis('backup', target, '--data', dataDir)
    expect(full).toMatchObject({ code: 2, err: expect.stringContaining(target) })
    expect(readdirSync(disk.at)).toEqual([])
    expect(disk.grow(64)).toBe(true)
    expect(await metis('backup', target, '--data', dataDir)).toMatchObject({ code: 0 })
    expect(readdirSync(disk.at)).toEqual(['kept.db'])
  },
)

it.runIf(disks)(
  '[R683] a data folder on a disk that is read-only is told as such, not as damaged, and goes on once it can be written',
  async () => {
    const disk = smallDisk(16)
    if (!disk) throw new Error('no disk could be mounted')
    const dataDir = join(disk.at, 'data')
    const product = await openProduct({ dataDir })
    await product.publish(echo)
    const { id } = await product.run('echo', 'kept')
    await product.close()
    expect(disk.lock('ro')).toBe(true)
    await expect(openProduct({ dataDir })).rejects.toMatchObject({
      code: 'DATA_UNUSABLE',
      message: expect.stringContaining('EROFS'),
    })
    const copy = join(folder, 'copy.db')
    for (const command of [['verify'], ['replay', '--all'], ['backup', copy]]) {
      const { code, err } = await metis(...command, '--data', dataDir)
      expect(code).toBe(2)
      expect(err).toContain(join(dataDir, 'metis.db'))
      expect(err).toContain('mounted read-only')
      expect(err).not.toContain('Restore the backup')
    }
    expect(existsSync(copy)).toBe(false)
    expect(disk.lock('rw')).toBe(true)
    const again = await openProduct({ dataDir })
    expect((await again.settled(id)).output).toEqual({ got: 'kept' })
    await again.close()
  },
)
