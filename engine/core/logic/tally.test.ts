import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import { compileLogic } from '#core/logic/compile.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { tallied } from '#core/logic/tally.ts'

const feel = (text: string): Json => {
  const parsed = parseFeel(text)
  if ('problems' in parsed) throw new Error(text)
  return parsed.logic
}
const scope = { limit: 12, rate: 3 }
const env = { at: 1_000 }

/** Kept element by element. */
const counted = [
  'some offer in each.results satisfies offer.rate < limit',
  'every offer in each.results satisfies offer.rate < limit',
  'count(each.results[item.rate < limit]) >= 2',
  'count(each.results[rate < 12]) >= 2 and count(each.results[item = null]) < 3',
  'sum(for offer in each.results[item != null] return offer.rate) > 20',
  'if some x in each.results satisfies x.ok then count(each.results) > 3 else sum(each.results[item.ok = true]) = null',
]
/** Read from the whole list, or in part. */
const others = [
  'count(each.results[2]) > 0 or each.results[2].rate = 3',
  'some x in each.results satisfies x.rate > count(each.results)',
  'max(for x in each.results[item != null] return x.rate) > 11',
  'some n in [1, 2] satisfies count(each.results[item.rate = n]) > 1',
  'count(each.failed) > 1',
]

const element = fc.oneof(
  fc.constant(null),
  fc.constantFrom('', 7, true),
  fc.record(
    { rate: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0.1, 0.2, 2 ** 53, null, 'x')), ok: fc.boolean() }, // prettier-ignore
    { requiredKeys: [] },
  ),
)

it('[R740] what is kept of a list gives what the logic gives of it, whatever comes in which order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...counted, ...others),
      fc.array(element, { maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(8), element), { maxLength: 20 }),
      (text, begun, changes) => {
        const logic = feel(text)
        const results: Json[] = [...begun]
        const condition = tallied(logic, ['each', 'results'], scope)
        for (const each of begun) condition.change(undefined, each)
        for (const [place, value] of changes) {
          const at = Math.min(place, results.length)
          condition.change(results[at], value)
          results[at] = value
          const whole = { ...scope, each: { results: [...results], failed: [1] } }
          expect(condition.evaluate(whole, env)).toEqual(compileLogic(logic)(whole, env))
        }
      },
    ),
  )
})

it('[R740] of 10,000 elements each is read a few times, however often it is asked', () => {
  const many = 10_000
  for (const text of counted) {
    let reads = 0
    const one: { readonly [field: string]: Json } = Object.defineProperty({ ok: false }, 'rate', {
      enumerable: true,
      get: () => ((reads += 1), 14),
    })
    const results = Array.from({ length: many }, (): Json => null)
    const condition = tallied(feel(text), ['each', 'results'], scope)
    for (const each of results) condition.change(undefined, each)
    for (const index of results.keys()) {
      condition.change(results[index], one)
      results[index] = one
      condition.evaluate({ ...scope, each: { results } }, env)
    }
    expect(reads).toBeLessThanOrEqual(2 * many)
  }
})
