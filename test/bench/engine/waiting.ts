import { rmSync, statSync } from 'node:fs'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import type { BenchCase } from './cases.ts'
import { cost, throughput } from '../line.ts'
import { application } from './loan-flow.ts'
import { by, databaseIn, openEngine, publish, temporaryFolder } from './open-engine.ts'

const memoryBudget = 50
const restartBudget = 3

/** Waits for a month: a run of it costs a row in each of four tables, and a timer. */
const waitingFlow = {
  kind: 'flow',
  format: 1,
  id: 'waiting',
  name: 'Waiting',
  input: { type: 'object' },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'start' },
    { id: 'wait', type: 'flow.wait', name: 'wait', config: { duration: '30d' } },
    { id: 'end', type: 'flow.end', name: 'end', inputs: { output: { var: 'input.number' } } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourcePort: 'out', target: 'wait' },
    { id: 'e2', source: 'wait', sourcePort: 'out', target: 'end' },
  ],
}

/** MB that this process holds once garbage is collected: all of it, and of that what JavaScript holds. */
function memory(): { readonly resident: number; readonly held: number } {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss / 1024 / 1024, held: (heapUsed + external) / 1024 / 1024 }
}

/** Starts runs, so many at a time; gives runs per second. */
async function startRuns(engine: RunningEngine, runs: number, atOnce: number): Promise<number> {
  const began = performance.now()
  for (let started = 0; started < runs; started += atOnce)
    await Promise.all(
      Array.from({ length: Math.min(atOnce, runs - started) }, (_, n) =>
        engine.startRun({ ...by, flow: waitingFlow.id, input: application(started + n) }),
      ),
    )
  return (runs * 1000) / (performance.now() - began)
}

/** 100,000 runs that wait: what they cost in memory, at a restart, and those that start after them. */
export const waiting: BenchCase = async function* ({ waiting: count, rounds }, progress) {
  const [full, empty] = [temporaryFolder(), temporaryFolder()]
  const atOnce = 250
  const probe = Math.min(2_000, count)
  let engine = await openEngine(full)
  const other = await openEngine(empty)
  try {
    for (const each of [engine, other]) {
      publish(each, waitingFlow)
      await startRuns(each, probe, atOnce)
    }
    const before = memory()
    await startRuns(engine, count, atOnce)
    const after = memory()
    progress(`of the growth JavaScript holds ${(after.held - before.held).toFixed(1)} MB`)
    yield cost({
      case: 'waiting',
      // A process that has shrunk has grown by nothing that can be divided by.
      value: Math.max(after.resident - before.resident, 0.1),
      unit: 'MB of resident memory',
      baseline: 'memory-budget',
      baselineValue: memoryBudget,
    })

    const rates = []
    for (let round = 0; round < rounds; round += 1) {
      const none = await startRuns(other, probe, atOnce)
      const some = await startRuns(engine, probe, atOnce)
      rates.push({ some, none })
    }
    const { some, none } = rates.toSorted((a, b) => a.some / a.none - b.some / b.none)[
      Math.floor(rates.length / 2)
    ] as (typeof rates)[number]

    await engine.close()
    const bytes = statSync(databaseIn(full)).size / (count + (rounds + 1) * probe)
    progress(`${bytes.toFixed(0)} bytes on disk for each waiting run`)
    const began = performance.now()
    engine = await openEngine(full)
    await startRuns(engine, 1, 1)
    const restart = (performance.now() - began) / 1000
    yield cost({
      case: 'waiting',
      value: restart,
      unit: 's from opening to the next run started',
      baseline: 'restart-budget',
      baselineValue: restartBudget,
    })
    yield throughput({
      case: 'waiting',
      value: some,
      unit: 'starts/s',
      baseline: 'none-waiting',
      baselineValue: none,
    })
  } finally {
    await engine.close()
    await other.close()
    for (const folder of [full, empty]) rmSync(folder, { recursive: true })
  }
}
