import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { RetryableError } from '#core/errors.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'
import { systemClock } from '#engine/adapters/clock/system.ts'
import { loadMasterKey } from '#engine/adapters/sqlite/master-key.ts'
import { openStore } from '#engine/adapters/sqlite/open-store.ts'
import { createWorkerPool } from '#engine/adapters/workers/worker-pool.ts'
import { createEngine } from '#engine/run/create-engine.ts'
import type { checkpointTasks } from './checkpoint-thread.ts'
import { crashingStore } from './crashing-store.ts'
import { chaosFlow, fails, ledgerEntry } from './chaos-flow.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

// The process that the kill test kills: an engine that starts runs when it is told to.
const [folder = '', ledger = ''] = process.argv.slice(2)
const by = { tenant: 'default', actor: { id: 'chaos', kind: 'system' as const } }
const tell = (message: FromWorker): void => void process.send?.(message)

// Checkpoints at every few commits, so that kills meet them, and the log beginning anew.
const threads = createWorkerPool<typeof checkpointTasks>(
  new URL('./checkpoint-thread.mjs', import.meta.url),
  { size: 1 },
)
const { store, arm } = crashingStore(
  openStore(join(folder, 'metis.db'), {
    every: 8,
    most: 32,
    thread: { run: (task) => threads.run('log.checkpoint', task), close: () => threads.close() },
    failed(detail) {
      throw new Error(detail)
    },
  }),
)
const engine = await createEngine({
  store,
  registry: createRegistry([...builtInNodes, ledgerEntry(ledger)]),
  clock: systemClock,
  masterKey: loadMasterKey(join(folder, 'master.key')),
  runsInMemory: 4,
})
if (engine.flows.list('default').length === 0) {
  engine.flows.save({ ...by, document: chaosFlow })
  engine.flows.publish({ ...by, id: 'chaos' })
}

/** The person in the flow answers at once. */
const answerTasks = (): void => {
  for (const task of engine.listTasks('default', { status: 'open', limit: 500 }).items)
    engine.completeTask({ ...by, task: task.id, outcome: 'ok', value: {} }).catch(() => {
      // Answered in the meantime.
    })
}
engine.subscribe((_, events) => {
  if (events.some(({ node }) => node === 'look')) setImmediate(answerTasks)
})
answerTasks()

const statuses = () => {
  const all: { id: string; status: string; output: unknown; same: boolean }[] = []
  for (let cursor: string | undefined; ;) {
    const page = engine.listRuns('default', { limit: 500, ...(cursor ? { cursor } : {}) })
    for (const { id } of page.items) {
      const { status, output } = engine.getRun('default', id)
      const children = engine.listRuns('default', { parent: id, limit: 500 }).items
      const same = [{ id }, ...children].every((run) => engine.replay('default', run.id).same)
      all.push({ id, status, output, same })
    }
    if (page.next === null) return all
    cursor = page.next
  }
}

const handlers: {
  [T in ToWorker['type']]: (message: Extract<ToWorker, { type: T }>) => Promise<void>
} = {
  async start({ caseKey, amount, crash }) {
    if (crash) arm(crash)
    const input = { amount, fails: fails(amount) }
    for (;;)
      try {
        const { id } = await engine.startRun({ ...by, flow: 'chaos', caseKey, input })
        tell({ type: 'acknowledged', caseKey, id })
        return
      } catch (error) {
        // Turned away by a busy engine: sent again when it says, as any client would.
        if (!(error instanceof RetryableError && error.code === 'OVERLOADED')) throw error
        await setTimeout(error.after)
      }
  },
  async drain() {
    const unfinished = () =>
      (['running', 'waiting', 'undoing'] as const).some(
        (status) => engine.listRuns('default', { status, limit: 1 }).total > 0,
      )
    await new Promise<void>((resolve) => {
      const stop = engine.subscribe(() => {
        if (unfinished()) return
        stop()
        resolve()
      })
      if (!unfinished()) resolve()
    })
    tell({ type: 'drained', runs: statuses(), chain: engine.verify('default').ok })
  },
}
process.on('message', (message: ToWorker) => void handlers[message.type](message as never))
tell({ type: 'ready' })
