import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deepestJson, jsonFlaw } from '#core/json-flaw.ts'

const nested = (levels: number): unknown =>
  JSON.parse('[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2))

it('takes what is nested up to the limit, and no deeper', () => {
  expect(jsonFlaw(nested(deepestJson))).toBeNull()
  expect(jsonFlaw(nested(deepestJson + 2))).toMatchObject({ code: 'JSON_TOO_DEEP' })
  expect(jsonFlaw(nested(1_000_000))).toMatchObject({ code: 'JSON_TOO_DEEP' })
})

it('takes any other JSON, and finds the forbidden field wherever it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value)
      const parsed: unknown = JSON.parse(text)
      fc.pre(!text.includes('__proto__'))
      expect(jsonFlaw(parsed)).toBeNull()
      expect(jsonFlaw(JSON.parse(`[${text},{"a":{"__proto__":${text}}}]`))).toMatchObject({
        code: 'JSON_KEY_FORBIDDEN',
      })
    }),
  )
})
