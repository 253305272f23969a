import { describe, expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { validateFlow } from '#core/graph/validate.ts'
import { ByHand, registry } from './by-hand.ts'

const effect = 'test.effect'
const fork = (...ids: string[]) => ({
  type: 'flow.fork',
  config: { branches: ids.map((id) => ({ id })) },
})
const join = (mode: string, count = 1) => ({
  type: 'flow.join',
  config: { mode, count, rest: 'finish' },
})
const end = (output: string) => ({ type: 'flow.end', inputs: { output } })
/** Every way out of a node of the test's types leads on alike. */
const both = (...edges: string[]) =>
  edges.flatMap((edge) => [edge.replace(' ->', '.ok ->'), edge.replace(' ->', '.alt ->')])

const parts = {
  start: 'flow.start',
  f: fork('a', 'b', 'c'),
  a: effect,
  b: effect,
  c: effect,
  j: join('any'),
  next: effect,
  end: { type: 'flow.end', inputs: { output: { var: 'j' } } },
}
const edges = ['start -> f', 'f.a -> a', 'f.b -> b', 'f.c -> c', 'j -> next']
const meeting = both('a -> j', 'b -> j', 'c -> j')
const plain = draw(parts, [...edges, ...meeting, ...both('next -> end')])

describe('a join that lets the other branches finish', () => {
  it('[R761] goes on beside them, once, and an End behind it waits until they are through', () => {
    const run = new ByHand(plain)
    expect(run.done('b:1').waits).toEqual(['a:1', 'c:1', 'next:1'])
    expect(run.done('a:1').waits).toEqual(['c:1', 'next:1'])
    expect(run.done('next:1').waits).toEqual(['c:1'])
    expect(run.step.status).toBe('active')
    expect(run.done('c:1').step).toMatchObject({ status: 'done', output: { arrived: ['b'] } })
    expect(run.asked.filter((asked) => asked.includes(':next:'))).toHaveLength(1)
  })

  it('[R761] of a number goes on with so many, or with fewer where the others have ended', () => {
    const ended = { ...parts, j: join('count', 2), over: { type: 'flow.end', config: { ends: 'branch' } } } // prettier-ignore
    const flow = draw(ended, [
      ...edges,
      ...both('a -> j', 'c -> j', 'next -> end'),
      'b.ok -> j',
      'b.alt -> over',
    ])
    const run = new ByHand(flow).done('b:1', 'alt').done('c:1')
    expect(run.waits).toEqual(['a:1'])
    expect(run.done('a:1').waits).toEqual(['next:1'])
    expect(run.done('next:1').step.output).toEqual({ arrived: ['c', 'a'] })
    const quick = new ByHand(flow).done('a:1').done('b:1')
    expect(quick.waits).toEqual(['c:1', 'next:1'])
  })

  const leaving = draw({ ...parts, manual: effect, declined: end('declined') }, [
    ...edges,
    ...meeting.filter((edge) => edge !== 'c.alt -> j'),
    'a.error -> manual',
    'c.alt -> declined',
    ...both('manual -> end', 'next -> end'),
  ])
  it('[R762] a way out of their fork is taken as long as they are heeded, and ends only the branch then', () => {
    expect(new ByHand(leaving).failed('a:1').waits).toEqual(['manual:1'])
    expect(new ByHand(leaving).done('c:1', 'alt').step.output).toBe('declined')
    const run = new ByHand(leaving).done('b:1').failed('a:1')
    expect(run.waits).toEqual(['c:1', 'next:1'])
    expect(run.done('c:1', 'alt').waits).toEqual(['next:1'])
    expect(run.done('next:1').step.output).toEqual({ arrived: ['b'] })
  })

  it('[R762] a way back before the fork waits for them, so that the fork never runs twice at once', () => {
    const flow = draw({ ...parts, before: effect }, [
      'start -> before',
      ...both('before -> f'),
      ...edges.slice(1),
      ...meeting,
      'next.ok -> end',
      'next.alt -> before',
    ])
    const run = new ByHand(flow).done('before:1').done('b:1').done('next:1', 'alt')
    expect(run.waits).toEqual(['a:1', 'c:1'])
    expect(run.done('a:1').done('c:1').waits).toEqual(['before:2'])
    run.done('before:2').done('c:2')
    expect(run.waits).toEqual(['a:2', 'b:2', 'next:2'])
    run.done('next:2').done('a:2').done('b:2')
    expect(run.step).toMatchObject({ status: 'done', output: { arrived: ['c'] } })
  })

  it('[R762] what follows one may fork again, also without a join, and lie in a branch of another', () => {
    const nested = draw(
      {
        start: 'flow.start',
        g: fork('l', 'r'),
        f: fork('a', 'b'),
        a: effect,
        b: effect,
        j: join('any'),
        h: fork('x', 'y'),
        x: effect,
        y: effect,
        k: join('any'),
        next: effect,
        r: effect,
        m: 'flow.join',
        end: { type: 'flow.end', inputs: { output: { var: 'm' } } },
      },
      [
        'start -> g',
        'g.l -> f',
        'g.r -> r',
        'f.a -> a',
        'f.b -> b',
        'j -> h',
        'h.x -> x',
        'h.y -> y',
        'k -> next',
        'm -> end',
        ...both('a -> j', 'b -> j', 'x -> k', 'y -> k', 'next -> m', 'r -> m'),
      ],
    )
    const run = new ByHand(nested).done('a:1')
    expect(run.waits).toEqual(['b:1', 'r:1', 'x:1', 'y:1'])
    expect(run.done('y:1').waits).toEqual(['b:1', 'next:1', 'r:1', 'x:1'])
    run.done('next:1').done('r:1').done('b:1')
    expect(run.waits).toEqual(['x:1'])
    expect(run.done('x:1').step).toMatchObject({ status: 'done', output: { arrived: ['r', 'l'] } })

    const { k: _, ...rest } = { ...parts, h: fork('x', 'y'), x: effect, y: effect, k: 0 }
    const over = { type: 'flow.end', config: { ends: 'branch' } }
    const { end: _end, next: _next, ...apart } = { ...rest, one: over, two: over }
    const open = new ByHand(
      draw(apart, [
        ...edges.slice(0, 4),
        'j -> h',
        'h.x -> x',
        'h.y -> y',
        ...meeting,
        ...both('x -> one', 'y -> two'),
      ]),
    )
    expect(open.done('a:1').done('x:1').done('y:1').waits).toEqual(['b:1', 'c:1'])
    expect(open.done('b:1').done('c:1').step.status).toBe('done')
  })

  it('[R762] in a try, only what is heeded leaves it by an error', () => {
    const inside = { parent: 'group' }
    const flow = draw(
      {
        start: 'flow.start',
        group: 'flow.try',
        f: { ...fork('a', 'b'), ...inside },
        a: { type: effect, ...inside },
        b: { type: effect, ...inside },
        j: { ...join('any'), ...inside },
        next: { type: effect, ...inside },
        inner: { type: 'flow.end', inputs: { output: 'well' }, ...inside },
        end: { type: 'flow.end', inputs: { output: { var: 'group' } } },
        failed: end('failed'),
      },
      ['start -> group', 'group.body -> f', 'group -> end', 'group.error -> failed', 'f.a -> a', 'f.b -> b', 'j -> next', ...both('a -> j', 'b -> j', 'next -> inner')], // prettier-ignore
    )
    expect(new ByHand(flow).failed('a:1').step.output).toBe('failed')
    const run = new ByHand(flow).done('a:1').failed('b:1')
    expect(run.waits).toEqual(['next:1'])
    expect(run.done('next:1').step.output).toBe('well')
    const failing = new ByHand(flow).done('a:1').failed('next:1')
    expect(failing.waits).toEqual(['b:1'])
    expect(failing.done('b:1').step.output).toBe('failed')
  })

  it('[R763] going back stays among the branches or behind the join, and moves with the run', () => {
    const run = new ByHand(plain).done('b:1').back('next')
    expect(run.waits).toEqual(['a:1', 'c:1', 'next:2'])
    expect(run.back('b').waits).toEqual(['a:1', 'b:2', 'c:1', 'next:2'])
    expect(run.migrate({ ...plain, description: 'again' })).toMatchObject({ ok: true })
    expect(run.back('f').waits).toEqual(['a:2', 'b:3', 'c:2'])
    expect(run.done('a:2').waits).toEqual(['b:3', 'c:2', 'next:3'])
    expect(run.back('j').waits).toEqual(['b:3', 'c:2', 'next:4'])
    run.done('b:3').done('next:4').done('c:2')
    expect(run.step.status).toBe('done')
    const waiting = new ByHand(plain).done('b:1').done('next:1')
    expect(waiting.back('next').waits).toEqual(['a:1', 'c:1', 'next:2'])
  })

  it('[R763] what waits for the others though it need not is told', () => {
    const lookup = {
      descriptor: (type: string) => registry.descriptor(type),
      decision: () => undefined,
    }
    const found = (flow: typeof plain) =>
      validateFlow(flow, lookup).flatMap(({ code, place, severity }) =>
        code.startsWith('WAITS') || severity === 'error' ? [[code, place.edge, severity]] : [],
      )
    expect(found(plain)).toEqual([])
    const also = draw({ ...parts, manual: effect }, [
      ...edges,
      ...meeting,
      'a.error -> manual',
      'next.ok -> manual',
      'next.alt -> end',
      ...both('manual -> end'),
    ])
    expect(found(also)).toEqual([['WAITS_FOR_BRANCHES', 'e12', 'info']])
  })
})
