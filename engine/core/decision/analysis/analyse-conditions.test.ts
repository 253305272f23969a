import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseConditions } from '#core/decision/analysis/analyse-conditions.ts'
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
        if (analysis === null) throw new Error('not analysed')
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

  it('leaves a condition alone that falls into too many alternatives', () => {
    const wide: Logic = {
      all_of: Array.from({ length: 10 }, (_, index) => ({
        any_of: [{ eq: [{ var: `a${index}` }, 1] }, { eq: [{ var: `b${index}` }, 1] }],
      })),
    }
    expect(analyseConditions([wide], {})).toBeNull()
    expect(analyseConditions([{ no_such_operator: [] }], {})).toBeNull()
  })
})
