import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { distinct, same } from '#core/logic/compare.ts'

const value = fc.oneof(
  fc.constantFrom<Json>(0, -0, 1, '1', '', null, true, false, [], [1], {}, { a: 1, b: 2 }),
  fc.constant<Json>({ b: 2, a: 1 }),
)

describe('compare', () => {
  it('leaves each value once, as comparing every two tells', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 12 }), (values) => {
        expect(distinct(values)).toEqual(
          values.filter((one, at) => values.findIndex((other) => same(one, other)) === at),
        )
      }),
    )
  })
  it('takes long lists', () => {
    expect(distinct(Array.from({ length: 100_000 }, (_, at) => at % 50_000))).toHaveLength(50_000)
  })
})
