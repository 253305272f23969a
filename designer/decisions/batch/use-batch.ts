import { useEffect, useRef, useState } from 'react'
import type { BatchOrder, BatchProgress, BatchReply, BatchRow } from './batch-messages.ts'

export interface BatchState {
  readonly running: boolean
  readonly names: readonly string[]
  readonly rows: readonly BatchRow[]
  readonly progress: BatchProgress | null
  /** ms so far */
  readonly took: number
  /** The results as a file, once it has ended. */
  readonly file: Blob | null
  /** Whether it came to the end of the cases. */
  readonly whole: boolean
  readonly problem: string | null
}

const nothing: BatchState = {
  running: false,
  names: [],
  rows: [],
  progress: null,
  took: 0,
  file: null,
  whole: false,
  problem: null,
}

/** Takes files of cases through drafts, in a worker that ends with the page's interest in it. */
export function useBatch() {
  const [state, setState] = useState(nothing)
  const worker = useRef<Worker | null>(null)
  useEffect(() => () => worker.current?.terminate(), [])

  const run = (order: BatchOrder): void => {
    worker.current?.terminate()
    const began = performance.now()
    const own = new Worker(new URL('./batch.worker.ts', import.meta.url), { type: 'module' })
    worker.current = own
    setState({ ...nothing, running: true })
    own.addEventListener('message', ({ data }: MessageEvent) => {
      const reply = data as BatchReply
      const took = performance.now() - began
      setState((before) => ({ ...before, ...after[reply.about](before, reply as never), took }))
      if (reply.about === 'end' || reply.about === 'problem') own.terminate()
    })
    own.addEventListener('error', ({ message }) =>
      setState((before) => ({ ...before, running: false, problem: message })),
    )
    own.postMessage(order)
  }
  return {
    state,
    run,
    stop: () => worker.current?.postMessage('stop'),
    reset: () => {
      worker.current?.terminate()
      setState(nothing)
    },
  }
}

type After = {
  readonly [K in BatchReply['about']]: (
    before: BatchState,
    reply: Extract<BatchReply, { about: K }>,
  ) => Partial<BatchState>
}
const after: After = {
  columns: (_, { names }) => ({ names }),
  rows: (before, { rows, progress }) => ({
    progress,
    rows: rows.length === 0 ? before.rows : [...before.rows, ...rows],
  }),
  end: (_, { whole, file }) => ({ running: false, whole, file }),
  problem: (_, { problem }) => ({ running: false, problem }),
}
