import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { reveal } from '#core/step/state.ts'
import type { Input, Step } from '#core/step/types.ts'
import { ByHand } from '../patterns/by-hand.ts'
import { randomAnswer } from './random-answer.ts'
import { randomFlow } from './random-flow.ts'
import { createRandom } from './random.ts'

const effect = 'test.effect'
const reads = (name: string) => ({ type: effect, inputs: { given: { var: name } } })
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
const end = (output: string) => ({ type: 'flow.end', inputs: { output: { var: output } } })

const row = draw(
  { start: 'flow.start', a: reads('input'), b: reads('a.n'), c: reads('b.n'), end: end('c') },
  [
    'start -> a',
    'a.ok -> b',
    'a.alt -> b',
    'b.ok -> c',
    'b.alt -> c',
    'c.ok -> end',
    'c.alt -> end',
  ],
)
const forked = draw(
  {
    start: 'flow.start',
    before: effect,
    f: fork('l', 'r'),
    a: effect,
    b: reads('a.n'),
    c: effect,
    j: 'flow.join',
    after: effect,
    end: end('j'),
  },
  [
    'start -> before',
    'before.ok -> f',
    'before.alt -> f',
    'f.l -> a',
    'a.ok -> b',
    'a.alt -> b',
    'b.ok -> j',
    'b.alt -> j',
    'f.r -> c',
    'c.ok -> j',
    'c.alt -> j',
    'j -> after',
    'after.ok -> end',
    'after.alt -> end',
  ],
)

describe('going back', () => {
  it('[R224] begins a new visit, stops what is open, and reads the values replaced', () => {
    const run = new ByHand(row, 7).done('a:1').done('b:1')
    run.back('b', { a: { n: 40, text: '' } })
    expect(run.step.effects.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'stop r:c:1:stop',
      'activity r:b:2',
    ])
    expect(run.step.effects[1]).toMatchObject({ input: { given: 40 } })
    expect(run.done('b:2').done('c:1').step.accepted).toBe(false)
    expect(run.done('c:2').step.status).toBe('done')
  })
  it('[R224] replaces the input of the run', () => {
    const run = new ByHand(row, 7).done('a:1').back('a', { input: 8 })
    expect(run.step.effects.at(-1)).toMatchObject({ id: 'r:a:2', input: { given: 8 } })
  })
  it('[R224] in a branch leaves the other branches as they are, also once it has arrived', () => {
    const run = new ByHand(forked).done('before:1').done('a:1').done('b:1')
    expect(run.waits).toEqual(['c:1'])
    expect(run.back('a').waits).toEqual(['a:2', 'c:1'])
    expect(run.done('c:1').waits).toEqual(['a:2'])
    run.done('a:2').done('b:2').done('after:1')
    expect(run.step.output).toEqual({ arrived: ['r', 'l'] })
  })
  it('[R224] to before a fork stops all its branches, and the fork begins anew', () => {
    const run = new ByHand(forked).done('before:1').done('a:1').done('c:1').back('before')
    expect(run.waits).toEqual(['before:2'])
    expect(run.done('before:2').waits).toEqual(['a:2', 'c:2'])
  })
  it('[R225] is refused for what was never visited, a fork that is not active, and unknown values', () => {
    const run = new ByHand(forked).done('before:1')
    const before = run.state
    for (const refused of [
      () => run.back('after'),
      () => run.back('nowhere'),
      () => run.back('b'),
      () => run.back('before', { c: 1 }),
      () => run.back('before', { nowhere: 1 }),
    ]) {
      expect(refused().step).toMatchObject({ accepted: false, effects: [], trace: [] })
      expect(run.state).toBe(before)
    }
    run.done('a:1').done('b:1').done('c:1')
    expect(run.waits).toEqual(['after:1'])
    expect(run.back('a').step.accepted).toBe(false)
    expect(run.back('f').waits).toEqual(['a:2', 'c:2'])
    run.done('a:2').done('b:2').done('c:2').done('after:2')
    expect(run.step.status).toBe('done')
    expect(run.back('before').step.accepted).toBe(false)
  })
})

const tooOften = { kind: 'incident', error: { code: 'TOO_MANY_VISITS' } }

it('[R226] after going back anywhere runs still end, replay alike, and use no effect id twice', () => {
  let backs = 0
  let ended = 0
  for (let seed = 500; seed < 700; seed += 1) {
    const { flow, input } = randomFlow(seed)
    const random = createRandom(seed)
    const run = new ByHand(flow, input)
    const inputs: Input[] = []
    const steps: Step[] = [run.step]
    const give = (given: Input): void => {
      run.give(given)
      if (!run.step.accepted) return
      inputs.push(given)
      steps.push(run.step)
    }
    for (let at = 2_000; run.step.status === 'active' && at < 20_000; at += 1) {
      if (at < 2_040 && random.chance(0.2)) {
        const node = random.pick([...run.entered, random.pick(flow.nodes).id])
        const before = inputs.length
        give({ type: 'rewind', at, node, values: {} })
        backs += inputs.length - before
        continue
      }
      const effect = random.pick([...run.open.values()])
      if (effect.kind === 'stop') throw new Error('a stop is never open')
      give(randomAnswer(random, effect, at))
    }
    const active = run.step.status === 'active'
    if (!active) ended += 1
    // A fork beyond its limit of visits waits for an operator and has no way on.
    expect([...run.open.values()], `seed ${seed}`).toMatchObject(active ? [tooOften] : [])
    expect(new Set(run.asked).size, `seed ${seed}`).toBe(run.asked.length)
    expect([...reveal(run.state).open.keys()].sort()).toEqual([...run.open.keys()].sort())

    const again = new ByHand(flow, input)
    for (const [index, given] of inputs.entries()) {
      again.give(given)
      expect(again.step.effects).toEqual(steps[index + 1]?.effects)
    }
    expect(again.core.serialize(again.state)).toEqual(run.core.serialize(run.state))
  }
  console.info(`went back ${backs} times in 200 flows; ${ended} ran to an end`)
  expect(backs).toBeGreaterThan(200)
  expect(ended).toBeGreaterThan(180)
}, 180_000)
