import { expect, it } from 'vitest'
import { applyFix } from '#core/graph/apply-fix.ts'
import { draw } from '#core/graph/draw-fixture.ts'
import { flowSchema } from '#core/graph/flow.ts'
import { validateFlow } from '#core/graph/validate.ts'
import type { Json } from '#core/json.ts'
import { createRegistry } from '#core/node/registry.ts'
import { builtInNodes } from '#nodes/index.ts'

const registry = createRegistry(builtInNodes)
const lookup = {
  descriptor: (type: string) => registry.descriptor(type),
  decision: () => undefined,
}
const lock = (name: string, inputs: Record<string, Json> = {}) =>
  ({ type: 'flow.lock', config: { lock: name }, inputs }) // prettier-ignore
type Locks = ReturnType<typeof lock>

/** Two pairs of locks, the second of each inside of the first. */
const nested = (one: readonly [Locks, Locks], two: readonly [Locks, Locks]) =>
  draw(
    {
      start: 'flow.start',
      a: one[0],
      b: { ...one[1], parent: 'a' },
      b_end: { type: 'flow.end', parent: 'b' },
      a_end: { type: 'flow.end', parent: 'a' },
      c: two[0],
      d: { ...two[1], parent: 'c' },
      d_end: { type: 'flow.end', parent: 'd' },
      c_end: { type: 'flow.end', parent: 'c' },
      end: 'flow.end',
    },
    ['start -> a', 'a.body -> b', 'b.body -> b_end', 'b -> a_end', 'a -> c', 'c.body -> d', 'd.body -> d_end', 'd -> c_end', 'c -> end'], // prettier-ignore
    { input: { type: 'object', properties: { x: { type: 'string' } }, required: ['x'] } },
  )
const found = (...pairs: Parameters<typeof nested>) =>
  validateFlow(nested(...pairs), lookup).map(({ code, place }) => `${code} ${place.node}`)

const [x, y] = [lock('x'), lock('y')]
const keyed = lock('x', { key: { var: 'input.x' } })

it('[R661] a lock inside of itself is an error, and two that are taken in both orders a warning', () => {
  expect(found([x, y], [x, y])).toEqual([])
  expect(found([x, x], [x, y])).toEqual(['LOCK_IN_ITSELF b'])
  expect(found([keyed, keyed], [x, y])).toEqual(['LOCK_IN_ITSELF b'])
  expect(found([x, keyed], [x, y])).toEqual([])
  expect(found([x, y], [y, x])).toEqual(['LOCKS_CROSSED b', 'LOCKS_CROSSED d'])
})

it('[R743] a lock inside of itself becomes a group, and locks that are crossed exchange their places, by one click', () => {
  const fixed = (...pairs: Parameters<typeof nested>) => {
    const flow = nested(...pairs)
    const [finding] = validateFlow(flow, lookup)
    const changed = flowSchema.parse(applyFix(flow, finding?.fix))
    const locks = changed.nodes.flatMap(({ id, type, config, inputs }) =>
      'abcd'.includes(id) ? [{ id, type, config, inputs }] : [],
    )
    return { left: validateFlow(changed, lookup), locks }
  }
  expect(fixed([keyed, keyed], [x, y])).toMatchObject({
    left: [],
    locks: [
      { id: 'a', ...keyed },
      { id: 'b', type: 'flow.try', config: {}, inputs: {} },
      { id: 'c', ...x },
      { id: 'd', ...y },
    ],
  })
  expect(fixed([keyed, y], [y, keyed])).toMatchObject({
    left: [],
    locks: [
      { id: 'a', ...y },
      { id: 'b', ...keyed },
      { id: 'c', ...y },
      { id: 'd', ...keyed },
    ],
  })
})

it('[R743] no fix is offered that would leave a step without its lock or a port without its edge', () => {
  const timed = { ...x, config: { ...x.config, timeout: '1h' } }
  const fixes = (flow: ReturnType<typeof nested>) =>
    validateFlow(flow, lookup).flatMap(({ code, fix }) =>
      code.startsWith('LOCK') ? [fix?.title] : [],
    )
  expect(fixes(nested([x, timed], [x, y]))).toEqual([undefined])
  const crossed = nested([x, y], [y, x])
  expect(fixes(crossed)).toEqual(['Take them in the other order', 'Take them in the other order'])
  const step = draw({ before: { type: 'data.map', parent: 'a' } }, []).nodes
  expect(fixes({ ...crossed, nodes: [...crossed.nodes, ...step] })).toEqual([
    undefined,
    'Take them in the other order',
  ])
})

it('[R661] the value of a lock is what its End gives, and inside of a list the item is that of the list', () => {
  const flow = draw(
    {
      start: 'flow.start',
      each: { type: 'flow.each', inputs: { items: { var: 'input.x' } } },
      a: { ...lock('x', { key: { var: 'item' } }), parent: 'each' },
      inner: { type: 'data.map', parent: 'a', inputs: { n: { var: 'item' } } },
      a_end: { type: 'flow.end', parent: 'a', inputs: { output: { var: 'inner' } } },
      each_end: { type: 'flow.end', parent: 'each', inputs: { output: { var: 'a.n' } } },
      wrong: { type: 'data.map', parent: 'each', inputs: { n: { var: 'inner.n' }, m: { var: 'a.m' } } }, // prettier-ignore
      end: { type: 'flow.end', inputs: { output: { var: 'each.results' } } },
    },
    ['start -> each', 'each.item -> a', 'a.body -> inner', 'inner -> a_end', 'a -> wrong', 'wrong -> each_end', 'each -> end'], // prettier-ignore
    { input: { type: 'object', properties: { x: { type: 'array', items: { type: 'string' } } }, required: ['x'] } }, // prettier-ignore
  )
  expect(validateFlow(flow, lookup)).toMatchObject([
    { code: 'READ_FROM_OUTSIDE', params: { path: 'inner.n', instead: 'a' } },
    { code: 'FIELD_UNKNOWN', params: { path: 'a.m' } },
  ])
})
