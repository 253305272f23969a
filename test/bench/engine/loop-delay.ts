import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createOcrService } from '#engine/adapters/ocr/create-ocr-service.ts'
import { projectRoot } from '#engine/cli/root.ts'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import { cost } from '../line.ts'
import type { BenchCase } from './cases.ts'
import { driveRuns } from './drive-runs.ts'
import { application, loanFlow } from './loan-flow.ts'
import { withEngine } from './open-engine.ts'
import type { Sizes } from './sizes.ts'

/** ms */
const budget = 30
const resolution = 1

const statement = (): Uint8Array =>
  readFileSync(join(projectRoot, 'templates', 'personal-loan', 'samples', 'asha', 'statement.pdf'))

/** How late the event loop is while runs of the loan flow go through it, alone and with documents read beside. */
export const loopDelay: BenchCase = async function* (sizes, progress) {
  yield await delayOf('budget', sizes, progress, (engine) => drive(engine, sizes))
  const ocr = createOcrService({ workers: 1 })
  const read = () => ocr.read(statement(), { type: 'application/pdf' })
  try {
    await read()
    yield await delayOf('budget-with-documents', sizes, progress, async (engine) => {
      let driven = false
      let documents = 0
      const reading = (async () => {
        for (; !driven; documents += 1) await read()
      })()
      await drive(engine, sizes)
      driven = true
      await reading
      progress(`${documents} documents read`)
    })
  } finally {
    await ocr.close()
  }
}

async function delayOf(
  baseline: string,
  sizes: Sizes,
  progress: (text: string) => void,
  load: (engine: RunningEngine) => Promise<unknown>,
) {
  const delay = monitorEventLoopDelay({ resolution })
  await withEngine(loanFlow, sizes.inFlight, async (engine) => {
    await drive(engine, sizes)
    delay.enable()
    await load(engine)
    delay.disable()
  })
  const ms = (ns: number): number => Math.max(ns / 1e6 - resolution, 0.1)
  const [p50, p90, p99] = [50, 90, 99].map((share) => ms(delay.percentile(share)))
  progress(
    `${baseline}: ms late, half ${p50?.toFixed(1)}, 90 % ${p90?.toFixed(1)}, longest ${ms(delay.max).toFixed(1)}`,
  )
  return cost({
    case: 'loop-delay',
    value: p99 ?? 0,
    unit: 'ms late at p99',
    baseline,
    baselineValue: budget,
  })
}

const drive = (engine: RunningEngine, { inFlight, runs }: Sizes) =>
  driveRuns(engine, { flow: loanFlow.id, runs, inFlight, input: application })
