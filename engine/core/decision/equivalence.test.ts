import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { evaluateTraced } from '#core/logic/evaluate-traced.ts'

const path = fc
  .constantFrom('a', 'b', 'c.d', 'input.a', 'none')
  .map((name): Json => ({ var: name }))
const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom<Json>('x', true, null))
const operand = fc.oneof(path, value)
const comparison = fc
  .tuple(fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'ne'), path, operand)
  .map(([operator, left, right]): Json => ({ [operator]: [left, right] }))
const logic = fc.letrec<{ logic: Json }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc
      .tuple(
        fc.constantFrom('all_of', 'any_of'),
        fc.oneof(fc.array(comparison, { maxLength: 4 }), fc.array(tie('logic'), { maxLength: 3 })),
      )
      .map(([operator, args]): Json => ({ [operator]: args })),
    tie('logic').map((part): Json => ({ not: [part] })),
    fc
      .tuple(tie('logic'), operand, operand)
      .map(([condition, yes, no]): Json => ({ if_then: [condition, yes, no] })),
    fc.constant<Json>({ missing: ['a', 'c.d'] }),
  ),
})).logic
const input: fc.Arbitrary<JsonObject> = fc.record(
  { a: value, b: value, c: fc.record({ d: value }, { requiredKeys: [], noNullPrototype: true }) },
  { requiredKeys: [], noNullPrototype: true },
)

it('[R18] means the same in a decision, by itself, and with a trace', () => {
  fc.assert(
    fc.property(logic, input, (written, data) => {
      const decision = decisionSchema.parse({
        kind: 'decision',
        format: 1,
        id: 'd',
        name: 'D',
        input: {},
        parts: [{ kind: 'expression', id: 'x', name: 'X', value: written }],
      })
      const scope = { ...data, input: data }
      const alone = compileLogic(written)(scope, { at: 0 })
      expect(compileDecision(decision)(data, 0).values['x']).toEqual(alone)
      expect(evaluateTraced(written, scope, { at: 0 }).value).toEqual(alone)
    }),
    { numRuns: 2000 },
  )
})
