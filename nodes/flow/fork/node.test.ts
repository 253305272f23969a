import { expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const http = { type: 'http.request', config: { connection: 'peer', method: 'GET', path: '/' } }
const branchEnd = { type: 'flow.end', config: { ends: 'branch' } }
const fork = { type: 'flow.fork', config: { branches: [{ id: 'x' }, { id: 'y' }] } }

it('[R181] a fork without a join is over when all its branches have ended', () => {
  const flow = draw(
    { start: 'flow.start', fork, a: http, b: http, a_end: branchEnd, b_end: branchEnd },
    ['start -> fork', 'fork.x -> a', 'fork.y -> b', 'a.ok -> a_end', 'b.ok -> b_end'],
  )
  const run = runByHand(flow, registry)
  expect(run.done('a:1', 1, 'ok')).toMatchObject({ status: 'active', effects: [] })
  expect(run.done('b:1', 2, 'ok')).toMatchObject({ status: 'done', output: null })
})

it('[R181] a join does not wait for a branch that has ended', () => {
  const flow = draw(
    {
      start: 'flow.start',
      fork,
      a: http,
      b: http,
      a_end: branchEnd,
      join: 'flow.join',
      end: { type: 'flow.end', inputs: { output: { var: 'join.arrived' } } },
    },
    [
      'start -> fork',
      'fork.x -> a',
      'fork.y -> b',
      'a.ok -> a_end',
      'a.status -> join',
      'b.ok -> join',
      'join -> end',
    ],
  )
  const run = runByHand(flow, registry)
  run.done('b:1', 2, 'ok')
  expect(run.done('a:1', 1, 'ok')).toMatchObject({ status: 'done', output: ['y'] })
})

it('[R182] a timeout takes its own port where it has an edge, else “error”; nothing else takes it', () => {
  const nodes = {
    start: 'flow.start',
    a: http,
    late: { type: 'flow.end', inputs: { output: 'late' } },
    bad: { type: 'flow.end', inputs: { output: 'bad' } },
  }
  const timeout = { code: 'EFFECT_TIMEOUT', message: 'too long' }
  const both = ['start -> a', 'a.timeout -> late', 'a.error -> bad']
  expect(runByHand(draw(nodes, both), registry).failed('a:1', timeout).output).toBe('late')
  expect(runByHand(draw(nodes, both), registry).failed('a:1').output).toBe('bad')
  const only = ['start -> a', 'a.timeout -> late']
  const run = runByHand(draw(nodes, only), registry)
  expect(run.first.effects).toMatchObject([{ hasErrorEdge: false, hasTimeoutEdge: true }])
  expect(run.failed('a:1').accepted).toBe(false)
  const error = ['start -> a', 'a.error -> bad']
  expect(runByHand(draw(nodes, error), registry).failed('a:1', timeout).output).toBe('bad')
})
