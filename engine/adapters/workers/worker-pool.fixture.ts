import { getPriority } from 'node:os'
import { threadId } from 'node:worker_threads'
import { serveTasks } from '#engine/adapters/workers/serve-tasks.ts'

const held: Uint8Array[] = []

export const fixtureTasks = {
  thread: (): number => threadId,
  priority: (): number => getPriority(),
  hold: (bytes: number): number => {
    held.push(new Uint8Array(bytes))
    return threadId
  },
  end: (): void => process.exit(1),
  grow: (): void => {
    const all: number[][] = []
    for (;;) all.push(Array.from({ length: 10_000 }, (_, index) => index + all.length))
  },
  wait: () => new Promise<void>(() => {}),
  /** Throws where no caller hears it, as libraries do. */
  stray: () =>
    new Promise<void>(() => {
      setImmediate(() => {
        throw new Error('outside of the task')
      })
    }),
  spin: (): void => {
    for (;;);
  },
}

serveTasks(fixtureTasks)
