import { expect, it } from 'vitest'
import { decisionSteps } from '#core/decision/steps.ts'
import { decisionSchema } from '#core/graph/decision.ts'

const decide = (outcome: string, code: string) => [
  { do: 'outcome', outcome },
  { do: 'reason', code, text: code },
]
const policy = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'policy',
  name: 'Policy',
  input: {},
  parts: [
    {
      kind: 'rules',
      id: 'hard',
      name: 'Hard',
      rules: [
        {
          id: 'age',
          name: 'Age',
          when: { lt: [{ var: 'age' }, 21] },
          then: decide('decline', 'A'),
        },
        {
          id: 'score',
          name: 'Score',
          when: { lt: [{ var: 'score' }, 670] },
          then: decide('refer', 'S'),
        },
        {
          id: 'pay',
          name: 'Pay',
          when: { lt: [{ var: 'pay' }, 25_000] },
          then: decide('decline', 'P'),
        },
      ],
    },
    { kind: 'expression', id: 'twice', name: 'Twice', value: { times: [{ var: 'pay' }, 2] } },
    {
      kind: 'table',
      id: 'one',
      name: 'One',
      hitPolicy: 'unique',
      inputs: [{ id: 'i', name: 'Age', expression: { var: 'age' } }],
      outputs: [{ id: 'o', name: 'Rate', expression: 'rate' }],
      rows: [
        { id: 'a', when: [{ gte: [{ var: '?' }, 18] }], then: [1] },
        { id: 'b', when: [{ gte: [{ var: '?' }, 60] }], then: [2] },
      ],
    },
  ],
})

it('[R500] A decision is stepped through state by state, with what each rule, row and part did and what was decided so far.', () => {
  const steps = decisionSteps(policy, { age: 20, score: null, pay: 30_000 }, { at: 0 })
  expect(steps.map(({ part, rule, fate }) => [part, rule, fate])).toEqual([
    ['hard', 'age', 'met'],
    ['hard', 'score', 'unknown'],
    ['hard', 'pay', 'unmet'],
    ['hard', null, 'concluded'],
    ['twice', null, 'concluded'],
    ['one', 'a', 'met'],
    ['one', 'b', 'unmet'],
    ['one', null, 'concluded'],
  ])
  expect(steps[0]).toMatchObject({ outcome: 'decline', reasons: ['A'] })
  expect(steps[1]?.missing).toEqual(['score'])
  expect(steps[3]?.value).toMatchObject({ outcome: 'decline' })
  expect(steps[4]?.value).toBe(60_000)
})

it('[R501] Stepping shows where a table broke its hit policy.', () => {
  const steps = decisionSteps(policy, { age: 70, score: 700, pay: 30_000 }, { at: 0 })
  const last = steps.at(-1)
  expect(last).toMatchObject({ part: 'one', rule: null, fate: 'failed' })
  expect(last?.problem).toContain('a')
})

it('[R701] A decision that asks another one is stepped through with what the other one decided.', () => {
  const asking = decisionSchema.parse({
    ...policy,
    id: 'asking',
    tests: [],
    parts: [
      {
        kind: 'decision',
        id: 'asked',
        name: 'Asked',
        decision: policy.id,
        inputs: { age: { var: 'age' }, score: { var: 'score' }, pay: { var: 'pay' } },
      },
    ],
  })
  const nested = (id: string) => (id === policy.id ? policy : undefined)
  const steps = decisionSteps(asking, { age: 20, score: 700, pay: 30_000 }, { at: 0, nested })
  expect(steps).toMatchObject([{ part: 'asked', fate: 'concluded', outcome: 'decline' }])
})
