import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conditionOperators,
  fromBuilder,
  toBuilder,
  type BuilderItem,
  type BuilderOperand,
} from '#core/logic/builder.ts'
import { operators } from '#core/logic/operators.ts'
import { checkLogic } from '#core/logic/parse.ts'

const path = fc.constantFrom('bureau.score', 'applicant.income', '?', 'a')
const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
const operand: fc.Arbitrary<BuilderOperand> = fc.oneof(
  path.map((name) => ({ kind: 'path' as const, path: name })),
  fc
    .oneof(scalar, fc.array(scalar, { maxLength: 3 }))
    .map((value) => ({ kind: 'literal' as const, value })),
)
const condition = fc.constantFrom(...conditionOperators).chain((operator) =>
  fc.record({
    kind: fc.constant('condition' as const),
    left: path,
    operator: fc.constant(operator),
    right: fc.array(operand, {
      minLength: operators[operator].min - 1,
      maxLength: operators[operator].min - 1,
    }),
  }),
)
const item = fc.letrec<{ item: BuilderItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    condition,
    fc.record({
      kind: fc.constant('group' as const),
      match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
      items: fc.array(tie('item'), { maxLength: 4 }),
    }),
  ),
})).item

describe('builder', () => {
  it('[R20] comes back from logic, and the logic compiles', () => {
    fc.assert(
      fc.property(item, (model) => {
        const logic = fromBuilder(model)
        expect(toBuilder(logic)).toEqual(model)
        // A text that happens to be no regular expression is a finding, and comes back all the same.
        const codes = checkLogic(logic).map(({ code }) => code)
        expect(codes.filter((code) => code !== 'LOGIC_PATTERN')).toEqual([])
      }),
    )
  })
  it('offers comparisons and tests of text', () => {
    expect(conditionOperators).toContain('lt')
    expect(conditionOperators).toContain('starts_with')
    expect(conditionOperators).not.toContain('all_of')
    expect(conditionOperators).not.toContain('plus')
  })
  it.each([
    true,
    { lt: [670, { var: 'a' }] },
    { lt: [{ var: 'a' }, { plus: [1, 2] }] },
    { '<': [{ var: 'a' }, 1] },
    { eq: [{ var: ['a', 1] }, 1] },
    { all_of: [true] },
    { not: [{ eq: [{ var: 'a' }, 1] }] },
    { in_list: [{ var: 'a' }, [{ var: 'b' }]] },
  ])('leaves %j to the text form', (logic) => expect(toBuilder(logic)).toBeNull())
})
