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
  spin: (): void => {
    for (;;);
  },
}

serveTasks(fixtureTasks)
