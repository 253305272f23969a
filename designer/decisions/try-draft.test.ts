import { describe, expect, it } from 'vitest'
import { decisionSchema } from '#core/graph/decision.ts'
import {
  differences,
  draftOutcomes,
  evaluateDraft,
  expectationOf,
  fateOf,
  passes,
} from './try-draft.ts'

const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'hard',
      name: 'Hard policy',
      rules: [
        {
          id: 'age',
          name: 'Age',
          when: { lt: [{ var: 'age' }, 21] },
          then: [
            { do: 'outcome', outcome: 'decline' },
            { do: 'reason', code: 'AGE', text: 'Under 21' },
          ],
        },
        { id: 'score', name: 'Score', when: { lt: [{ var: 'score' }, 670] }, then: [] },
      ],
    },
  ],
})

describe('evaluateDraft', () => {
  const outcome = evaluateDraft(decision, { age: 19 }, 0)
  it('[R141] decides in the browser and tells each rule apart', () => {
    expect('result' in outcome && outcome.result.outcome).toBe('decline')
    expect(fateOf(outcome, 'hard', 'age')).toEqual({ fate: 'fired' })
    expect(fateOf(outcome, 'hard', 'score')).toEqual({ fate: 'unknown', missing: ['score'] })
    expect(fateOf(evaluateDraft(decision, { age: 30, score: 700 }, 0), 'hard', 'age')).toBeNull()
  })

  it('[R141] says why a broken draft decides nothing', () => {
    const broken = {
      ...decision,
      parts: [{ kind: 'expression' as const, id: 'x', name: 'x', value: { no_such: [1] } }],
    }
    expect(evaluateDraft(broken, {}, 0)).toEqual({ problem: expect.stringContaining('no_such') })
  })

  it('compares only what a test expects, reasons by code', () => {
    if ('problem' in outcome) throw new Error(outcome.problem)
    expect(differences(expectationOf(outcome.result), outcome.result)).toEqual([])
    expect(differences({ outcome: 'refer', reasons: ['AGE'] }, outcome.result)).toEqual([
      { field: 'outcome', expected: '"refer"', actual: '"decline"' },
    ])
  })
})

it('[R459] decides for the sample and for each test of the draft at once', () => {
  const tests = [
    { name: 'young', input: { age: 19, score: 700 }, expect: { outcome: 'decline' } },
    { name: 'grown', input: { age: 30, score: 700 }, expect: { outcome: 'decline' } },
  ]
  const found = draftOutcomes({ ...decision, tests }, { age: 20 }, { at: 0 })
  expect('result' in found.sample && found.sample.result.outcome).toBe('decline')
  expect(
    found.tests.map((outcome, index) => tests[index] && passes(tests[index], outcome)),
  ).toEqual([true, false])
})
