import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { validateDecision } from '#core/decision/validate.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json } from '#core/json.ts'

const decision = (parts: readonly Json[], id = 'policy'): Decision =>
  decisionSchema.parse({ kind: 'decision', format: 1, id, name: 'Policy', input: {}, parts })
const codes = (document: Decision) =>
  validateDecision(document).map(({ code, place }) => [code, place.path])
const expression = (id: string, value: Json, more: object = {}): Json => ({
  kind: 'expression',
  id,
  name: id,
  value,
  ...more,
})

const bin = (id: string, when: Json, points: number, code?: string): Json => ({
  id,
  when,
  points,
  ...(code === undefined ? {} : { reason: { code, text: code } }),
})
const card: Json = {
  kind: 'scorecard',
  id: 'card',
  name: 'Card',
  base: 400,
  characteristics: [
    {
      id: 'bureau',
      name: 'Bureau score',
      expression: { var: 'score' },
      bins: [
        bin('high', { gte: [{ var: '?' }, 750] }, 120),
        bin('middle', { gte: [{ var: '?' }, 670] }, 70, 'SCORE_MIDDLE'),
        bin('low', null, 10, 'SCORE_LOW'),
      ],
      missing: { points: 40, reason: { code: 'NO_HISTORY', text: 'No history' } },
    },
    {
      id: 'work',
      name: 'Employment',
      expression: { var: 'work' },
      bins: [bin('salaried', 'SALARIED', 60), bin('other', ['SELF', 'PART'], 30, 'EMPLOYMENT')],
    },
  ],
  cutoffs: { declineBelow: 460, approveFrom: 520 },
}

describe('a scorecard', () => {
  const score = compileDecision(decision([card]))

  it('[R420] A scorecard adds the points of the first bin that takes each value, and gives the outcome of its cut-offs with the reasons that cost most.', () => {
    const good = score({ score: 800, work: 'SALARIED' }, 0)
    expect(good.values['card']).toEqual({
      score: 580,
      points: { bureau: 120, work: 60 },
      reasons: [],
    })
    expect([good.outcome, good.reasons]).toEqual(['approve', []])
    const weak = score({ score: 600, work: 'SELF' }, 0)
    expect(weak.outcome).toBe('decline')
    expect(weak.reasons).toEqual([
      { code: 'SCORE_LOW', text: 'SCORE_LOW', contribution: -110, source: 'card' },
      { code: 'EMPLOYMENT', text: 'EMPLOYMENT', contribution: -30, source: 'card' },
    ])
    expect(score({ score: 700, work: 'PART' }, 0).outcome).toBe('refer')
    expect(weak.fired.map(({ rule }) => rule)).toEqual(['bureau.low', 'work.other'])
  })

  it('[R421] A missing value takes the points for it; without such points the score is unknown, and gives no outcome.', () => {
    expect(score({ work: 'SALARIED' }, 0).values['card']).toMatchObject({ score: 500 })
    const unknown = score({ score: 700 }, 0)
    expect([unknown.values['card'], unknown.outcome]).toEqual([null, null])
    expect(unknown.unknown).toEqual([{ part: 'card', rule: 'work', missing: ['work'] }])
  })
})

describe('a switch', () => {
  const routed = decision([
    expression(
      'rate',
      { plus: [{ var: 'base' }, 2] },
      { only: { switch: 'way', cases: ['self'] } },
    ),
    {
      kind: 'switch',
      id: 'way',
      name: 'Way',
      cases: [
        { id: 'salaried', name: 'Salaried', when: { eq: [{ var: 'work' }, 'SALARIED'] } },
        { id: 'self', name: 'Self-employed', when: { eq: [{ var: 'work' }, 'SELF'] } },
      ],
    },
    expression('base', 12),
  ])

  it('[R422] A part that hangs on a switch runs only for the cases that it names; parts are evaluated after those that they read, however they stand.', () => {
    const evaluate = compileDecision(routed)
    expect(evaluate({ work: 'SELF' }, 0).values).toMatchObject({ way: 'self', rate: 14 })
    expect(evaluate({ work: 'SALARIED' }, 0).values).toMatchObject({ way: 'salaried', rate: null })
    expect(evaluate({ work: 'PART' }, 0).values).toMatchObject({ way: 'otherwise', rate: null })
    expect(codes(routed)).toEqual([])
  })

  it('finds a switch and a case that are not there, and parts that read each other', () => {
    expect(codes(decision([expression('a', 1, { only: { switch: 'no', cases: ['x'] } })]))).toEqual(
      [['SWITCH_UNKNOWN', '/parts/0/only/switch']],
    )
    expect(codes(decision([expression('a', { var: 'b' }), expression('b', { var: 'a' })]))).toEqual(
      [['REFERENCE_CYCLE', '/parts/0/value']],
    )
  })
})

describe('another decision', () => {
  const inner = decision(
    [
      {
        kind: 'rules',
        id: 'hard',
        name: 'Hard',
        rules: [
          {
            id: 'age',
            name: 'Age',
            when: { lt: [{ var: 'age' }, 21] },
            then: [
              { do: 'outcome', outcome: 'decline' },
              { do: 'reason', code: 'AGE', text: 'Too young' },
            ],
          },
        ],
      },
      expression('limit', { times: [{ var: 'age' }, 1000] }),
    ],
    'inner',
  )
  const asking = (joins?: boolean): Decision =>
    decision([
      {
        kind: 'decision',
        id: 'other',
        name: 'Other',
        decision: 'inner',
        inputs: { age: { var: 'applicant.age' } },
        ...(joins === undefined ? {} : { joins }),
      },
      {
        kind: 'output',
        id: 'out',
        name: 'Out',
        fields: [{ name: 'limit', value: { var: 'other.limit' } }],
      },
    ])
  const lookUp = (id: string): Decision | undefined => (id === 'inner' ? inner : undefined)

  it('[R423] What another decision decides counts as this one’s own, unless it is asked for its values alone; the output part is the result’s output.', () => {
    const result = compileDecision(asking(), lookUp)({ applicant: { age: 20 } }, 0)
    expect(result.outcome).toBe('decline')
    expect(result.reasons).toEqual([{ code: 'AGE', text: 'Too young', source: 'other.hard.age' }])
    expect(result.output).toEqual({ limit: 20_000 })
    const apart = compileDecision(asking(false), lookUp)({ applicant: { age: 20 } }, 0)
    expect([apart.outcome, apart.reasons]).toEqual([null, []])
    expect(apart.values['other']).toMatchObject({ outcome: 'decline', limit: 20_000 })
  })

  it('[R424] Decisions that ask each other in a circle, and one that is not there, are refused with their names.', () => {
    const round = decision(
      [{ kind: 'decision', id: 'a', name: 'A', decision: 'policy', inputs: {} }],
      'inner',
    )
    expect(() => compileDecision(asking(), (id) => (id === 'inner' ? round : asking()))).toThrow(
      'policy → inner → policy',
    )
    expect(() => compileDecision(asking())).toThrow('inner')
  })
})

it('[R425] A rule of one tenant is in force for it alone.', () => {
  const rule = (id: string, tenant?: string): Json => ({
    id,
    name: id,
    when: true,
    then: [{ do: 'flag', flag: id }],
    ...(tenant === undefined ? {} : { tenant }),
  })
  const evaluate = compileDecision(
    decision([{ kind: 'rules', id: 'r', name: 'R', rules: [rule('all'), rule('north', 'north')] }]),
  )
  expect(evaluate({}, 0, 'north').flags).toEqual(['all', 'north'])
  expect(evaluate({}, 0, 'south').flags).toEqual(['all'])
  expect(evaluate({}, 0).flags).toEqual(['all'])
})

it('finds outputs beside the first, cut-offs that cross, bins that are not there and forbidden names', () => {
  const output = (id: string, name: string): Json => ({
    kind: 'output',
    id,
    name: id,
    fields: [{ name, value: 1 }],
  })
  const empty: Json = {
    kind: 'scorecard',
    id: 'c',
    name: 'C',
    characteristics: [{ id: 'x', name: 'X', expression: { var: 'x' }, bins: [] }],
    cutoffs: { declineBelow: 500, approveFrom: 400 },
  }
  expect(codes(decision([output('a', 'x'), output('b', '__proto__'), empty]))).toEqual([
    ['DECISION_FIELD_FORBIDDEN', '/parts/1/fields/0/name'],
    ['CHARACTERISTIC_WITHOUT_BINS', '/parts/2/characteristics/0'],
    ['CUTOFFS_CROSS', '/parts/2/cutoffs'],
    ['OUTPUT_TWICE', '/parts/1'],
  ])
})
