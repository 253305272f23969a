import { compile } from '#core/compile/compile.ts'
import { createCore } from '#core/step/core.ts'
import type { RunInfo, Step } from '#core/step/types.ts'
import type { BenchCase } from './cases.ts'
import { cost } from '../line.ts'
import { ask } from './loan-flow.ts'
import { longFlow } from './long-flow.ts'
import { registry } from './open-engine.ts'

const run: RunInfo = { id: 'run', flow: 'long', version: '1', caseKey: null, startedAt: 0 }
const releaseOf = (nodes: number) => {
  const { flow, effects } = longFlow(nodes, ask.type)
  return { release: { flow, decisions: {}, nodes: {}, models: {} }, effects }
}

const timed = (work: () => void): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}
const fastest = (times: readonly number[]): number => Math.min(...times)

/** Steps through a whole run of a flow of so many nodes; each step is an answer and three nodes. Gives µs per step. */
function steppingThrough(nodes: number): () => number {
  const { release, effects } = releaseOf(nodes)
  const program = compile(release, registry)
  const core = createCore()
  const through = (): void => {
    let step: Step = core.step(program, null, { type: 'start', at: 0, run, input: { n: 1 } })
    for (const [at, node] of effects.entries()) {
      const effect = `run:${node}:1`
      const input = { type: 'done', at, effect, port: 'out', value: { n: at } } as const
      step = core.step(program, step.state, input)
    }
    if (step.output !== 'run') throw new Error('the long flow does not end')
  }
  // Short runs are too short for the clock: several count as one.
  const times = Math.ceil(1_000 / nodes)
  return () =>
    (timed(() => {
      for (let time = 0; time < times; time += 1) through()
    }) *
      1000) /
    (effects.length * times)
}

/** µs per step of flows of several sizes, measured in turn; the dearest against the smallest flow. */
export const stepCost: BenchCase = async function* ({ nodes, rounds }, progress) {
  const flows = nodes.map((count) => ({
    count,
    measure: steppingThrough(count),
    us: [] as number[],
  }))
  for (let round = 0; round < rounds * 6; round += 1)
    for (const { measure, us } of flows) us.push(measure())
  const costs = flows.map(({ count, us }) => ({ count, us: fastest(us) }))
  progress(costs.map(({ count, us }) => `${count} nodes: ${us.toFixed(1)} µs`).join(', '))
  const [smallest, ...larger] = costs
  const dearest = larger.toSorted((one, other) => other.us - one.us)[0]
  if (!smallest || !dearest) return
  yield cost({
    case: 'step-cost',
    value: dearest.us,
    unit: `µs/step at ${dearest.count} nodes`,
    baseline: `${smallest.count}-nodes`,
    baselineValue: smallest.us,
  })
}

const compileBudget = 50

/** ms to compile a flow of 500 nodes. */
export const compiling: BenchCase = async function* ({ compiledNodes, rounds }) {
  const { release } = releaseOf(compiledNodes)
  const times = Array.from({ length: rounds * 4 }, () =>
    timed(() => void compile(release, registry)),
  )
  yield cost({
    case: 'compile',
    value: times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0,
    unit: `ms for ${compiledNodes} nodes`,
    baseline: 'budget',
    baselineValue: compileBudget,
  })
}
