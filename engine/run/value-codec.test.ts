import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#core/json.ts'
import type { ValueTable } from '#core/store.ts'
import { largeValue, valueCodec } from './value-codec.ts'

const memory = () => {
  const rows = new Map<string, Uint8Array>()
  const table: ValueTable = {
    put: ({ case: number, id, data }) => {
      if (!rows.has(`${number}/${id}`)) rows.set(`${number}/${id}`, data)
    },
    get: (number, id) => rows.get(`${number}/${id}`),
  }
  return { rows, codec: valueCodec(table) }
}
const scope = (number = 1) => ({ tenant: 't', case: number, key: Buffer.alloc(32, number) })

const sized = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)
const blown = fc.tuple(sized, fc.nat(3)).map(([value, times]): Json => ({
  value,
  text: 'x'.repeat(times * 9_000),
  lines: Array.from({ length: times * 900 }, (_, n) => `line ${n}`),
  $value: 'not a reference',
  inner: { $value: 'abc', other: { $literal: [{ $value: 'x' }] } },
  only: { $value: 'x'.repeat(times) },
}))

it('gives back any value, large ones and those that look like its own references too', () => {
  const { codec } = memory()
  fc.assert(
    fc.property(fc.oneof(sized, blown), (value) => {
      expect(codec.decode(scope(), 'row', codec.encode(scope(), 'row', value))).toEqual(value)
    }),
  )
})

it('[R67] stores a large part once, however often it comes, and keeps small values in the row', () => {
  const { rows, codec } = memory()
  const text = 'page '.repeat(largeValue)
  const small = codec.encode(scope(), 'row', { n: 1 })
  expect(rows.size).toBe(0)
  expect(small.length).toBeLessThan(60)
  const size = codec.encode(scope(), 'row', { first: text, again: { text } }).length
  codec.encode(scope(), 'other row', { text: `${text}` })
  expect(rows.size).toBe(1)
  expect(size).toBeLessThan(400)
  codec.encode(scope(2), 'row', { text })
  expect(rows.size).toBe(2)
})

it('[R66] refuses a row in another row’s place, and a value in another value’s place', () => {
  const { rows, codec } = memory()
  const sealed = codec.encode(scope(), 'row 1', {
    a: 'x'.repeat(largeValue),
    b: 'y'.repeat(largeValue),
  })
  expect(() => codec.decode(scope(), 'row 2', sealed)).toThrow('cannot be decrypted')
  const [[one, first], [two, second]] = [...rows] as [[string, Uint8Array], [string, Uint8Array]]
  rows.set(one, second).set(two, first)
  expect(() => codec.decode(scope(), 'row 1', sealed)).toThrow('cannot be decrypted')
  rows.set(one, randomBytes(60))
  expect(() => codec.decode(scope(), 'row 1', sealed)).toThrow('cannot be decrypted')
})
