import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { echo } from '../bad-input/flows.ts'
import { openProduct } from '../bad-input/open-product.ts'
import { allThere, client, text } from './until-refused.ts'

// Syncs that a system call refuses in a process of its own. Skipped, visibly, where there is no gcc.

/** ms for processes that start on a busy machine. */
const patience = 90_000
const here = fileURLToPath(new URL('.', import.meta.url))
const built = mkdtempSync(join(tmpdir(), 'metis-failing-'))
afterAll(() => rmSync(built, { recursive: true, force: true }))
const shim = join(built, 'failing-sync.so')
const compiles =
  process.platform === 'linux' &&
  spawnSync('gcc', ['-shared', '-fPIC', '-o', shim, join(here, 'failing-sync.c'), '-ldl'])
    .status === 0

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metis-failing-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The product in a process of its own, and what it logs as errors. */
async function startProcess(dataDir: string, env: Readonly<Record<string, string>> = {}) {
  const script = join(here, '../bad-input/product-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const logged: string[] = []
  const url = await new Promise<string>((resolve) =>
    child.on('message', (line: string) => {
      if (line.startsWith('{')) logged.push(line)
      else resolve(line)
    }),
  )
  return {
    send: client(url),
    logged,
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
async function prepare(dataDir: string): Promise<void> {
  const product = await openProduct({ dataDir })
  await product.publish(echo)
  await product.close()
}
type Product = Awaited<ReturnType<typeof startProcess>>

/** The state says so, and stays so although the disk would take more. */
async function staysFailed({ send }: Product, code: string) {
  expect(await send('GET', '/readyz')).toMatchObject({ status: 503, body: { code } })
  for (let n = 0; n < 3; n += 1)
    expect(await send('POST', '/api/v1/flows/echo/runs', { input: 1 })).toMatchObject({
      status: 503,
      body: { code },
    })
}

/** The product with a trap for a sync of this file of its own, and how to set it. */
async function startTrapped(dataDir: string, file: string) {
  await prepare(dataDir)
  const trap = join(folder, 'trap')
  const product = await startProcess(dataDir, {
    LD_PRELOAD: shim,
    SYNC_OF: `/${file}`,
    SYNC_TRAP: trap,
  })
  return {
    ...product,
    setTrap: () => writeFileSync(trap, ''),
    /** Once killed: what no sync had covered is gone, as after a loss of power. */
    loseUnsynced: () => truncateSync(join(dataDir, file), Number(readFileSync(trap, 'utf8'))),
  }
}
const start = (product: Product, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      product.send('POST', '/api/v1/flows/echo/runs', { input: text(30_000) }),
    ),
  )

it.runIf(compiles).each([1, 8])(
  '[R770] a sync that the system refuses with %i starts under way is the last: nothing is acknowledged from then on, and everything acknowledged is there after the next start, though the rest is lost',
  async (count) => {
    const dataDir = join(folder, 'data')
    const product = await startTrapped(dataDir, 'metis.db-wal')
    const before = await start(product, 12)
    product.setTrap()
    const answers = [...before, ...(await start(product, count)), ...(await start(product, count))]
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused.length).toBeGreaterThan(count)
    for (const refusal of refused)
      expect(refusal).toMatchObject({ status: 503, body: { code: 'STORAGE_FAILED' } })
    await staysFailed(product, 'STORAGE_FAILED')
    expect(product.logged.filter((line) => line.includes('storage.failed'))).toEqual([
      expect.stringContaining('EIO'),
    ])
    await product.kill()
    product.loseUnsynced()
    const acknowledged = answers.filter(({ status }) => status === 201)
    await allThere(
      dataDir,
      acknowledged.map(({ body }) => String(body['id'])),
    )
  },
  patience,
)

it.runIf(compiles)(
  '[R770] a checkpoint whose sync the system refuses is told, made again, and loses nothing',
  async () => {
    const dataDir = join(folder, 'data')
    const product = await startTrapped(dataDir, 'metis.db')
    const acknowledged: string[] = []
    const startMore = async () => {
      for (const { status, body } of await start(product, 8)) {
        expect(status).toBe(201)
        acknowledged.push(String(body['id']))
      }
    }
    product.setTrap()
    while (product.logged.length === 0) await startMore()
    expect(product.logged).toEqual([expect.stringContaining('SQLITE_IOERR_FSYNC')])
    expect(product.logged[0]).toContain('checkpoint.failed')
    await startMore()
    await product.kill()
    await allThere(dataDir, acknowledged)
  },
  patience,
)
