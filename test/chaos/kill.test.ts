import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../property/random.ts'
import { bundledWorkers } from './bundled-workers.ts'
import { runLane, type Death } from './lane.ts'
import type { CrashPoint } from './protocol.ts'

const kills = Number(process.env['CHAOS_KILLS'] ?? 60)
/** With these over no further life begins. */
const minutes = Number(process.env['CHAOS_MINUTES'] ?? 1)
/** One: at each journal write; more: at every so many-th. */
const stride = Number(process.env['CHAOS_STRIDE'] ?? 2)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)
/** Engines that live and die beside each other, each with a database and a ledger of its own. */
const lanes = Number(process.env['CHAOS_LANES'] ?? 4)

let folder: string
let workers: Awaited<ReturnType<typeof bundledWorkers>>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metis-chaos-'))
  workers = await bundledWorkers('worker', 'checkpoint-thread')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  workers.remove()
})

const outlived = new Set<CrashPoint['when']>()
/** Before each commit of a journal write of the flow, between it and its sync, and after that, until a run outlives its writes; then at random. */
function* allDeaths(): Generator<Death> {
  for (const when of ['before', 'after', 'synced'] as const)
    for (let write = 1; !outlived.has(when); write += stride) yield { write, when }
  const until = Date.now() + minutes * 60_000
  for (let kill = 0; kill < kills && Date.now() < until; kill += 1) yield 'random'
}

it(
  `[R47] [R320] a process killed before the commit of journal writes, between it and its sync, and after that, and ${kills} times at random, finishes every acknowledged run, and the ledger saw every effect`,
  { timeout: (minutes + 4) * 60_000 },
  async () => {
    const deaths = allDeaths()
    const seen = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => {
        const name = `lane-${lane}`
        const data = join(folder, name)
        mkdirSync(data)
        const random = createRandom(seed + lane)
        const onOutlived = ({ when }: CrashPoint) => outlived.add(when)
        return runLane({
          name,
          worker: workers.path('worker'),
          folder: data,
          random,
          deaths,
          onOutlived,
        })
      }),
    )

    const died = seen.flatMap((lane) => lane.deaths)
    const atWrite = (when: CrashPoint['when']) =>
      died.filter((death): death is CrashPoint => death !== 'random' && death.when === when)
    const before = atWrite('before')
    const after = atWrite('after')
    const synced = atWrite('synced')
    // The start, ten answers with and without retries, a timer, a task, and the items' own.
    for (const points of [before, after, synced])
      expect(Math.max(...points.map(({ write }) => write))).toBeGreaterThanOrEqual(12)
    const sum = (of: 'runs' | 'undone' | 'effects' | 'repeated') =>
      seen.reduce((total, lane) => total + lane[of], 0)
    const random = died.length - before.length - after.length - synced.length
    const [effects, repeated] = [sum('effects'), sum('repeated')]
    console.log(
      [
        'Killed and started again; what the outside world saw:',
        `  kills          ${before.length} before a journal write, ${after.length} between it and its sync, ${synced.length} after that, ${random} at random (seed ${seed})`,
        `  runs           ${sum('runs')} acknowledged and finished, ${sum('undone')} of them undone`,
        `  effects        ${effects} booked once each, 0 lost`,
        `  calls repeated ${repeated}, ${((100 * repeated) / effects).toFixed(1)} % of the effects; the ledger knew their keys`,
      ].join('\n'),
    )
  },
)
