import { expect, it } from 'vitest'
import { compile } from '#core/compile/compile.ts'
import { compiled } from '#core/compile/program.ts'
import type { Completion } from '#core/compile/behaviour.ts'
import type { Flow } from '#core/graph/flow.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import type { Release } from '#core/release.ts'
import { createCore } from '#core/step/core.ts'
import { reveal } from '#core/step/state.ts'
import type { Effect, RunInfo, State, Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'
import { startOracle } from './oracle.ts'
import { randomAnswer, type Answer } from './random-answer.ts'
import { randomFlow } from './random-flow.ts'
import { createRandom } from './random.ts'
import { testEffect, testNodes } from './test-nodes.ts'

const registry = createRegistry([...builtInNodes, ...testNodes])
const run: RunInfo = { id: 'run', flow: 'f', version: '1', caseKey: null, startedAt: 1_000 }
const flows = Number(process.env['ORACLE_FLOWS'] ?? 1_000)
const base = Number(process.env['ORACLE_SEED'] ?? 20_260)
/** About 8 s alone on two cores; the rest is for a busy machine. */
const patience = 180_000

const completionOf = (answer: Answer, timesOut: boolean): Completion => {
  if (answer.type === 'done') return { port: answer.port, value: answer.value, at: answer.at }
  const port = timesOut && answer.error.code === 'EFFECT_TIMEOUT' ? 'timeout' : 'error'
  return { port, value: { error: { ...answer.error } as never }, at: answer.at }
}

/** Whatever the order of keys, which a saved state does not keep. */
const text = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)) as Json)

const applied = (open: Map<string, Effect>, step: Step): void => {
  for (const effect of step.effects)
    if (effect.kind !== 'stop') open.set(effect.id, effect)
    else if (!open.delete(effect.target)) throw new Error(`a stop of ${effect.target}, not open`)
}

/** With every effect undone by one of two others, so that what fails goes all the way back. */
const undoable = (flow: Flow): Flow => ({
  ...flow,
  nodes: [
    ...flow.nodes.map((node, index) =>
      node.type === testEffect.type ? { ...node, undo: `undo${index % 2}` } : node,
    ),
    ...[0, 1].map((index) => ({
      id: `undo${index}`,
      type: testEffect.type,
      version: 1,
      name: '',
      config: {},
      inputs: { given: { var: 'n1.n' } },
    })),
  ],
})

function compare(seed: number): { steps: number; ended: boolean; cancelled: boolean } {
  const drawn = randomFlow(seed, { runs: seed % 2 === 0 })
  const { input } = drawn
  const flow = seed % 3 === 0 ? undoable(drawn.flow) : drawn.flow
  const release: Release = { flow, decisions: {}, nodes: {}, models: {} }
  const program = compile(release, registry)
  const core = createCore()
  const random = createRandom(seed + 1)
  const beginning = { run, input, at: 1_000 }
  const oracle = startOracle(program, beginning)
  const open = new Map<string, Effect>()
  const answered: Answer[] = []

  let step = core.step(program, null, { type: 'start', ...beginning })
  let state: State = step.state
  let steps = 1
  const agree = (): void => {
    const { value, context } = reveal(state).snapshot
    const theirs = oracle.snapshot()
    const ours = [value, context, step.status === 'active' ? 'active' : 'done', step.output]
    const expected = [theirs.value, theirs.context, theirs.status, theirs.output ?? null]
    expect(text(ours)).toBe(text(expected))
    expect([...open.keys()].sort().join()).toBe(oracle.running().sort().join())
  }
  applied(open, step)
  agree()
  const undoes = compiled(program).definition.on !== undefined
  let cancelled = false
  for (let at = 2_000; step.status === 'active' && at < 2_080; at += 1) {
    if (undoes && random.chance(0.05)) {
      const next = core.step(program, state, { type: 'cancel', at, reason: 'withdrawn' })
      if (next.accepted) {
        applied(open, next)
        step = next
        state = next.state
        cancelled = true
      }
      oracle.cancel('withdrawn', at)
      agree()
      continue
    }
    const effect = random.pick([...open.values()])
    if (effect.kind === 'stop') throw new Error('a stop is never open')
    const answer =
      answered.length > 0 && random.chance(0.15)
        ? random.pick(answered)
        : randomAnswer(random, effect, at)
    const frozen = JSON.stringify(core.serialize(state))
    const next = core.step(program, state, answer)
    // Pure: the state before the step is as it was.
    if (JSON.stringify(core.serialize(state)) !== frozen) throw new Error('a state was changed')
    if (!next.accepted) {
      if (next.state !== state || next.effects.length > 0 || next.trace.length > 0)
        throw new Error('an answer that was not accepted changed something')
      continue
    }
    steps += 1
    answered.push(answer)
    const { node } = open.get(answer.effect) ?? effect
    const timesOut = flow.edges.some((e) => e.source === node && e.sourcePort === 'timeout')
    open.delete(answer.effect)
    applied(open, next)
    step = next
    state = random.chance(0.2)
      ? core.deserialize(program, JSON.parse(JSON.stringify(core.serialize(next.state))))
      : next.state
    oracle.complete(answer.effect, completionOf(answer, timesOut))
    agree()
  }
  oracle.stop()
  return { steps, ended: step.status !== 'active', cancelled }
}

it(
  `[R32] [R214] the step and XState’s own interpreter agree on random flows`,
  () => {
    const sum = { flows: 0, steps: 0, ended: 0, cancelled: 0 }
    for (let seed = base; seed < base + flows; seed += 1) {
      try {
        const { steps, ended, cancelled } = compare(seed)
        sum.flows += 1
        sum.steps += steps
        sum.ended += ended ? 1 : 0
        sum.cancelled += cancelled ? 1 : 0
      } catch (error) {
        throw new Error(`seed ${seed}: run again with ORACLE_SEED=${seed} ORACLE_FLOWS=1`, {
          cause: error,
        })
      }
    }
    console.info(
      `agreed on ${sum.flows} flows, ${sum.steps} steps; ${sum.ended} ran to an end, ${sum.cancelled} were cancelled`,
    )
    expect(sum.ended).toBeGreaterThan(sum.flows / 4)
    expect(sum.cancelled).toBeGreaterThanOrEqual(Math.floor(flows / 40))
  },
  patience,
)
