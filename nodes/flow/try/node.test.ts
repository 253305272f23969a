import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { createRegistry } from '#core/node/registry.ts'
import { runByHand } from '#core/step/run-fixture.ts'
import type { Step } from '#core/step/types.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const http = (more: object = {}) => ({
  type: 'http.request',
  config: { connection: 'peer', method: 'GET', path: '/' },
  ...more,
})
const inside = { parent: 'group' }
const end = (output: string, more: object = {}) => ({
  type: 'flow.end',
  inputs: { output: { var: output } },
  ...more,
})
const left = (step: Step): string[] =>
  step.trace.flatMap((trace) => (trace.event === 'left' ? [`${trace.node} ${trace.port}`] : []))
const down = { code: 'PEER_DOWN', message: 'down' }

describe('flow.try', () => {
  const nodes = {
    start: 'flow.start',
    group: 'flow.try',
    a: http(inside),
    b: http(inside),
    inner: end('b', inside),
    done: end('group'),
    failed: end('group'),
  }
  const edges = [
    'start -> group',
    'group.body -> a',
    'a.ok -> b',
    'b.ok -> inner',
    'group.out -> done',
    'group.error -> failed',
  ]

  it('[R174] leaves by “out” with the output of the End inside', () => {
    const run = runByHand(draw(nodes, edges), registry)
    run.done('a:1', 1, 'ok')
    const last = run.done('b:1', { n: 2 }, 'ok')
    expect(last).toMatchObject({ status: 'done', output: { n: 2 } })
    expect(left(last)).toEqual(['b ok', 'inner completed', 'group out', 'done completed'])
  })

  it('[R174] leaves by “error” with the failure and its node, whatever failed inside', () => {
    for (const node of ['a', 'b']) {
      const run = runByHand(draw(nodes, edges), registry)
      if (node === 'b') run.done('a:1', 1, 'ok')
      const last = run.failed(`${node}:1`, down)
      expect(last).toMatchObject({ status: 'done', output: { error: down, node } })
      expect(left(last)).toEqual([`${node} error`, 'group error', 'failed completed'])
    }
  })

  it('[R175] leaves a fork inside as a whole, and the outer try where the inner has no error edge', () => {
    const flow = draw(
      {
        start: 'flow.start',
        group: 'flow.try',
        inner: { type: 'flow.try', ...inside },
        fork: {
          type: 'flow.fork',
          config: { branches: [{ id: 'x' }, { id: 'y' }] },
          parent: 'inner',
        },
        a: http({ parent: 'inner' }),
        b: http({ parent: 'inner' }),
        join: { type: 'flow.join', parent: 'inner' },
        inner_end: end('a', { parent: 'inner' }),
        group_end: end('inner', inside),
        done: end('group'),
      },
      [
        'start -> group',
        'group.body -> inner',
        'inner.body -> fork',
        'fork.x -> a',
        'fork.y -> b',
        'a.ok -> join',
        'b.ok -> join',
        'join -> inner_end',
        'inner -> group_end',
        'group.out -> done',
        'group.error -> done',
      ],
    )
    const last = runByHand(flow, registry).failed('a:1', down)
    expect(last.effects).toMatchObject([{ kind: 'stop', target: 'r:b:1' }])
    expect(last).toMatchObject({ status: 'done', output: { error: down, node: 'a' } })
  })

  it('[R175] an End of status failed leaves by “error”; an End outside ends the run', () => {
    const failing = draw(
      { ...nodes, inner: end('b', { ...inside, config: { status: 'failed' } }) },
      edges,
    )
    const run = runByHand(failing, registry)
    run.done('a:1', 1, 'ok')
    expect(run.done('b:1', 7, 'ok').output).toMatchObject({
      error: { code: 'ENDED_FAILED', output: 7 },
      node: 'inner',
    })
    const out = draw({ ...nodes, stop: end('a') }, [...edges, 'a.status -> stop'])
    expect(runByHand(out, registry).done('a:1', 9, 'status')).toMatchObject({
      status: 'done',
      output: 9,
    })
  })
})
