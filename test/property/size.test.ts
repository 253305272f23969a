import { describe, expect, it } from 'vitest'
import { compile } from '#core/compile/compile.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Flow } from '#core/graph/flow.ts'
import { createRegistry } from '#core/node/registry.ts'
import { createCore } from '#core/step/core.ts'
import type { RunInfo, Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { ask } from '../bench/engine/loan-flow.ts'
import { longFlow } from '../bench/engine/long-flow.ts'

const registry = createRegistry([...builtInNodes, ask])
const run: RunInfo = { id: 'run', flow: 'f', version: '1', caseKey: null, startedAt: 0 }

const releaseOf = (flow: Flow) => ({ flow, decisions: {}, nodes: {}, models: {} })
const timed = (work: () => void): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}
const fastest = (times: number, work: () => void): number =>
  Math.min(...Array.from({ length: times }, () => timed(work)))

/** Of stepping through a whole run, per step, ms. */
function stepCost(nodes: number): number {
  const { flow, effects } = longFlow(nodes, ask.type)
  const program = compile(releaseOf(flow), registry)
  const core = createCore()
  const through = (): void => {
    let step: Step = core.step(program, null, { type: 'start', at: 0, run, input: { n: 1 } })
    for (const [at, effect] of effects.entries()) {
      const value = { n: at }
      const input = { type: 'done', at, effect: `run:${effect}:1`, port: 'out', value } as const
      step = core.step(program, step.state, input)
    }
    expect(step.output).toBe('run')
  }
  return fastest(Math.ceil(4_000 / nodes) + 10, through) / effects.length
}

/** A run that waits for so many items, and how long the answer to a task beside them takes, ms. */
function withItems(count: number): { effects: number; state: number; ms: number } {
  const flow = draw(
    {
      start: 'flow.start',
      f: { type: 'flow.fork', config: { branches: [{ id: 'l' }, { id: 'r' }] } },
      each: { type: 'flow.each', inputs: { items: { var: 'input.items' } } },
      inner: { type: 'flow.end', parent: 'each', inputs: { output: { var: 'item' } } },
      look: { type: 'human.task', config: { title: 'Look', outcomes: [{ id: 'yes' }] } },
      j: 'flow.join',
      then: { type: 'human.task', config: { title: 'Then', outcomes: [{ id: 'yes' }] } },
      end: 'flow.end',
    },
    [
      'start -> f',
      'f.l -> each',
      'each.item -> inner',
      'each -> j',
      'f.r -> look',
      'look.yes -> j',
      'j -> then',
      'then.yes -> end',
    ],
  )
  const program = compile(releaseOf(flow), registry)
  const core = createCore()
  const input = { items: Array.from({ length: count }, (_, n) => n) }
  const started = core.step(program, null, { type: 'start', at: 0, run, input })
  const answer = { type: 'done', at: 1, effect: 'run:look:1', port: 'yes', value: null } as const
  const ms = fastest(400, () => void core.step(program, started.state, answer))
  const saved = JSON.stringify(core.serialize(started.state))
  return {
    effects: started.effects.length,
    // As the run's input and as the start's value.
    state: saved.replaceAll(JSON.stringify(input.items), '').length,
    ms,
  }
}

describe('size', () => {
  it('[R41] 500 nodes compile and validate as the analyst types', () => {
    const { flow } = longFlow(500, ask.type)
    const lookup = {
      descriptor: (type: string) => registry.descriptor(type),
      decision: () => undefined,
    }
    const validating = fastest(10, () => void validateFlow(flow, lookup))
    const compiling = fastest(10, () => void compile(releaseOf(flow), registry))
    console.info(
      `${flow.nodes.length} nodes: validate ${validating.toFixed(1)} ms, compile ${compiling.toFixed(1)} ms`,
    )
    // The budget is 50 ms together; the rest is for a machine that does other things too.
    expect(validating + compiling).toBeLessThan(200)
  })

  it('[R42] a step costs the same in a large flow', () => {
    const costs = [10, 100, 500, 2_000].map((nodes) => [nodes, stepCost(nodes)] as const)
    console.info(
      costs.map(([nodes, ms]) => `${nodes} nodes: ${(ms * 1000).toFixed(1)} µs`).join(', '),
    )
    const [small, ...larger] = costs.map(([, ms]) => ms)
    // Alone the ratio is below 1.5; a copy or a scan of the whole flow would make it 10 and more.
    for (const cost of larger) expect(cost / (small ?? 0)).toBeLessThan(4)
  }, 60_000)

  it('[R210] a list costs a run one effect and nothing more, however long it is', () => {
    const [few, many] = [withItems(10), withItems(10_000)]
    console.info(
      [few, many].map(({ state, ms }) => `${state} bytes, ${(ms * 1000).toFixed(1)} µs`).join('; '),
    )
    expect(few.effects).toBe(2)
    expect([many.effects, many.state]).toEqual([few.effects, few.state])
    // Alone the ratio is near 1; a copy or a scan of the list would make it 100 and more.
    expect(many.ms / few.ms).toBeLessThan(10)
  })
})
