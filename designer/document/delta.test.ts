import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, deltaOf } from './delta.ts'

const json = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => !JSON.stringify(value).includes('__proto__'))

describe('the delta of two documents', () => {
  it('[R458] makes the second from the first, whatever they are', () =>
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(applyDelta(before, deltaOf(before, after))).toEqual(after)
      }),
    ))

  it('[R458] carries no more than what changed', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      id: `r${index}`,
      when: [index, null],
    }))
    const before = { name: 'Rates', rows }
    const moved = [rows[7], ...rows.slice(0, 7), ...rows.slice(8)]
    const after = { ...before, rows: moved.with(500, { id: 'r500', when: [1, null] }) }
    const delta = deltaOf(before, after)
    expect(applyDelta(structuredClone(before), structuredClone(delta))).toEqual(after)
    expect(JSON.stringify(delta).length).toBeLessThan(5_000)
  })
})
