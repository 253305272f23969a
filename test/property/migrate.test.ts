import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Migration } from '#core/step/types.ts'
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
/** Every way out of a node of the test's types leads on alike. */
const both = (...edges: string[]) =>
  edges.flatMap((edge) => [edge.replace(' ->', '.ok ->'), edge.replace(' ->', '.alt ->')])

const old = draw({ start: 'flow.start', a: effect, b: reads('a.n'), c: effect, end: end('b') }, [
  'start -> a',
  ...both('a -> b', 'b -> c', 'c -> end'),
])

describe('migration', () => {
  it('[R227] keeps an open effect under its id, and goes on in the new flow with what is remembered', () => {
    const run = new ByHand(old).done('a:1', 'ok', { n: 5, text: '' })
    const grown = draw(
      { start: 'flow.start', a: effect, b: reads('a.n'), d: reads('a.n'), end: end('d') },
      ['start -> a', ...both('a -> b', 'b -> d', 'd -> end')],
    )
    const migration = run.migrate(grown)
    expect(migration).toMatchObject({
      ok: true,
      step: { effects: [], trace: [], status: 'active' },
      effects: [{ node: 'b', from: 'r:b:1', to: 'r:b:1' }],
    })
    run.done('b:1')
    expect(run.step.effects).toMatchObject([{ id: 'r:d:1', input: { given: 5 } }])
  })
  it('[R227] stops and begins anew what the new flow asks otherwise, and takes a new name by the mapping', () => {
    const other = draw(
      { start: 'flow.start', a: effect, renamed: reads('a.text'), end: end('renamed') },
      ['start -> a', ...both('a -> renamed', 'renamed -> end')],
    )
    const run = new ByHand(old).done('a:1', 'ok', { n: 5, text: 'five' })
    const migration = run.migrate(other, { nodes: { b: 'renamed' } })
    expect(migration).toMatchObject({
      ok: true,
      effects: [{ node: 'renamed', from: 'r:b:1', to: 'r:renamed:2' }],
    })
    expect(run.step.effects).toMatchObject([
      { kind: 'stop', target: 'r:b:1' },
      { kind: 'activity', id: 'r:renamed:2', input: { given: 'five' } },
    ])
    expect(run.done('b:1').step.accepted).toBe(false)
    expect(run.done('renamed:2').step.status).toBe('done')
  })
  it('[R227] of a node that is gone and comes again uses no effect id twice', () => {
    const run = new ByHand(old).done('a:1').done('b:1')
    const without = draw({ start: 'flow.start', a: effect, c: effect, end: end('a') }, [
      'start -> a',
      ...both('a -> c', 'c -> end'),
    ])
    expect(run.migrate(without).ok).toBe(true)
    expect(run.migrate(old).ok).toBe(true)
    expect(run.back('b').waits).toEqual(['b:2'])
  })

  const forked = (branches: readonly string[], mode: string): Flow =>
    draw(
      {
        start: 'flow.start',
        f: fork(...branches),
        ...Object.fromEntries(branches.map((id) => [`n_${id}`, effect])),
        j: { type: 'flow.join', config: { mode } },
        end: end('j'),
      },
      [
        'start -> f',
        ...branches.map((id) => `f.${id} -> n_${id}`),
        ...both(...branches.map((id) => `n_${id} -> j`)),
        'j -> end',
      ],
    )
  it('[R227] inside a fork keeps what has arrived, and settles what the new flow no longer waits for', () => {
    const run = new ByHand(forked(['l', 'r'], 'all')).done('n_l:1')
    expect(run.migrate(forked(['l', 'r'], 'any')).ok).toBe(true)
    expect([run.step.status, run.step.output]).toEqual(['done', { arrived: ['l'] }])
    expect(run.step.effects).toMatchObject([{ kind: 'stop', target: 'r:n_r:1' }])
  })
  it.each([
    ['MIGRATION_NODE_GONE', 'b', draw({ start: 'flow.start', end: end('a') }, ['start -> end'])],
    [
      'MIGRATION_KIND_CHANGED',
      'b',
      draw(
        {
          start: 'flow.start',
          b: { type: 'flow.wait', config: { duration: '1d' } },
          end: end('b'),
        },
        ['start -> b', 'b -> end'],
      ),
    ],
    [
      'MIGRATION_BRANCH_CHANGED',
      'b',
      draw({ start: 'flow.start', f: fork('l'), b: effect, j: 'flow.join', end: end('b') }, [
        'start -> f',
        'f.l -> b',
        ...both('b -> j'),
        'j -> end',
      ]),
    ],
  ])('[R228] %s: the verdict says why not, and changes nothing', (code, node, flow) => {
    const run = new ByHand(old).done('a:1')
    const before = run.state
    expect(run.migrate(flow)).toMatchObject({
      ok: false,
      findings: [{ code, severity: 'error', place: { node } }],
    })
    expect(run.state).toBe(before)
  })
  it('[R228] of other branches, a wrong mapping, or a run that has ended is refused', () => {
    const run = new ByHand(forked(['l', 'r'], 'all')).done('n_l:1')
    const codes = (flow: Flow, nodes = {}) => {
      const migration = run.migrate(flow, { nodes })
      return migration.ok ? [] : migration.findings.map(({ code }) => code)
    }
    expect(codes(forked(['l', 'r', 'm'], 'all'))).toEqual(['MIGRATION_FORK_CHANGED'])
    expect(codes(forked(['r'], 'all'))).toEqual(['MIGRATION_PLACE_GONE'])
    expect(codes(forked(['l', 'r'], 'all'), { zzz: 'f', n_l: 'zzz' })).toEqual([
      'MIGRATION_NODE_UNKNOWN',
      'MIGRATION_NODE_UNKNOWN',
    ])
    expect(codes(forked(['l', 'r'], 'all'), { n_l: 'f', n_r: 'f' })).toContain(
      'MIGRATION_NODE_TWICE',
    )
    run.done('n_r:1')
    expect(codes(forked(['l', 'r'], 'all'))).toEqual(['MIGRATION_RUN_ENDED'])
  })
})

it('[R229] a run that moves to the same flow anywhere goes on as if it had not', () => {
  let moved = 0
  for (let seed = 900; seed < 1_050; seed += 1) {
    const { flow, input } = randomFlow(seed)
    const again: Flow = { ...flow, description: 'again' }
    const [run, still] = [new ByHand(flow, input), new ByHand(flow, input)]
    const random = createRandom(seed)
    const verdicts: Migration[] = []
    for (let at = 2_000; run.step.status === 'active' && at < 2_060; at += 1) {
      if (random.chance(0.4)) verdicts.push(run.migrate(again))
      const effect = random.pick([...run.open.values()])
      if (effect.kind === 'stop') throw new Error('a stop is never open')
      const answer = randomAnswer(random, effect, at)
      expect(run.give(answer).step.effects).toEqual(still.give(answer).step.effects)
      expect(run.waits).toEqual(still.waits)
    }
    expect(run.step.output).toEqual(still.step.output)
    const untouched = verdicts.filter((each) => each.ok && each.step.effects.length === 0)
    expect(untouched.length, `seed ${seed}`).toBe(verdicts.length)
    moved += verdicts.length
  }
  expect(moved).toBeGreaterThan(100)
}, 180_000)
