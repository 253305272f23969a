import { describe, expect, it } from 'vitest'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import { graphEdges } from './decision-graph.ts'
import { canWire, unwired, wired, wireFields } from './wire.ts'

const decision: Decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {
    type: 'object',
    properties: {
      income: { type: 'number' },
      bureau: { type: 'object', properties: { score: { type: 'integer' } } },
    },
  },
  parts: [
    { kind: 'output', id: 'out', name: 'Out', fields: [] },
    {
      kind: 'table',
      id: 'rates',
      name: 'Rates',
      hitPolicy: 'first',
      inputs: [],
      outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'number' }],
      rows: [{ id: 'row_1', when: [], then: [12] }],
    },
    { kind: 'scorecard', id: 'points', name: 'Points', base: 0, characteristics: [] },
    { kind: 'rules', id: 'limits', name: 'Limits', rules: [] },
    { kind: 'switch', id: 'kind', name: 'Kind', cases: [{ id: 'own', name: 'Own', when: true }] },
    { kind: 'decision', id: 'other', name: 'Other', decision: 'other', inputs: {} },
    { kind: 'expression', id: 'twice', name: 'Twice', value: null },
    { kind: 'expression', id: 'half', name: 'Half', value: { divide: [{ var: 'rates.rate' }, 2] } },
  ],
})
const field = (source: string, path: string) => {
  const found = wireFields(decision, source).find((each) => each.path === path)
  if (found === undefined) throw new Error(`${source} does not give ${path}`)
  return found
}
const linesOf = (of: Decision | null): string[] =>
  of === null ? [] : graphEdges(of).map(({ id }) => id)

describe('lines that one draws between parts', () => {
  it('[R692] make the target read the value, whatever its kind, and stand where one reads before being read', () => {
    const score = field('input', 'bureau.score')
    const rate = field('rates', 'rates.rate')
    for (const target of ['out', 'points', 'limits', 'kind', 'other', 'twice']) {
      const next = wired(decision, { source: 'rates', port: null, target }, rate)
      expect(linesOf(next), target).toContain(`rates::${target}`)
      expect(decisionSchema.safeParse(next).success).toBe(true)
      const order = next?.parts.map(({ id }) => id) ?? []
      expect(order.indexOf('rates')).toBeLessThan(order.indexOf(target))
      expect(order.toSorted()).toEqual(decision.parts.map(({ id }) => id).toSorted())
    }
    const table = wired(decision, { source: 'input', port: null, target: 'rates' }, score)
    expect(table?.parts.find(({ id }) => id === 'rates')).toMatchObject({
      inputs: [{ name: 'Score', expression: { var: 'bureau.score' }, type: 'number' }],
      rows: [{ when: [null] }],
    })
  })

  it('[R692] from a case let the target run for it alone, and are taken away again', () => {
    const wire = { source: 'kind', port: 'own', target: 'limits' }
    const next = wired(decision, wire, null)
    expect(linesOf(next)).toContain('kind:own:limits')
    expect(next && canWire(next, wire)).toBe(false)
    const both = next && wired(next, { ...wire, port: 'otherwise' }, null)
    const line = { id: '', ...wire }
    expect(linesOf(both && unwired(both, line))).toContain('kind:otherwise:limits')
    expect(next && unwired(next, line)?.parts.find(({ id }) => id === 'limits')).not.toHaveProperty(
      'only',
    )
    // What is read is written in the part, and is not lost with a line.
    expect(unwired(decision, { id: '', source: 'rates', port: null, target: 'half' })).toBeNull()
  })

  it('[R692] are refused where a part would read itself, and where the result or the input is the target', () => {
    const wire = (source: string, target: string) =>
      canWire(decision, { source, port: null, target })
    expect(wire('half', 'rates')).toBe(false)
    expect(wire('half', 'half')).toBe(false)
    expect(wire('rates', 'half')).toBe(true)
    expect(wire('result', 'half')).toBe(false)
    expect(wire('rates', 'result')).toBe(false)
    expect(wire('rates', 'input')).toBe(false)
  })

  it('[R692] do not write into an expression that says something', () => {
    const points = field('points', 'points.score')
    expect(wired(decision, { source: 'points', port: null, target: 'half' }, points)).toBeNull()
  })
})
