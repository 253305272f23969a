import { describe, expect, it } from 'vitest'
import { decisionSchema } from '#core/graph/decision.ts'
import { countApplicants, readApplicants, testApplicants } from './applicants.ts'

const tested = { var: '?' }
const decision = decisionSchema.parse({
  kind: 'decision',
  format: 1,
  id: 'card',
  name: 'Card',
  input: {
    type: 'object',
    properties: {
      age: { type: 'integer' },
      bureau: { type: 'object', properties: { score: { type: 'integer' } } },
    },
  },
  parts: [
    {
      kind: 'scorecard',
      id: 'points',
      name: 'Points',
      base: 100,
      characteristics: [
        {
          id: 'age',
          name: 'Age',
          expression: { var: 'age' },
          bins: [
            { id: 'young', when: { lt: [tested, 25] }, points: 10 },
            { id: 'old', when: null, points: 30 },
          ],
        },
        {
          id: 'bureau',
          name: 'Bureau',
          expression: { var: 'bureau.score' },
          bins: [{ id: 'good', when: { gte: [tested, 700] }, points: 50 }],
          missing: { points: 5 },
        },
      ],
    },
  ],
  tests: [{ name: 'one', input: { age: 24, bureau: { score: 720 } }, expect: {} }],
})
const now = Date.UTC(2026, 0, 1)

describe('the applicants on whom scorecards are shown', () => {
  it('[R691] are the rows of a CSV file, by its headers however they are written, or those of the tests', () => {
    const file = '\uFEFFAge,Bureau Score,Name\n24,710,A\n40,,B\n30,650,C\nold,700,D\n'
    const { applicants, failed } = readApplicants(file, decision)
    expect(applicants.map(({ input }) => input)).toEqual([
      { age: 24, bureau: { score: 710 } },
      { age: 40 },
      { age: 30, bureau: { score: 650 } },
    ])
    expect(failed).toBe(1)
    expect(testApplicants(decision, now)).toEqual([
      { input: { age: 24, bureau: { score: 720 } }, at: now },
    ])
  })

  it('[R691] are counted by score and by bin; one whom no bin takes has no score', () => {
    const { applicants } = readApplicants('age,bureau.score\n24,710\n40,\n30,650\n,700\n', decision)
    expect(countApplicants(decision, applicants, { now })).toMatchObject({
      count: 4,
      failed: 0,
      problem: null,
      parts: {
        points: {
          scores: [160, 135],
          unscored: 2,
          bins: {
            'age.young': 1,
            'bureau.good': 2,
            'age.old': 2,
            'bureau.missing': 1,
          },
        },
      },
    })
  })

  it('[R792] tell how it went with each bin and score, by a column that is guessed or chosen', () => {
    const file =
      'age,bureau.score,Branch,default_flag\n24,710,A,1\n40,,B,0\n30,650,A,\n22,720,B,0\n'
    const read = readApplicants(file, decision)
    expect(read.outcome).toEqual({ column: 'default_flag', bad: '1' })
    expect(read.choices).toEqual([
      { column: 'Branch', values: ['A', 'B'] },
      { column: 'default_flag', values: ['0', '1'] },
    ])
    const { points } = countApplicants(decision, read.applicants, { now }).parts
    expect(points?.outcomes).toEqual({
      'age.young': { goods: 1, bads: 1 },
      'age.old': { goods: 1, bads: 0 },
      'bureau.good': { goods: 1, bads: 1 },
      'bureau.missing': { goods: 1, bads: 0 },
    })
    expect(points?.bads).toEqual([true, false, false])
    expect(points?.values['age']).toMatchObject({ from: 22, whole: true })
    expect(points?.values['age']?.bads.reduce((sum, each) => sum + each, 0)).toBe(1)
    const other = { column: 'Branch', bad: 'B' }
    expect(readApplicants(file, decision, other).applicants.map(({ bad }) => bad)).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect(readApplicants(file, decision, null).applicants.some((each) => 'bad' in each)).toBe(
      false,
    )
  })

  it('[R691] of a draft that does not compile are counted with the reason', () => {
    const part = { kind: 'expression', id: 'e', name: 'E', value: { unheard_of: [] } } as const
    const broken = { ...decision, parts: [...decision.parts, part] }
    const { count, failed, problem } = countApplicants(broken, testApplicants(decision, now), {
      now,
    })
    expect([count, failed, typeof problem]).toEqual([1, 1, 'string'])
  })
})
