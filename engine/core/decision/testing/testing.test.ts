import { describe, expect, it } from 'vitest'
import { coverage } from '#core/decision/testing/coverage.ts'
import { generateTests } from '#core/decision/testing/generate-tests.ts'
import { mutationScore } from '#core/decision/testing/mutate.ts'
import { runTests } from '#core/decision/testing/run-tests.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'

const at = 0
const above = (n: number): Json => ({ gte: [{ var: '?' }, n] })
const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'd',
  name: 'D',
  input: {
    type: 'object',
    properties: {
      score: { type: 'integer', minimum: 300, maximum: 900 },
      work: { type: 'string', enum: ['SALARIED', 'SELF'] },
    },
  },
  parts: [
    {
      kind: 'table',
      id: 'band',
      name: 'Band',
      hitPolicy: 'first',
      inputs: [
        { id: 'i', name: 'Score', expression: { var: 'score' }, type: 'number' },
        { id: 'w', name: 'Work', expression: { var: 'work' }, type: 'string' },
      ],
      outputs: [{ id: 'o', name: 'Band', expression: 'band' }],
      rows: [
        { id: 'a', when: [above(750), null], then: ['A'] },
        { id: 'b', when: [above(670), 'SALARIED'], then: ['B'] },
        { id: 'c', when: [{ lt: [{ var: '?' }, 500] }, null], then: ['C'] },
      ],
    },
    {
      kind: 'rules',
      id: 'hard',
      name: 'Hard',
      rules: [
        {
          id: 'low',
          name: 'Low',
          when: { lt: [{ var: 'score' }, 500] },
          then: [
            { do: 'outcome', outcome: 'decline' },
            { do: 'reason', code: 'LOW', text: 'Low' },
          ],
        },
      ],
    },
  ],
})

describe('generated tests', () => {
  const tests = generateTests(decision, { at })

  it('[R484] Generated tests meet every row and rule, stand on both sides of every threshold, hold a case for every gap, and pass.', () => {
    expect(runTests(decision, tests, { at })).not.toContain(false)
    const covered = coverage(decision, tests, { at })
    expect(covered.units.filter((unit) => unit.tests.length === 0)).toEqual([])
    const scores = tests.map(({ input }) => (input as { score: number }).score)
    for (const threshold of [750, 670, 500]) {
      expect(scores).toContain(threshold)
      expect(scores).toContain(threshold - 1)
    }
    expect(tests.some(({ name }) => name.includes('no row'))).toBe(true)
  })

  it('[R485] Coverage tells which rows no test met, and which comparisons were only ever true or false.', () => {
    const one = coverage(
      decision,
      [{ name: 'one', input: { score: 800, work: 'SELF' }, expect: {} }],
      { at },
    )
    expect(one.units.map(({ unit, tests: covering }) => [unit, covering])).toEqual([
      ['a', [0]],
      ['b', []],
      ['c', []],
      ['low', []],
    ])
    expect(one.comparisons[0]).toMatchObject({ seenTrue: true, seenFalse: false })
    expect(one.share).toBeLessThan(0.5)
  })

  it('[R486] The mutation score names the faults that no test notices; generated tests notice more than one by hand.', () => {
    const byHand = [{ name: 'one', input: { score: 800, work: 'SELF' }, expect: { band: 'A' } }]
    const weak = mutationScore(decision, byHand, { at })
    const strong = mutationScore(decision, tests, { at })
    expect(weak.survivors.map(({ pointer }) => pointer)).toContain('/parts/1/rules/0/when')
    expect(strong.score ?? 0).toBeGreaterThan(0.9)
    expect(weak.score ?? 1).toBeLessThan(strong.score ?? 0)
    expect(strong.complete).toBe(true)
  })

  it('stops at its budget, and says so', () => {
    let now = 0
    const clock = (): number => (now += 10)
    const score = mutationScore(decision, tests, { at, budget: 45, clock })
    expect(score.complete).toBe(false)
    expect(score.tried).toBeGreaterThan(0)
  })
})

describe('generated tests of what is worked out', () => {
  const made = (id: string, parts: readonly Json[], properties: object = {}) =>
    decisionSchema.parse({
      kind: 'decision',
      format: 1,
      id,
      name: id,
      input: { type: 'object', properties },
      parts,
    })
  const rule = (id: string, when: Json, outcome = 'decline'): Json => ({
    id,
    name: id,
    when,
    then: [
      { do: 'outcome', outcome },
      { do: 'reason', code: id.toUpperCase(), text: id },
    ],
  })
  const age = { years_between: [{ var: 'born' }, { today: [] }] }
  const ratio = { divide: [{ var: 'foir.due' }, { var: 'income' }] }
  const deep = made('deep', [
    {
      kind: 'rules',
      id: 'checks',
      name: 'Checks',
      rules: [rule('hot', { gt: [{ var: 'share' }, 0.8] }, 'refer')],
    },
  ])
  const policy = made(
    'policy',
    [
      {
        kind: 'table',
        id: 'band',
        name: 'Band',
        hitPolicy: 'first',
        inputs: [{ id: 'i', name: 'Score', expression: { var: 'score' }, type: 'number' }],
        outputs: [{ id: 'o', name: 'Grade', expression: 'grade' }],
        rows: [
          { id: 'a', when: [above(750)], then: ['A'] },
          { id: 'b', when: [above(650)], then: ['B'] },
          { id: 'c', when: [null], then: ['C'] },
        ],
      },
      {
        kind: 'table',
        id: 'rate',
        name: 'Rate',
        hitPolicy: 'unique',
        inputs: [{ id: 'i', name: 'Grade', expression: { var: 'band.grade' } }],
        outputs: [{ id: 'o', name: 'Rate', expression: 'rate' }],
        rows: [
          { id: 'ra', when: ['A'], then: [11] },
          { id: 'rb', when: ['B'], then: [14] },
          { id: 'rc', when: ['C'], then: [18] },
        ],
      },
      { kind: 'expression', id: 'share', name: 'Share', value: ratio },
      {
        kind: 'expression',
        id: 'instalment',
        name: 'EMI',
        value: { emi: [{ var: 'amount' }, { var: 'rate.rate' }, 36] },
      },
      {
        kind: 'rules',
        id: 'hard',
        name: 'Hard',
        rules: [
          rule('young', { lt: [age, 21] }),
          rule('old', { gt: [age, 60] }),
          rule('strained', { gt: [{ var: 'share' }, 0.5] }, 'refer'),
          rule('dear', { gt: [{ var: 'instalment' }, { times: [0.4, { var: 'income' }] }] }),
        ],
      },
      {
        kind: 'decision',
        id: 'more',
        name: 'More',
        decision: 'deep',
        inputs: { share: { var: 'share' } },
      },
    ],
    {
      score: { type: 'integer', minimum: 300, maximum: 900 },
      income: { type: 'number', minimum: 0 },
      amount: { type: 'number', minimum: 0 },
      born: { type: 'string', format: 'date' },
    },
  )
  const env = {
    at: Date.UTC(2026, 5, 1),
    nested: (id: string) => (id === 'deep' ? deep : undefined),
  }

  it('[R622] meet rules on an age, on ratios and instalments, on what earlier parts give, and of the decisions that are asked, and stand on both sides of each', () => {
    const tests = generateTests(policy, env)
    expect(runTests(policy, tests, env)).not.toContain(false)
    // An age goes on, the day of the test does not.
    const later = { ...env, at: env.at + 400 * 86_400_000 }
    expect(runTests(policy, tests, later)).not.toContain(false)
    const { units, comparisons } = coverage(policy, tests, env)
    expect(units.filter((unit) => unit.tests.length === 0).map(({ unit }) => unit)).toEqual([])
    expect(comparisons.filter(({ seenTrue, seenFalse }) => !seenTrue || !seenFalse)).toEqual([])
    const born = new Set(tests.map(({ input }) => (input as { born?: string }).born))
    // The day on which one is 21, and the day after.
    expect([...born]).toEqual(expect.arrayContaining(['2005-06-01', '2005-06-02']))
    expect(mutationScore(policy, tests, env).score ?? 0).toBeGreaterThan(0.9)
  })
})
