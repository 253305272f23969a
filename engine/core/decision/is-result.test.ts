import { expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { decisionSchema } from '#core/graph/decision.ts'
import { isDecisionResult } from '#core/decision/is-result.ts'
import { decisionResultSchema } from '#core/decision/result-schema.ts'

const result = {
  decision: { id: 'policy', version: 'abc' },
  outcome: 'refer',
  reasons: [
    { code: 'A', text: 'a', source: 'rules/a' },
    { code: 'B', text: 'b', source: 'model', contribution: -3.5 },
  ],
  conditions: ['guarantor'],
  flags: [],
  adjust: { limit: -10_000, rate: 0.5 },
  values: { tier: 'a', list: [1, null, { deep: [true] }] },
  fired: [{ part: 'rules', rule: 'a', name: 'A' }],
  unknown: [{ part: 'rules', rule: 'b', missing: ['bureau.score'] }],
  output: { ok: true },
}

/** The result with one part of it, however deep, replaced or left out. */
function* variants(value: unknown, odd: readonly unknown[]): Generator<unknown> {
  yield* odd
  if (Array.isArray(value))
    for (const [at, item] of value.entries())
      for (const other of variants(item, odd)) yield value.with(at, other)
  else if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>
    for (const name of Object.keys(fields)) {
      const { [name]: _, ...rest } = fields
      yield rest
      for (const other of variants(fields[name], odd)) yield { ...fields, [name]: other }
    }
    yield { ...fields, more: 1 }
  }
}

it('[R541] what is taken for the result of a decision without asking its schema, the schema takes as it is', () => {
  const odd = [null, undefined, 'x', 1, NaN, Infinity, true, [], {}, [1], { a: 1 }, new Date(0)]
  let taken = 0
  for (const value of variants(result, odd)) {
    if (!isDecisionResult(value)) continue
    taken += 1
    expect(decisionResultSchema.parse(value)).toEqual(value)
  }
  expect(taken).toBeGreaterThan(50)
})

it('what a decision gives is taken so', () => {
  const decision = {
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
        rules: ['score', 'age'].map((id) => ({
          id,
          name: id,
          when: { lt: [{ var: id }, 670] },
          then: [
            { do: 'outcome', outcome: 'decline' },
            { do: 'reason', code: id, text: id },
          ],
        })),
      },
    ],
  }
  const given = compileDecision(decisionSchema.parse(decision))({ score: 600 }, 0)
  expect(given.fired).toHaveLength(1)
  expect(given.unknown).toHaveLength(1)
  expect(isDecisionResult(given)).toBe(true)
})
