import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { RetryableError } from '#core/errors.ts'
import { valueOf, type Reply } from '#engine/adapters/workers/reply.ts'
import type { TaskData, TaskResult, TaskTable } from '#engine/adapters/workers/task-table.ts'
import type { ProductTasks } from '#engine/adapters/workers/tasks.ts'
import { projectRoot } from '#engine/cli/root.ts'

export interface WorkerPool<T extends TaskTable> {
  /**
   * Performs a task in a worker, after those that wait before it.
   * @throws what the task throws; RetryableError WORKER_FAILED when its worker ends; the signal's reason
   */
  run<K extends keyof T & string>(
    name: K,
    data: TaskData<T, K>,
    signal?: AbortSignal,
  ): Promise<TaskResult<T, K>>
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** Tasks performed at the same time. @default 1 on two cores or fewer, else 2 */
  readonly size?: number
  /** A worker is replaced after so many. @default 1_000 */
  readonly tasksPerWorker?: number
  /** A worker that holds more after a task is replaced, bytes. @default 256 MiB */
  readonly maxHeld?: number
  /** A worker whose JavaScript grows beyond it within a task is ended, MiB. @default 1_024 */
  readonly maxHeap?: number
  /** How far its threads stand back for the event loop, in steps of the system's priority; Linux alone does so. @default 10 */
  readonly standBack?: number
}

/** What a worker is started with. */
export interface WorkerStart {
  readonly entry: string
  readonly standBack: number
}

interface Job {
  readonly name: string
  readonly data: unknown
  readonly done: (reply: Reply) => void
  readonly fail: (reason: unknown) => void
}

interface Slot {
  worker: Worker | null
  job: Job | null
  tasks: number
}

const isSource = import.meta.url.endsWith('.ts')
const productEntry = isSource
  ? new URL('./worker.ts', import.meta.url)
  : pathToFileURL(join(projectRoot, 'dist', 'engine', 'worker.js'))

const fromSource = new URL('./from-source.js', import.meta.url)

/** The product's own tasks in threads of their own. Nothing runs before the first. */
export const createProductWorkers = (options: WorkerPoolOptions = {}): WorkerPool<ProductTasks> =>
  createWorkerPool<ProductTasks>(productEntry, options)

/** Workers that start at `entry`, which serves the tasks of `T`. Idle ones do not keep the process. */
export function createWorkerPool<T extends TaskTable>(
  entry: URL,
  options: WorkerPoolOptions = {},
): WorkerPool<T> {
  const { tasksPerWorker = 1_000, maxHeld = 256 * 2 ** 20, maxHeap = 1_024 } = options
  const workerData: WorkerStart = { entry: entry.href, standBack: options.standBack ?? 10 }
  const size = options.size ?? (availableParallelism() > 2 ? 2 : 1)
  const slots = Array.from({ length: size }, (): Slot => ({ worker: null, job: null, tasks: 0 }))
  const waiting: Job[] = []
  const ending = new Set<Promise<unknown>>()
  let closed = false

  /** Ends a worker, whatever it does. */
  const drop = (slot: Slot): void => {
    const { worker } = slot
    slot.worker = null
    slot.tasks = 0
    if (worker === null) return
    const end = worker.terminate().finally(() => ending.delete(end))
    ending.add(end)
  }

  const take = (slot: Slot): Job | null => {
    const { job } = slot
    slot.job = null
    return job
  }

  const start = (slot: Slot): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: maxHeap }
    const worker = new Worker(entry.href.endsWith('.ts') ? fromSource : entry, {
      workerData,
      execArgv: [],
      resourceLimits,
    })
    let detail = 'it ended'
    worker.on('message', (reply: Reply) => {
      if (slot.worker !== worker) return
      slot.tasks += 1
      if (slot.tasks >= tasksPerWorker || reply.held > maxHeld) drop(slot)
      else worker.unref()
      take(slot)?.done(reply)
      next()
    })
    // Its code alone: a message could hold what the task was given.
    worker.on('error', (error) => {
      detail = 'code' in error && typeof error.code === 'string' ? error.code : error.name
    })
    worker.on('exit', () => {
      if (slot.worker !== worker) return
      slot.worker = null
      slot.tasks = 0
      const job = take(slot)
      job?.fail(new RetryableError('WORKER_FAILED', { task: job.name, detail }))
      next()
    })
    return worker
  }

  const next = (): void => {
    for (const slot of slots) {
      const job = slot.job === null ? waiting.shift() : undefined
      if (job === undefined) continue
      slot.job = job
      slot.worker ??= start(slot)
      slot.worker.ref()
      slot.worker.postMessage({ name: job.name, data: job.data })
    }
  }

  const remove = (job: Job): void => {
    const at = waiting.indexOf(job)
    if (at >= 0) waiting.splice(at, 1)
    const slot = slots.find((each) => each.job === job)
    if (slot === undefined) return
    slot.job = null
    drop(slot)
    next()
  }

  return {
    async run<K extends keyof T & string>(name: K, data: TaskData<T, K>, signal?: AbortSignal) {
      signal?.throwIfAborted()
      if (closed) throw shutDown(name)
      let abort = (): void => {}
      try {
        const reply = await new Promise<Reply>((done, fail) => {
          const job: Job = { name, data, done, fail }
          abort = () => {
            remove(job)
            fail(signal?.reason)
          }
          signal?.addEventListener('abort', abort, { once: true })
          waiting.push(job)
          next()
        })
        return valueOf(reply.outcome) as TaskResult<T, K>
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.fail(shutDown(job.name))
      for (const slot of slots) {
        const job = take(slot)
        job?.fail(shutDown(job.name))
        drop(slot)
      }
      await Promise.all(ending)
    },
  }
}

const shutDown = (task: string): RetryableError =>
  new RetryableError('WORKER_FAILED', { task, detail: 'the product is shutting down' })
