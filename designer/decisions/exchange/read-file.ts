import type { ReadAnswer } from './read.worker.ts'

/** Reads a file in a worker of its own, which ends with it. */
export function readFile(file: File): Promise<ReadAnswer> {
  const worker = new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<ReadAnswer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ReadAnswer>) => resolve(data))
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.postMessage(file)
  }).finally(() => worker.terminate())
}
