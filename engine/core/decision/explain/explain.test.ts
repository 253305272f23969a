import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { counterfactual } from '#core/decision/explain/counterfactual.ts'
import { explainDecision } from '#core/decision/explain/explain.ts'
import { decisionSchema, type Decision } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'

const at = 0
const rule = (id: string, when: Json, outcome: string): Json => ({
  id,
  name: id,
  when,
  then: [
    { do: 'outcome', outcome },
    { do: 'reason', code: id.toUpperCase(), text: id },
  ],
})
const decision = (parts: readonly Json[], properties: JsonObject = {}): Decision =>
  decisionSchema.parse({
    kind: 'decision',
    format: 1,
    id: 'd',
    name: 'D',
    input: { type: 'object', properties },
    parts,
  })
const rules = (list: readonly Json[]): Json => ({
  kind: 'rules',
  id: 'hard',
  name: 'Hard',
  rules: list,
})
const integer = (minimum: number, maximum: number, more: object = {}): JsonObject => ({
  type: 'integer',
  minimum,
  maximum,
  ...more,
})

const policy = decision(
  [
    {
      kind: 'expression',
      id: 'foir',
      name: 'FOIR',
      value: { divide: [{ var: 'emi' }, { var: 'pay' }] },
    },
    rules([
      rule('score', { lt: [{ var: 'bureau.score' }, 670] }, 'decline'),
      rule('foir', { gt: [{ var: 'foir' }, 0.5] }, 'refer'),
      rule(
        'age',
        { any_of: [{ lt: [{ var: 'age' }, 21] }, { gt: [{ var: 'age' }, 60] }] },
        'decline',
      ),
    ]),
  ],
  { age: integer(18, 99, { 'x-immutable': true }) },
)
const applicant = { age: 30, pay: 100, emi: 60, bureau: { score: 668 } }

describe('explainDecision', () => {
  it('[R480] Of every rule it is told whether it was met, with the values that it compared, and the chain from the outcome back through the parts.', () => {
    const { parts, chain, result } = explainDecision(policy, applicant, { at })
    expect(result.outcome).toBe('decline')
    expect(parts[1]?.units.map(({ unit, fate }) => [unit, fate])).toEqual([
      ['score', 'met'],
      ['foir', 'met'],
      ['age', 'not met'],
    ])
    expect(parts[1]?.units[0]?.comparisons[0]?.operands).toEqual([
      { path: 'bureau.score', value: 668 },
      { path: null, value: 670 },
    ])
    expect(chain).toEqual([
      {
        part: 'hard',
        unit: 'score',
        name: 'score',
        values: [{ path: 'bureau.score', value: 668, from: null }],
      },
    ])
  })

  it('[R481] What was nearly met comes first, with what it needed and by how much.', () => {
    const { nearest } = explainDecision(
      policy,
      { ...applicant, bureau: { score: 672 }, emi: 10 },
      { at },
    )
    expect(nearest[0]).toMatchObject({
      unit: 'score',
      miss: { comparisons: [{ operator: 'lt', by: 2 }] },
    })
  })

  it('tells what was not reached, and what was unknown for want of what', () => {
    const { parts } = explainDecision(policy, { age: 30 }, { at })
    expect(parts[1]?.units[0]).toMatchObject({ fate: 'unknown' })
    expect(parts[1]?.units[0]?.comparisons[0]?.missing).toEqual(['bureau.score'])
    const routed = decision([
      {
        kind: 'switch',
        id: 'way',
        name: 'Way',
        cases: [{ id: 'a', name: 'A', when: { var: 'a' } }],
      },
      { ...(rules([rule('x', true, 'refer')]) as object), only: { switch: 'way', cases: ['a'] } },
    ])
    expect(explainDecision(routed, { a: false }, { at }).parts[1]?.units[0]).toMatchObject({
      fate: 'not reached',
      because: 'other case',
    })
  })
})

describe('counterfactual', () => {
  it('[R482] The smallest change that brings another outcome is found, and what must not change does not.', () => {
    const found = counterfactual(policy, { ...applicant, emi: 10 }, { at })
    expect(found).toMatchObject({
      found: true,
      changes: [{ path: 'bureau.score', from: 668, to: 670 }],
      smallest: true,
    })
    const young = counterfactual(
      policy,
      { age: 18, pay: 100, emi: 10, bureau: { score: 700 } },
      { at },
    )
    expect(young).toMatchObject({ found: false, complete: true })
  })

  it('[R483] No smaller number of changed inputs would do, as trying everything tells.', () => {
    const limit = fc.integer({ min: 1, max: 4 })
    const comparison = fc
      .tuple(fc.constantFrom('lt', 'gte'), fc.constantFrom('a', 'b', 'c'), limit)
      .map(([operator, path, n]): Json => ({ [operator]: [{ var: path }, n] }))
    const condition = fc.oneof(
      comparison,
      fc
        .tuple(fc.constantFrom('all_of', 'any_of'), comparison, comparison)
        .map(([operator, x, y]): Json => ({ [operator]: [x, y] })),
    )
    const document = fc
      .array(fc.tuple(condition, fc.constantFrom('decline', 'refer', 'approve')), {
        minLength: 1,
        maxLength: 4,
      })
      .map((list) =>
        decision([rules(list.map(([when, outcome], i) => rule(`r${i}`, when, outcome)))], {
          a: integer(0, 5),
          b: integer(0, 5),
          c: integer(0, 5),
        }),
      )
    const value = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(document, value, value, value, (each, a, b, c) => {
        const evaluate = compileDecision(each)
        const before = evaluate({ a, b, c }, at).outcome
        const found = counterfactual(each, { a, b, c }, { at, to: ['approve'] })
        let fewest = Infinity
        for (let x = 0; x <= 5; x++)
          for (let y = 0; y <= 5; y++)
            for (let z = 0; z <= 5; z++)
              if (evaluate({ a: x, b: y, c: z }, at).outcome === 'approve')
                fewest = Math.min(fewest, Number(x !== a) + Number(y !== b) + Number(z !== c))
        if (before === 'approve') return
        expect(found.found ? found.changes.length : Infinity).toBe(fewest)
      }),
      { numRuns: 300 },
    )
  })
})
