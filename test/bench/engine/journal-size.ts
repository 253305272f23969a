import { Database } from '#engine/adapters/sqlite/database.ts'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import type { BenchCase } from './cases.ts'
import { driveRuns } from './drive-runs.ts'
import { cost } from '../line.ts'
import { application, loanFlow } from './loan-flow.ts'
import { by, databaseIn, withEngine } from './open-engine.ts'

const budget = 600

/** UTF-8 bytes of what people see of a run: each step's input and output, as JSON. */
function payloadOf(engine: RunningEngine, run: string): number {
  const { steps } = engine.getRun(by.tenant, run)
  return steps
    .flatMap(({ input, output }) => [input, output])
    .reduce<number>((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0)
}

/** Bytes of the database, tables and indexes, and rows of the journal. */
function sizeOf(file: string): { bytes: number; steps: number } {
  const db = new Database(file, { readonly: true })
  try {
    const one = (sql: string) => db.prepare(sql).pluck().get() as number
    const bytes = one(
      'SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()',
    )
    return { bytes, steps: one("SELECT count(*) FROM journal WHERE stream GLOB 'r*'") }
  } finally {
    db.close()
  }
}

/** What the database grows by with each input to a run (a row of the journal), over its payload. */
export const journalSize: BenchCase = async function* ({ runs, inFlight }, progress) {
  const line = await withEngine(loanFlow, inFlight, async (engine, folder) => {
    const load = { flow: loanFlow.id, inFlight, input: application }
    await driveRuns(engine, { ...load, runs: inFlight })
    const before = sizeOf(databaseIn(folder))
    await driveRuns(engine, { ...load, runs })
    const after = sizeOf(databaseIn(folder))
    const steps = after.steps - before.steps
    const inAll = (after.bytes - before.bytes) / steps
    const one = engine.listRuns(by.tenant, { limit: 1, status: 'completed' }).items[0]?.id ?? ''
    const payload = (payloadOf(engine, one) * runs) / steps
    progress(
      `${inAll.toFixed(0)} bytes a step in all, of which ${payload.toFixed(0)} are payload; ${(steps / runs).toFixed(1)} steps a run`,
    )
    return { value: inAll - payload }
  })
  yield cost({
    ...line,
    case: 'journal-size',
    unit: 'bytes/step over the payload',
    baseline: 'budget',
    baselineValue: budget,
  })
}
