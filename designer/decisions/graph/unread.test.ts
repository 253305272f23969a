import { describe, expect, it } from 'vitest'
import { namesRead } from '#core/decision/validate-references.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { unread } from './unread.ts'

const tested = { var: '?' }
const score = { var: 'points.score' }
const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: { type: 'object', properties: { age: { type: 'integer' } } },
  parts: [
    { kind: 'scorecard', id: 'points', name: 'Points', base: 0, characteristics: [] },
    {
      kind: 'table',
      id: 'rates',
      name: 'Rates',
      hitPolicy: 'first',
      inputs: [
        { id: 'score', name: 'Score', expression: score, type: 'number' },
        { id: 'age', name: 'Age', expression: { var: 'age' }, type: 'number' },
      ],
      outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'number' }],
      rows: [
        { id: 'r1', when: [{ gt: [tested, 1] }, { gt: [tested, 20] }], then: [score] },
        { id: 'r2', when: [null, { lt: [tested, score] }], then: [2] },
      ],
    },
    {
      kind: 'rules',
      id: 'limits',
      name: 'Limits',
      rules: [
        { id: 'a', name: 'Low', when: { lt: [score, 5] }, then: [] },
        { id: 'b', name: 'Young', when: { lt: [{ var: 'age' }, 21] }, then: [] },
        { id: 'c', name: 'Set', when: true, then: [{ do: 'set', field: 'x', value: score }] },
      ],
    },
    {
      kind: 'switch',
      id: 'kind',
      name: 'Kind',
      cases: [
        { id: 'low', name: 'Low', when: { lt: [score, 5] } },
        { id: 'old', name: 'Old', when: { gt: [{ var: 'age' }, 60] } },
      ],
    },
    {
      kind: 'decision',
      id: 'other',
      name: 'Other',
      decision: 'other',
      inputs: { score, age: { var: 'age' } },
    },
    {
      kind: 'scorecard',
      id: 'more',
      name: 'More',
      characteristics: [
        { id: 's', name: 'Score', expression: score, bins: [] },
        { id: 'age', name: 'Age', expression: { var: 'age' }, bins: [] },
      ],
    },
    { kind: 'expression', id: 'twice', name: 'Twice', value: { divide: [score, 2] } },
    {
      kind: 'output',
      id: 'out',
      name: 'Out',
      fields: [
        { name: 'score', value: score },
        { name: 'age', value: { var: 'age' } },
      ],
    },
  ],
})
const cut = (target: string) => unread(decision, { id: '', source: 'points', port: null, target })

describe('a line of the graph that stands for a value that is read', () => {
  it('[R791] goes with what reads the value, named beforehand; all else of the part stays', () => {
    const readers = ['rates', 'limits', 'kind', 'other', 'more', 'twice', 'out']
    expect(Object.fromEntries(readers.map((id) => [id, cut(id)?.taken]))).toEqual({
      rates: ['the condition column Score, with its cells', 'what stands in 2 cells'],
      limits: ['the rule Low', 'the rule Set'],
      kind: ['the case Low'],
      other: ['the input score'],
      more: ['the characteristic Score, with its bins'],
      twice: ['the expression'],
      out: ['the field score'],
    })
    for (const id of readers) {
      const next = cut(id)?.decision
      const part = next?.parts.find((each) => each.id === id)
      if (next === undefined || part === undefined) throw new Error(`${id} is gone`)
      expect(namesRead(part)).not.toContain('points')
      expect(decisionSchema.parse(next)).toEqual(next)
      const before = decision.parts.filter((each) => each.id !== id)
      expect(next.parts.filter((each) => each.id !== id)).toEqual(before)
    }
    expect(cut('rates')?.decision.parts[1]).toMatchObject({
      inputs: [{ id: 'age' }],
      rows: [
        { when: [{ gt: [tested, 20] }], then: [null] },
        { when: [null], then: [2] },
      ],
    })
  })

  it('[R791] is not offered where nothing is read', () => {
    expect(cut('points')).toBeNull()
    expect(cut('result')).toBeNull()
  })
})
