import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
import { witnessIn } from '#core/decision/analysis/witness.ts'
import type { Logic } from '#core/graph/flow.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'

const score = { var: 'score' }
const kind = { var: 'applicant.kind' }
const everyone: JsonObject[] = [null, ...Array.from({ length: 13 }, (_, i) => (i - 1) / 2)].flatMap(
  (points) =>
    ([null, 'A', 'B', 'X'] as Json[]).map((word) => ({
      ...(points === null ? {} : { score: points }),
      ...(word === null ? {} : { applicant: { kind: word } }),
    })),
)

const test = fc.oneof(
  fc
    .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq'), fc.integer({ min: 0, max: 4 }))
    .map(([operator, value]): Logic => ({ [operator]: [score, value] })),
  fc.constantFrom<Logic>(
    { eq: [kind, 'A'] },
    { in_list: [kind, ['A', 'B']] },
    { is_missing: kind },
    { is_present: score },
    true,
  ),
)
const condition = fc.letrec<{ any: Logic }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    test,
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all): Logic => ({ all_of: all })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any): Logic => ({ any_of: any })),
    tie('any').map((inner): Logic => ({ not: inner })),
  ),
})).any

describe('analyseConditions', () => {
  it('[R353] agrees with trying everything', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (conditions) => {
        const analysis = analyseConditions(conditions, {})
        if (analysis === null || analysis === 'too wide') throw new Error('not analysed')
        const evaluators = conditions.map(compileLogic)
        const met = everyone.map((input) =>
          evaluators.flatMap((evaluate, index) =>
            evaluate(input, { at: 0 }) === true ? [index] : [],
          ),
        )
        const numbers = conditions.map((_, index) => index)
        const never = numbers.filter((index) => !met.some((hits) => hits.includes(index)))
        expect(analysis.never).toEqual(never)
        expect(analysis.always).toEqual(
          numbers.filter((index) => met.every((hits) => hits.includes(index))),
        )
        const first = new Set(met.map(([index]) => index))
        expect(analysis.hidden.map(({ condition: index }) => index)).toEqual(
          numbers.filter((index) => !never.includes(index) && !first.has(index)),
        )
        const pairs = [...analysis.overlaps()].map((pair) => `${pair.first} ${pair.second}`)
        expect(new Set(pairs)).toEqual(
          new Set(
            met.flatMap((hits) =>
              hits.flatMap((one) => hits.filter((two) => two > one).map((two) => `${one} ${two}`)),
            ),
          ),
        )
      }),
      { numRuns: 400 },
    )
  })

  it('[R786] claims nothing of lists, texts by order, times, mixed types and fields of fields that one case denies', () => {
    const [x, inner] = [{ var: 'x' }, { var: 'x.y' }]
    const plain: Json[] = [0, 1, 2, 'A', 'B', 'BB', 'C', true, false]
    const nested: Json[] = [['A'], [1, 2], [], {}, { y: 'A' }, { y: 1 }]
    const times = ['2026-01-01', '2026-02-01', '2026-01-01T10:00:00Z', '2026-01-01T12:00:00+05:30']
    const values: Json[] = [...plain, ...nested, ...times]
    const cases: JsonObject[] = [{}, ...values.map((value) => ({ x: value }))]
    const constant = fc.constantFrom<Logic>(1, 2, 'A', 'B', true, null, ...times)
    const odd = fc.oneof(
      fc
        .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), constant)
        .map(([operator, value]): Logic => ({ [operator]: [x, value] })),
      fc.tuple(constant, constant).map(([a, b]): Logic => ({ between: [x, a, b] })),
      fc.constantFrom<Logic>(
        { eq: [x, [1, 2]] },
        { in_list: ['A', x] },
        { in_list: [x, ['A', 1]] },
        { is_missing: x },
        { eq: [inner, 'A'] },
        { is_missing: inner },
        x,
      ),
    )
    const any = fc.oneof(
      odd,
      fc.array(odd, { minLength: 2, maxLength: 3 }).map((all): Logic => ({ all_of: all })),
      fc.array(odd, { minLength: 2, maxLength: 3 }).map((all): Logic => ({ any_of: all })),
      odd.map((one): Logic => ({ not: one })),
    )
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (conditions) => {
        const analysis = analyseConditions(conditions, {})
        if (analysis === null || analysis === 'too wide') return
        const met = conditions.map((logic) => {
          const evaluate = compileLogic(logic)
          return cases.map((input) => evaluate(input, { at: 0 }) === true)
        })
        // Of the type that a value is compared with, and no other, something may be claimed.
        const kinds = new Set(
          analysis.space.dimensions.flatMap(({ segments }) =>
            segments.flatMap(({ value }) => (value === null ? [] : [typeof value])),
          ),
        )
        const usual = cases.flatMap(({ x: value }, at) =>
          value === undefined || kinds.has(typeof value) ? [at] : [],
        )
        for (const number of analysis.never) expect(met[number]).not.toContain(true)
        for (const number of analysis.always)
          expect(usual.filter((at) => met[number]?.[at] !== true)).toEqual([])
        for (const { condition: number, by } of analysis.hidden)
          expect(
            usual.filter((at) => met[number]?.[at] && !by.some((other) => met[other]?.[at])),
          ).toEqual([])
        for (const { first, second, where } of analysis.overlaps()) {
          const witness = witnessIn(analysis.space.dimensions, where)
          if (!witness.real) continue
          for (const number of [first, second])
            expect(compileLogic(conditions[number] ?? null)(witness.input, { at: 0 })).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('leaves a condition alone that falls into too many alternatives', () => {
    const wide: Logic = {
      all_of: Array.from({ length: 10 }, (_, index) => ({
        any_of: [{ eq: [{ var: `a${index}` }, 1] }, { eq: [{ var: `b${index}` }, 1] }],
      })),
    }
    expect(analyseConditions([wide], {})).toBe('too wide')
    expect(analyseConditions([{ no_such_operator: [] }], {})).toBeNull()
  })
})
