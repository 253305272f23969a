import { describe, expect, it } from 'vitest'
import { coverage } from '#core/decision/testing/coverage.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { coverageKey, coverageMarks, partCoverage } from './coverage-marks.ts'

const tested = { var: '?' }
const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'rules',
      name: 'Rules',
      rules: [
        {
          id: 'low',
          name: 'Low',
          when: { all_of: [{ lt: [{ var: 'score' }, 600] }, { gt: [{ var: 'age' }, 20] }] },
          then: [],
        },
        { id: 'never', name: 'Never', when: { gt: [{ var: 'score' }, 900] }, then: [] },
      ],
    },
    {
      kind: 'table',
      id: 'rates',
      name: 'Rates',
      hitPolicy: 'first',
      inputs: [
        { id: 'score', name: 'Score', expression: { var: 'score' }, type: 'number' },
        { id: 'age', name: 'Age', expression: { var: 'age' }, type: 'number' },
      ],
      outputs: [{ id: 'rate', name: 'Rate', expression: 'rate', type: 'number' }],
      rows: [
        { id: 'r1', when: [{ lt: [tested, 600] }, { gt: [tested, 20] }], then: [1] },
        { id: 'r2', when: [null, null], then: [2] },
      ],
    },
    {
      kind: 'scorecard',
      id: 'card',
      name: 'Card',
      characteristics: [
        {
          id: 'age',
          name: 'Age',
          expression: { var: 'age' },
          bins: [
            { id: 'young', when: { lt: [tested, 25] }, points: 1 },
            { id: 'old', when: null, points: 2 },
          ],
        },
      ],
    },
  ],
})
const test = (score: number, age: number) => ({ name: '', input: { score, age }, expect: {} })
const marksOf = (tests: ReturnType<typeof test>[]) => {
  const marks = coverageMarks(coverage(decision, tests, { at: 0 }), 'policy')
  return (part: string, unit: string) => marks.get(coverageKey(part, unit))
}

describe('coverage, painted on what it is of', () => {
  it('[R697] tells of each rule and row how many tests meet it and which of its conditions were seen both ways', () => {
    const few = marksOf([test(500, 30), test(700, 30)])
    expect(few('rules', 'low')).toMatchObject({
      tests: 1,
      comparisons: 2,
      bothWays: 1,
      state: 'some',
    })
    expect(few('rules', 'never')).toMatchObject({ tests: 0, state: 'none' })
    expect(few('rates', 'r1')).toMatchObject({ tests: 1, halfSeen: [1], state: 'some' })
    expect(few('rates', 'r2')).toMatchObject({ tests: 1, state: 'full' })
    const more = marksOf([test(500, 30), test(700, 30), test(500, 10)])
    expect(more('rules', 'low')).toMatchObject({ tests: 1, bothWays: 2, state: 'full' })
    expect(more('rates', 'r1')).toMatchObject({ halfSeen: [], state: 'full' })
  })

  it('[R790] tells it of each bin of a scorecard, and of a part how many of its units the tests meet', () => {
    const one = marksOf([test(500, 20)])
    expect(one('card', 'age.young')).toMatchObject({ tests: 1, comparisons: 1, state: 'some' })
    expect(one('card', 'age.old')).toMatchObject({ tests: 0, state: 'none' })
    const partOf = (tests: ReturnType<typeof test>[], part: string) =>
      partCoverage(coverageMarks(coverage(decision, tests, { at: 0 }), 'policy'), part)
    expect(partOf([test(500, 20)], 'card')).toEqual({ met: 1, all: 2, state: 'some' })
    expect(partOf([test(500, 30), test(700, 30), test(500, 10)], 'rates')).toEqual({
      met: 2,
      all: 2,
      state: 'full',
    })
    expect(partOf([], 'rates')).toEqual({ met: 0, all: 2, state: 'none' })
    expect(partOf([], 'other')).toBeNull()
  })

  it('[R697] paints nothing without tests, and nothing of another decision', () => {
    expect(coverageMarks(null, 'policy').size).toBe(0)
    expect(coverageMarks(coverage(decision, [test(1, 1)], { at: 0 }), 'other').size).toBe(0)
  })
})
