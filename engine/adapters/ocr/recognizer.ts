import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page, Worker } from 'tesseract.js'
import { RetryableError, TerminalError } from '#core/errors.ts'
import { projectRoot } from '#engine/cli/root.ts'

/** Turns a prepared image into words with boxes; a small pool of tesseract workers behind it. */
export interface Recognizer {
  /** @throws RetryableError OCR_TIMEOUT, OCR_FAILED; TerminalError OCR_LANGUAGE_MISSING */
  recognize(
    image: Uint8Array,
    options: { language: string; signal?: AbortSignal | undefined },
  ): Promise<Page>
  close(): Promise<void>
}

export interface RecognizerOptions {
  readonly workers?: number
  readonly pageTimeout?: number
  /** Tesseract's memory grows with every page: a worker is replaced after so many. @default 25 */
  readonly pagesPerWorker?: number
  /** A worker that is idle for so long is stopped, ms. @default 60_000 */
  readonly idle?: number
}

interface Slot {
  worker: Worker | null
  language: string
  pages: number
  idle: NodeJS.Timeout | undefined
}

const startTimeout = 30_000

export function createRecognizer(options: RecognizerOptions = {}): Recognizer {
  const size = options.workers ?? (availableParallelism() > 2 ? 2 : 1)
  const pageTimeout = options.pageTimeout ?? 60_000
  const pagesPerWorker = options.pagesPerWorker ?? 25
  const idleTime = options.idle ?? 60_000
  const free: Slot[] = Array.from({ length: size }, () => ({
    worker: null,
    language: '',
    pages: 0,
    idle: undefined,
  }))
  const all = [...free]
  const waiting: { take: (slot: Slot) => void; give: (reason: unknown) => void }[] = []
  let closed = false

  const acquire = async (signal: AbortSignal | undefined): Promise<Slot> => {
    signal?.throwIfAborted()
    const slot = free.pop()
    if (slot) return slot
    return new Promise((resolve, reject) => {
      const ticket = { take: resolve, give: reject }
      waiting.push(ticket)
      signal?.addEventListener('abort', () => {
        const at = waiting.indexOf(ticket)
        if (at >= 0) waiting.splice(at, 1)
        reject(signal.reason)
      })
    })
  }
  const release = (slot: Slot): void => {
    const next = waiting.shift()
    if (next) return next.take(slot)
    free.push(slot)
    slot.idle = setTimeout(() => void stop(slot), idleTime)
    slot.idle.unref()
  }

  return {
    async recognize(image, { language, signal }) {
      if (closed) throw new RetryableError('OCR_FAILED', { detail: 'the reader is shutting down' })
      const slot = await acquire(signal)
      clearTimeout(slot.idle)
      try {
        signal?.throwIfAborted()
        if (slot.worker && (slot.language !== language || slot.pages >= pagesPerWorker))
          await stop(slot)
        slot.worker ??= await start(language)
        slot.language = language
        slot.pages += 1
        const job = slot.worker.recognize(
          Buffer.from(image),
          { rotateAuto: true },
          { text: true, blocks: true },
        )
        return (await settle(job, pageTimeout, signal)).data
      } catch (error) {
        // A worker that timed out, was aborted or failed may still be computing: drop it.
        await stop(slot)
        if (signal?.aborted || error instanceof RetryableError || error instanceof TerminalError)
          throw error
        throw new RetryableError('OCR_FAILED', { detail: String(error) }, { cause: error })
      } finally {
        release(slot)
      }
    },
    async close() {
      closed = true
      for (const ticket of waiting.splice(0))
        ticket.give(new RetryableError('OCR_FAILED', { detail: 'the reader is shutting down' }))
      for (const slot of all) clearTimeout(slot.idle)
      await Promise.all(all.map(stop))
    },
  }
}

async function start(language: string): Promise<Worker> {
  const langPath = dataFolder(language)
  const { createWorker, OEM } = await import('tesseract.js')
  const starting = createWorker(language, OEM.LSTM_ONLY, {
    langPath,
    workerPath: join(projectRoot, 'engine', 'adapters', 'ocr', 'recognition-worker.js'),
    cacheMethod: 'none',
    gzip: true,
    // Without it a bad image throws outside any promise and ends the process; the promise rejects all the same.
    errorHandler: () => undefined,
  })
  try {
    return await settle(starting, startTimeout, undefined)
  } catch (error) {
    void starting.then((late) => late.terminate()).catch(() => undefined)
    throw error
  }
}

async function stop(slot: Slot): Promise<void> {
  const worker = slot.worker
  slot.worker = null
  slot.pages = 0
  await worker?.terminate()
}

/** Where the package with the trained data of a language lies: nothing is ever downloaded. */
function dataFolder(language: string): string {
  const missing = new TerminalError('OCR_LANGUAGE_MISSING', { language })
  if (!/^[a-z]{3}(_[a-z]+)?$/.test(language)) throw missing
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@tesseract.js-data/${language}/package.json`,
    )
    const folder = join(dirname(manifest), '4.0.0_best_int')
    if (existsSync(join(folder, `${language}.traineddata.gz`))) return folder
  } catch {
    // not installed
  }
  throw missing
}

/** @throws RetryableError OCR_TIMEOUT after `ms`, or the signal's reason */
function settle<T>(job: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new RetryableError('OCR_TIMEOUT', { seconds: ms / 1000 })),
      ms,
    )
    const abort = (): void => reject(signal?.reason)
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
    job.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    })
  })
}
