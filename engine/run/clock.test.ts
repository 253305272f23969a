import { afterEach, beforeEach, expect, it } from 'vitest'
import { by, openBench, sketch, type Bench } from './engine-fixture.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const hour = 3_600_000
const year = 365 * 24 * hour
const timers = 2_000
const branches = Array.from({ length: 10 }, (_, n) => `w${n}`)

/** Ten waits side by side, each until its own moment. */
const waiting = sketch(
  'waiting',
  [
    { id: 'start', type: 'flow.start' },
    { id: 'fork', type: 'flow.fork', config: { branches: branches.map((id) => ({ id })) } },
    ...branches.map((id) => ({
      id,
      type: 'flow.wait',
      inputs: { until: { var: `input.${id}` } },
    })),
    { id: 'join', type: 'flow.join' },
    { id: 'end', type: 'flow.end' },
  ],
  [
    'start.out > fork',
    ...branches.flatMap((id) => [`fork.${id} > ${id}`, `${id}.out > join`]),
    'join.out > end',
  ],
)

it(
  '[R257] two thousand timers over thirty years, while the clock jumps hours both ways, each fire once, in time and never early',
  { timeout: 30_000 },
  async () => {
    const begin = bench.clock.now()
    /** Moments in no order; many share one, the others are spread over the days after it. */
    const moment = (n: number): number =>
      begin + hour + ((n * 7_919) % 1_000) * ((30 * year) / 1_000) + (n % 9) * (n % 777) * 60_000
    const due = new Map<string, number>()
    const fired = new Map<string, number>()
    const early: string[] = []
    const late: string[] = []
    bench.engine.subscribe((_, events) => {
      for (const { type, node, run } of events)
        if (type === 'step.completed' && node?.startsWith('w')) {
          const timer = `${run}:${node}`
          fired.set(timer, (fired.get(timer) ?? 0) + 1)
          if (bench.clock.now() < (due.get(timer) ?? Infinity)) early.push(timer)
        }
    })
    const { id: flow } = bench.engine.flows.save({ ...by, document: waiting })
    bench.engine.flows.publish({ ...by, id: flow })
    const start = async (n: number): Promise<void> => {
      const input = Object.fromEntries(branches.map((id, of) => [id, moment(n + of)]))
      const { id: run } = await bench.engine.startRun({ ...by, flow, input })
      for (const [branch, at] of Object.entries(input)) due.set(`${run}:${branch}`, at)
    }
    for (let from = 0; from < timers; from += 500)
      await Promise.all(Array.from({ length: 50 }, (_, n) => start(from + n * branches.length)))
    for (let jump = 0; bench.clock.now() < begin + 31 * year; jump += 1) {
      bench.clock.advance(year / 2)
      // What the clock rang for is not written yet when it is set back.
      bench.clock.advance(-((jump * 7) % 48) * hour)
      await bench.engine.idle()
      const now = bench.clock.now()
      for (const [timer, at] of due) if (at <= now && !fired.has(timer)) late.push(timer)
      bench.clock.advance(-(jump % 9) * hour)
      await bench.engine.idle()
    }
    expect({ early, late }).toEqual({ early: [], late: [] })
    expect([fired.size, new Set(fired.values())]).toEqual([timers, new Set([1])])
    expect(bench.engine.listRuns('default', { status: 'completed' }).total).toBe(
      timers / branches.length,
    )
  },
)
