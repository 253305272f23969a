import { getPriority } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { fixtureTasks } from './worker-pool.fixture.ts'
import { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './worker-pool.ts'

const open: WorkerPool<typeof fixtureTasks>[] = []
afterEach(() => Promise.all(open.splice(0).map((pool) => pool.close())))

function createPool(options: WorkerPoolOptions = {}): WorkerPool<typeof fixtureTasks> {
  const entry = new URL('./worker-pool.fixture.ts', import.meta.url)
  const pool = createWorkerPool<typeof fixtureTasks>(entry, { size: 1, ...options })
  open.push(pool)
  return pool
}

describe('a pool of workers', () => {
  it('keeps its worker from task to task', async () => {
    const pool = createPool()
    expect(await pool.run('thread', undefined)).toBe(await pool.run('thread', undefined))
  })

  it('[R341] A worker that ends fails its task alone, as one that may be tried again, and the pool goes on.', async () => {
    const pool = createPool()
    const [ended, behind] = await Promise.allSettled([
      pool.run('end', undefined),
      pool.run('thread', undefined),
    ])
    expect(ended).toMatchObject({
      status: 'rejected',
      reason: { name: 'RetryableError', code: 'WORKER_FAILED', params: { task: 'end' } },
    })
    expect(behind.status).toBe('fulfilled')
  })

  it.each([
    ['grow', 'ERR_WORKER_OUT_OF_MEMORY'],
    ['stray', 'Error'],
  ] as const)(
    '[R777] A worker that runs out of memory, or throws where nobody hears it, fails its task alone, and the pool goes on: %s.',
    async (task, detail) => {
      const pool = createPool({ maxHeap: 32 })
      const [ended, behind] = await Promise.allSettled([
        pool.run(task, undefined),
        pool.run('thread', undefined),
      ])
      expect(ended).toMatchObject({
        status: 'rejected',
        reason: { name: 'RetryableError', code: 'WORKER_FAILED', params: { task, detail } },
      })
      expect(behind.status).toBe('fulfilled')
    },
  )

  it('[R777] A worker that waits for ever is ended by the signal of its task, and the pool goes on.', async () => {
    const pool = createPool()
    const first = await pool.run('thread', undefined)
    const stop = new AbortController()
    const hanging = pool.run('wait', undefined, stop.signal)
    const behind = pool.run('thread', undefined)
    stop.abort(new Error('too late'))
    await expect(hanging).rejects.toThrow('too late')
    expect(await behind).not.toBe(first)
  })

  it('[R342] A task is ended by its signal even in the middle of a computation, one that waits is taken out, and the pool goes on.', async () => {
    const pool = createPool()
    const stop = new AbortController()
    const cancelled = { status: 'rejected', reason: new Error('cancelled') }
    await pool.run('thread', undefined)
    const spinning = pool.run('spin', undefined, stop.signal)
    const waiting = pool.run('spin', undefined, stop.signal)
    const behind = pool.run('thread', undefined)
    stop.abort(new Error('cancelled'))
    expect(await Promise.allSettled([spinning, waiting])).toEqual([cancelled, cancelled])
    expect(await behind).toBeGreaterThan(0)
  })

  it('[R343] A worker is replaced after so many tasks, or when it holds too much.', async () => {
    const counted = createPool({ tasksPerWorker: 2 })
    const threads: number[] = []
    for (let task = 0; task < 4; task++) threads.push(await counted.run('thread', undefined))
    expect(new Set(threads.slice(0, 2)).size).toBe(1)
    expect(new Set(threads).size).toBe(2)

    const bounded = createPool({ maxHeld: 100 * 2 ** 20 })
    const first = await bounded.run('hold', 1)
    expect(await bounded.run('hold', 120 * 2 ** 20)).toBe(first)
    expect(await bounded.run('thread', undefined)).not.toBe(first)
  })

  it.runIf(process.platform === 'linux')(
    '[R820] On Linux a worker stands back for the event loop, and so do the threads that it starts; the loop keeps its priority, and so does a worker that others wait for.',
    async () => {
      const own = getPriority()
      expect(await createPool().run('priority', undefined)).toBe(Math.min(own + 10, 19))
      expect(await createPool({ standBack: 0 }).run('priority', undefined)).toBe(own)
      expect(getPriority()).toBe(own)
    },
  )

  it('fails what is under way and what waits when it closes, and takes nothing after', async () => {
    const pool = createPool()
    const tasks = [pool.run('spin', undefined), pool.run('thread', undefined)]
    const settled = Promise.allSettled(tasks)
    await pool.close()
    const late = pool.run('thread', undefined)
    for (const task of [...(await settled), ...(await Promise.allSettled([late]))])
      expect(task).toMatchObject({ status: 'rejected', reason: { code: 'WORKER_FAILED' } })
  })
})
