import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../property/random.ts'
import { bookingNodes, fails, items, undoingNodes } from './chaos-flow.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { startLife, type Life } from './life.ts'

const kills = Number(process.env['CHAOS_KILLS'] ?? 12)
const minutes = Number(process.env['CHAOS_MINUTES'] ?? 4)
/** One: at each journal write; more: at every so many-th. */
const stride = Number(process.env['CHAOS_STRIDE'] ?? 3)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)
const startsPerLife = 3
const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the repository, so that the worker finds its packages.
const built = join(root, 'node_modules/.cache/metis-chaos')

let ledger: Ledger
let folder: string
beforeAll(async () => {
  ledger = await openLedger()
  folder = mkdtempSync(join(tmpdir(), 'metis-chaos-'))
  mkdirSync(built, { recursive: true })
  // One plain file starts in a tenth of a second.
  await build({
    entryPoints: [join(root, 'test/chaos/worker.ts')],
    outfile: join(built, 'worker.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
})
afterAll(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true })
})

it(
  `[R47] [R320] a process killed before and after journal writes, and ${kills} times at random, finishes every acknowledged run, and the ledger saw every effect`,
  { timeout: (minutes + 2) * 60_000 },
  async () => {
    const random = createRandom(seed)
    const acknowledged = new Map<string, string>()
    const amounts = new Map<string, number>()
    const live = (onAcknowledged: () => unknown) =>
      startLife([join(built, 'worker.mjs'), folder, ledger.url], (caseKey, run) => {
        // Acknowledged once is acknowledged for good.
        expect(acknowledged.get(caseKey) ?? run).toBe(run)
        acknowledged.set(caseKey, run)
        onAcknowledged()
      })
    const unacknowledged = () => [...amounts.keys()].filter((key) => !acknowledged.has(key))

    const until = Date.now() + minutes * 60_000
    let killed = 0
    /** Journal writes of the flow, before and after their commit; ends with a run that outlives its writes. */
    const points = { before: 0, after: 0 }
    const deaths = { before: 0, after: 0 }
    for (const when of ['before', 'after'] as const)
      for (let write = 1, outlived = false; !outlived; write += stride) {
        const caseKey = `${when}-${write}`
        const life = live(() => acknowledged.has(caseKey) && life.send({ type: 'drain' }))
        await life.ready
        for (const key of unacknowledged())
          life.send({ type: 'start', caseKey: key, amount: amounts.get(key) ?? 0 })
        // Such a run fails, so that its undoing is among the writes.
        const amount = 2 * write + 1
        amounts.set(caseKey, amount)
        life.send({ type: 'start', caseKey, amount, crash: { write, when } })
        outlived = await Promise.race([life.drained.then(() => true), life.gone.then(() => false)])
        if (outlived) life.process.kill('SIGKILL')
        else {
          points[when] = write
          deaths[when] += 1
        }
        await life.gone
      }
    // The start, ten answers with and without retries, a timer, a task, and the items' own.
    expect(points.before).toBeGreaterThanOrEqual(12)
    expect(points.after).toBeGreaterThanOrEqual(12)

    for (let kill = 0; kill < kills && Date.now() < until; kill += 1) {
      killed += 1
      // Death comes after so many acknowledgements, ledger entries or milliseconds, while the process starts too.
      let left = 1 + random.int(14)
      const cause = random.pick(['acknowledged', 'entry', 'entry', 'time', 'early'])
      const life = live(() => strike('acknowledged'))
      const strike = (by: string): void => {
        if (by === cause && (left -= 1) <= 0) life.process.kill('SIGKILL')
      }
      ledger.onEntry = () => strike('entry')
      if (cause === 'early') setTimeout(() => life.process.kill('SIGKILL'), 20 + random.int(200))
      await Promise.race([life.ready, life.gone])
      // What was not acknowledged is sent again, as any client would.
      for (const caseKey of unacknowledged())
        life.send({ type: 'start', caseKey, amount: amounts.get(caseKey) ?? 0 })
      for (let index = 0; index < startsPerLife; index += 1) {
        const caseKey = `case-${kill}-${index}`
        amounts.set(caseKey, random.int(1_000))
        life.send({ type: 'start', caseKey, amount: amounts.get(caseKey) ?? 0 })
      }
      const latest = setTimeout(
        () => life.process.kill('SIGKILL'),
        cause === 'time' ? random.int(80) : 1_000,
      )
      await life.gone

      clearTimeout(latest)
    }

    ledger.onEntry = () => {}
    const last = await new Promise<Life>((resolve) => {
      const life = live(() => unacknowledged().length === 0 && resolve(life))
      if (unacknowledged().length === 0) resolve(life)
      for (const caseKey of unacknowledged())
        void life.ready.then(() =>
          life.send({ type: 'start', caseKey, amount: amounts.get(caseKey) ?? 0 }),
        )
    })
    await last.ready
    last.send({ type: 'drain' })
    const { runs, chain } = await last.drained
    last.process.kill()
    await last.gone

    const byId = new Map(runs.map((run) => [run.id, run]))
    expect(chain).toBe(true)
    expect(runs.length).toBe(amounts.size)
    expect(acknowledged.size).toBe(amounts.size)
    let expected = 0
    for (const [caseKey, id] of acknowledged) {
      const amount = amounts.get(caseKey) ?? 0
      const entryOf = (step: string) => ledger.entries.get(`${id}:${step}`)
      const shares = items.map((_, index) => entryOf(`list:1/${index}:share:1`))
      const undone = fails(amount) ? undoingNodes.map((node) => entryOf(`${node}:1`)) : []
      const booked = [...bookingNodes.map((node) => entryOf(`${node}:1`)), ...shares, ...undone]
      for (const booking of booked) expect(booking).toBeDefined()
      expected += booked.length
      // What was done last is undone first.
      expect(undone).toEqual(undone.toSorted((one = 0, other = 0) => one - other))
      expect(byId.get(id)).toEqual({
        id,
        status: fails(amount) ? 'failed' : 'completed',
        output: { left: entryOf('left:1'), far: entryOf('far:1'), shares, amount },
        same: true,
      })
    }
    // Every key belongs to a run: nothing was booked that no run asked for.
    expect(ledger.entries.size).toBe(expected)
    const duplicates = (ledger.answers() - expected) / expected
    console.log(
      [
        'Killed and started again; what the outside world saw:',
        `  kills          ${deaths.before} before a journal write, ${deaths.after} after one, ${killed} at random (seed ${seed})`,
        `  runs           ${acknowledged.size} acknowledged, ${runs.length} finished, ${runs.filter(({ status }) => status === 'failed').length} of them undone`,
        `  effects        ${expected} booked once each, 0 lost`,
        `  calls repeated ${ledger.answers() - expected}, ${(100 * duplicates).toFixed(1)} % of the effects; the ledger knew their keys`,
      ].join('\n'),
    )
  },
)
