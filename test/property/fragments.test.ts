import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { ByHand } from '../patterns/by-hand.ts'

const effect = 'test.effect'
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
const end = (output: string) => ({ type: 'flow.end', inputs: { output: { var: output } } })
/** Every way out of a node of the test's types leads on alike. */
const both = (...edges: string[]) =>
  edges.flatMap((edge) => [edge.replace(' ->', '.ok ->'), edge.replace(' ->', '.alt ->')])

/** C needs A; D needs A and B. */
const parts = {
  start: 'flow.start',
  f: fork('a', 'b'),
  a: effect,
  b: effect,
  g: fork('c', 'd'),
  c: effect,
  d: effect,
  k: 'flow.join',
  j: 'flow.join',
  end: end('j'),
}
const edges = [
  'start -> f',
  'f.a -> a',
  'f.b -> b',
  'g.c -> c',
  'g.d -> k',
  'k -> d',
  'j -> end',
  ...both('a -> g', 'b -> k', 'c -> j', 'd -> j'),
]

describe('branches that interleave', () => {
  it('[R220] run each node once all that it waits for is done', () => {
    const run = new ByHand(draw(parts, edges))
    expect(run.waits).toEqual(['a:1', 'b:1'])
    expect(run.done('a:1').waits).toEqual(['b:1', 'c:1'])
    expect(run.done('b:1').waits).toEqual(['c:1', 'd:1'])
    expect(run.done('d:1').done('c:1').step.status).toBe('done')
    expect(run.step.output).toEqual({ arrived: ['d', 'c'] })
  })
  it('[R766] lie inside of a list, first of all, and on the path of a reminder', () => {
    const inner = (parent?: string) =>
      Object.fromEntries(
        Object.entries(parts).flatMap(
          ([id, node]) =>
          id === 'start' || id === 'end'
            ? []
            : [[id, { ...(typeof node === 'string' ? { type: node } : node), ...(parent === undefined ? {} : { parent }) }]], // prettier-ignore
        ),
      )
    const between = edges.filter((edge) => edge !== 'start -> f' && edge !== 'j -> end')
    const listed = draw(
      {
        start: 'flow.start',
        each: { type: 'flow.each', inputs: { items: [1] } },
        ...inner('each'),
        inner_end: { type: 'flow.end', parent: 'each' },
        end: end('each'),
      },
      ['start -> each', 'each.item -> f', ...between, 'j -> inner_end', 'each -> end'],
    )
    expect(new ByHand(listed).waits).toEqual(['each:1'])
    const waiting = { type: 'flow.wait', config: { duration: '9d', remind: { after: '1d' } } }
    const beside = draw({ start: 'flow.start', wait: waiting, ...inner(), end: 'flow.end' }, [
      'start -> wait',
      'wait.remind -> f',
      ...between,
      'wait -> end',
    ])
    const run = new ByHand(beside).done('wait:1!remind')
    expect(run.waits).toEqual(['a:1', 'b:1', 'wait:1'])
    expect(run.done('a:1').done('b:1').waits).toEqual(['c:1', 'd:1', 'wait:1'])
    expect(run.done('c:1').done('d:1').waits).toEqual(['wait:1'])
  })
  it('[R224] going back there runs all that follows once more, and nothing else', () => {
    const run = new ByHand(draw(parts, edges)).done('a:1').done('b:1').done('d:1')
    expect(run.back('b').waits).toEqual(['b:2', 'c:1'])
    expect(run.done('c:1').waits).toEqual(['b:2'])
    expect(run.done('b:2').waits).toEqual(['d:2'])
    expect(run.done('d:2').step.status).toBe('done')
  })
})
