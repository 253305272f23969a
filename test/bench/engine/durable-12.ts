import { rmSync } from 'node:fs'
import { compile } from '#core/compile/compile.ts'
import { printMachine } from '#core/compile/print.ts'
import type { RunningEngine } from '#engine/run/create-engine.ts'
import { bareMachine, type Form } from './bare-machine.ts'
import type { Progress } from '../measure.ts'
import type { BenchCase } from './cases.ts'
import { dbosPerSecond } from './dbos.ts'
import { driveRuns } from './drive-runs.ts'
import { pureStepping, stepping, writeAgain, type Stepping } from './limit.ts'
import { throughput } from '../line.ts'
import { answers, application, loanDecisions, loanFlow } from './loan-flow.ts'
import { by, databaseIn, registry, temporaryFolder, withEngine } from './open-engine.ts'
import type { Sizes } from './sizes.ts'
import { recordWrites, type Recording } from './write-recorder.ts'

const perSecond = (runs: number, ms: number): number => (runs * 1000) / ms
const median = <T>(list: readonly T[], of: (one: T) => number): T =>
  list.toSorted((one, other) => of(one) - of(other))[Math.floor(list.length / 2)] as T

/** The bare machine's forms beside SQLite's rows: as XState offers it, by the path that ours takes in it, with `invoke`. */
const limitNames = ['limit', 'limit-inert', 'limit-invoke'] as const
const limits: Readonly<Record<(typeof limitNames)[number], readonly [form: Form, pure: boolean]>> =
  {
    limit: ['events', true],
    'limit-inert': ['events', false],
    'limit-invoke': ['invoke', true],
  }

/** Runs per second of the loan flow, with 500 in flight. */
export const durable12: BenchCase = async function* (sizes, progress) {
  const rows = await record(sizes)
  const rounds = []
  for (let round = 1; round <= sizes.rounds; round += 1) {
    const ours = await engineRound(sizes)
    const bare = limitNames.map((name) => ({
      name,
      limit: limitRound(sizes, rows, rows.step(...limits[name])),
    }))
    progress(
      `round ${round}: ${ours.perSecond.toFixed(0)} runs/s (${ours.cpuPerRun.toFixed(0)} µs of processor a run), ` +
        bare.map(({ name, limit }) => `${name} ${limit.toFixed(0)}`).join(', '),
    )
    rounds.push(...bare.map((one) => ({ ...one, ours: ours.perSecond })))
  }
  for (const baseline of limitNames) {
    const { ours, limit } = median(
      rounds.filter(({ name }) => name === baseline),
      (round) => round.ours / round.limit,
    )
    yield throughput({ ...measured, value: ours, baseline, baselineValue: limit })
  }
  reportParts(sizes, rows, progress)
  if (sizes.dbosRuns === 0) return
  const before = await engineRound(sizes)
  const dbos = await dbosPerSecond(sizes, progress)
  const after = await engineRound(sizes)
  const value = (before.perSecond + after.perSecond) / 2
  for (const [baseline, baselineValue] of Object.entries(dbos))
    yield throughput({ ...measured, value, baseline, baselineValue })
}
const measured = { case: 'durable-12', unit: 'runs/s' }

async function engineRound(sizes: Sizes) {
  return withEngine(loanFlow, sizes.inFlight, async (engine) => {
    await drive(engine, sizes, Math.ceil(sizes.runs / 4))
    const { took, cpuPerRun } = await drive(engine, sizes, sizes.runs)
    return { perSecond: perSecond(sizes.runs, took), cpuPerRun }
  })
}

const drive = (engine: RunningEngine, { inFlight }: Sizes, runs: number) =>
  driveRuns(engine, { flow: loanFlow.id, runs, inFlight, input: application })

interface Recorded extends Pick<Recording, 'statements' | 'groups'> {
  /** The first group of the measured runs. */
  readonly from: number
  readonly step: (form: Form, pure: boolean) => Stepping
}

/** The rows of such a round, and how its runs went. */
async function record(sizes: Sizes): Promise<Recorded> {
  const recording = recordWrites()
  try {
    return await withEngine(loanFlow, sizes.inFlight, async (engine) => {
      await drive(engine, sizes, Math.ceil(sizes.runs / 4))
      const from = recording.count()
      await drive(engine, sizes, sizes.runs)
      const { statements, groups } = recording
      const ports = portsOf(engine)
      const release = {
        flow: engine.flows.get(by.tenant, loanFlow.id).document,
        decisions: Object.fromEntries(loanDecisions.map((decision) => [decision.id, decision])),
        nodes: {},
        models: {},
      }
      const definition = printMachine(compile(release as never, registry))
      return {
        statements: [...statements],
        groups: [...groups],
        from,
        step(form, pure) {
          const machine = bareMachine(definition, ports, form)
          const events = Object.keys(answers).map((id) => ({
            type: form === 'events' ? `answer:${id}` : `xstate.done.actor.${id}`,
            output: { port: 'out', value: answers[id] },
          }))
          return (pure ? pureStepping : stepping)(machine, events, sizes.inFlight)
        },
      }
    })
  } finally {
    recording.stop()
  }
}

function portsOf(engine: RunningEngine): ReadonlyMap<string, string> {
  const id = engine.listRuns(by.tenant, { limit: 1, status: 'completed' }).items[0]?.id ?? ''
  return new Map(engine.getRun(by.tenant, id).steps.map(({ node, port }) => [node, port ?? '']))
}

function limitRound(sizes: Sizes, rows: Recorded, step: Stepping): number {
  const folder = temporaryFolder()
  try {
    return perSecond(sizes.runs, writeAgain(rows, databaseIn(folder), { from: rows.from, step }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What the limits are made of. */
function reportParts(sizes: Sizes, rows: Recorded, progress: Progress): void {
  const steps = sizes.runs * (Object.keys(answers).length + 1)
  const alone = (step: Stepping): string => {
    for (let n = 0; n < steps / 4; n += 1) step()
    const began = performance.now()
    for (let n = 0; n < steps; n += 1) step()
    return perSecond(sizes.runs, performance.now() - began).toFixed(0)
  }
  progress(
    `bare parts, runs/s: SQLite ${limitRound(sizes, rows, () => {}).toFixed(0)}, ` +
      `XState for ${limitNames.map((name) => `${name} ${alone(rows.step(...limits[name]))}`).join(', ')}`,
  )
  const written = rows.groups.slice(rows.from)
  const perGroup = written.reduce((sum, group) => sum + group.length, 0) / written.length
  progress(
    `${written.length} groups of ${perGroup.toFixed(0)} rows on average for ${sizes.runs} runs`,
  )
}
