import { expect, it } from 'vitest'
import { decisionSchema } from '#core/graph/decision.ts'
import { graphEdges, graphPlaces } from './decision-graph.ts'

const expression = (id: string, value: unknown) => ({ kind: 'expression', id, name: id, value })
const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    expression('rate', 14),
    expression('emi', { times: [{ var: 'amount' }, { var: 'rate' }] }),
    expression('foir', { divide: [{ var: 'emi' }, { var: 'income' }] }),
    expression('twice', { plus: [{ var: 'rate' }, { var: 'foir' }] }),
  ],
})

it('draws a line for what a part reads, from the input where it reads no other, and to the result where none reads it', () => {
  expect(graphEdges(decision).map(({ source, target }) => `${source} → ${target}`)).toEqual([
    'input → rate',
    'rate → emi',
    'emi → foir',
    'rate → twice',
    'foir → twice',
    'twice → result',
  ])
})

it('places what has no place by its distance from the input, and leaves the others where they are', () => {
  const places = graphPlaces(decision, graphEdges(decision), { emi: { x: 7, y: 9 } })
  expect(places['emi']).toEqual({ x: 7, y: 9 })
  const column = (id: string): number => places[id]?.x ?? NaN
  expect(column('input')).toBeLessThan(column('rate'))
  expect(column('foir')).toBeLessThan(column('twice'))
  expect(column('twice')).toBeLessThan(column('result'))
})

it('draws a cycle rather than hang', () => {
  const cyclic = decisionSchema.parse({
    ...decision,
    parts: [expression('a', { var: 'b' }), expression('b', { var: 'a' })],
  })
  expect(Object.keys(graphPlaces(cyclic, graphEdges(cyclic), {}))).toHaveLength(4)
})
