import type { Draft } from '../draft-thread.ts'
import type { Bench, Question, Reply } from './tests.worker.ts'

/** Asks a worker of its own, which ends with the answer or with `signal`. @throws Error with what went wrong */
export function askBench<Q extends Question>(
  question: Q,
  draft: Draft,
  signal?: AbortSignal,
): Promise<ReturnType<Bench[Q]>> {
  const worker = new Worker(new URL('./tests.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<ReturnType<Bench[Q]>>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    worker.addEventListener('message', ({ data }: MessageEvent) => {
      const reply = data as Reply
      // The worker answers the question that it was asked.
      if ('done' in reply) resolve(reply.done as ReturnType<Bench[Q]>)
      else reject(new Error(reply.problem))
    })
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage({ question, draft })
  }).finally(() => worker.terminate())
}
