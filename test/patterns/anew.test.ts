import { expect, it } from 'vitest'
import { draw } from '#core/graph/draw-fixture.ts'
import { ByHand } from './by-hand.ts'

const effect = 'test.effect'

it('[R764] beginning anew from a group inside of a branch ends the run, and with it the other branches', () => {
  const inside = { parent: 'group' }
  const flow = draw(
    {
      start: 'flow.start',
      f: { type: 'flow.fork', config: { branches: [{ id: 'l' }, { id: 'r' }] } },
      group: 'flow.try',
      a: { type: effect, ...inside },
      anew: { type: 'flow.continue', inputs: { input: 7 }, ...inside },
      b: effect,
      inner: { type: 'flow.end', ...inside },
      j: 'flow.join',
      end: 'flow.end',
    },
    ['start -> f', 'f.l -> group', 'group.body -> a', 'a.ok -> anew', 'a.alt -> inner', 'group -> j', 'f.r -> b', 'b.ok -> j', 'b.alt -> j', 'j -> end'], // prettier-ignore
  )
  expect(new ByHand(flow).done('a:1', 'ok').step).toMatchObject({
    status: 'continued',
    output: 7,
    effects: [{ kind: 'stop', target: 'r:b:1' }],
  })
  expect(new ByHand(flow).done('a:1', 'alt').waits).toEqual(['b:1'])
})
