import { parentPort, workerData } from 'node:worker_threads'
import { failed, type Reply } from '#engine/adapters/workers/reply.ts'
import { standBack } from '#engine/adapters/workers/stand-back.ts'
import type { TaskTable } from '#engine/adapters/workers/task-table.ts'
import type { WorkerStart } from '#engine/adapters/workers/worker-pool.ts'

/** In a worker: performs tasks, one at a time, for as long as the pool sends them. */
export function serveTasks(tasks: TaskTable): void {
  standBack((workerData as WorkerStart).standBack)
  const perform = async ({ name, data }: { name: string; data: unknown }): Promise<void> => {
    const task = tasks[name] as (data: unknown) => unknown
    const outcome = await Promise.resolve(data)
      .then(task)
      .then((value): Reply['outcome'] => ({ kind: 'value', value }), failed)
    const { heapUsed, external } = process.memoryUsage()
    parentPort?.postMessage({ held: heapUsed + external, outcome } satisfies Reply)
  }
  parentPort?.on('message', (task) => void perform(task))
}
